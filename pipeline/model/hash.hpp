// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/table.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ingot {

/// 128 bits: an XXH3 hash (https://github.com/Cyan4973/xxHash), or a sum of such hashes mod 2^128.
struct Hash128 {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    Hash128& operator+=(Hash128 other);
    Hash128& operator-=(Hash128 other);
    bool operator==(const Hash128&) const = default;
};

/// XXH3-128 of the bytes.
Hash128 hash128(std::string_view bytes);

/// 32 lower-case hex digits, high half first.
std::string to_hex(Hash128 hash);

/// The inverse of to_hex; throws std::invalid_argument for anything else.
Hash128 from_hex(std::string_view hex);

/// Identity of a workspace: the signed 64-bit XXH3 of its name.
std::int64_t workspace_id_of(std::string_view name);

/// Identity of a source: the signed 64-bit XXH3 of the workspace's id and the path's raw bytes.
std::int64_t source_id_of(std::int64_t workspace_id, std::string_view path_bytes);

/// Hash of one row in canonical form: a type tag and a length before every value, so that
/// "12","3" differs from "1","23" and 1 from "1". Run ids are left out, as no other column is.
Hash128 row_hash(const Table& table, std::span<const Value> row);

/// Hash of a file's content as a chain over blocks of 1 MiB: H(i) = XXH3-128(H(i-1) ‖
/// XXH3-128(block i)), so that an append re-reads one block only.
class ContentHasher {
public:
    static constexpr std::size_t kBlock = std::size_t{1} << 20U;

    ContentHasher() = default;
    /// Goes on after `full_blocks_end`, a multiple of kBlock, where the chain stood at `chain`.
    explicit ContentHasher(Hash128 chain) : chain_(chain) {}

    /// Bytes in file order, in pieces of any size.
    void add(std::string_view bytes);
    Hash128 digest() const;
    /// The chain over whole blocks only: where a later append goes on.
    Hash128 chain() const { return chain_; }

private:
    Hash128 chain_;
    std::string partial_;  ///< Bytes after the last whole block.
};

}  // namespace ingot
