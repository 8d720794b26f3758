// SPDX-License-Identifier: MIT
#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <stdexcept>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace ingot {
namespace {

Hash128 from_xxh(XXH128_hash_t h) { return {.high = h.high64, .low = h.low64}; }

template <class T> void put(std::string& out, const T& value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Run ids say when a row was written, not what it says.
bool is_run_id(std::string_view column) {
    return column == "run_id" || column == "first_run_id" || column == "last_run_id";
}

/// The canonical form of a row, hashed on its way: short values are gathered, long ones are not held
/// once more.
class RowHasher {
public:
    void add(Type type, const Value& value) {
        gathered_.push_back(value.index() == 0 ? '\0'
                                               : static_cast<char>(1 + static_cast<int>(type)));
        if (const auto* n = std::get_if<std::int64_t>(&value)) {
            put(gathered_, *n);
        } else if (const auto* d = std::get_if<double>(&value)) {
            put(gathered_, *d == 0 ? 0.0 : *d);  // -0.0 equals 0.0
        } else if (const auto* s = std::get_if<std::string_view>(&value)) {
            put(gathered_, static_cast<std::uint64_t>(s->size()));
            add_text(*s);
        }
    }

    Hash128 digest() {
        if (!has_long_) return hash128(gathered_);
        XXH3_128bits_update(&state_, gathered_.data(), gathered_.size());
        return from_xxh(XXH3_128bits_digest(&state_));
    }

private:
    static constexpr std::size_t kLong = std::size_t{64} << 10U;

    void add_text(std::string_view text) {
        if (text.size() < kLong) {
            gathered_.append(text);
            return;
        }
        if (!has_long_) XXH3_128bits_reset(&state_);
        has_long_ = true;
        XXH3_128bits_update(&state_, gathered_.data(), gathered_.size());
        XXH3_128bits_update(&state_, text.data(), text.size());
        gathered_.clear();
    }

    std::string& gathered_ = cleared();
    bool has_long_ = false;
    XXH3_state_t state_;  // large, and not touched for rows without long text

    static std::string& cleared() {
        thread_local std::string text;
        text.clear();
        return text;
    }
};

Hash128 link(Hash128 chain, std::string_view block) {
    std::string both;
    put(both, chain);
    put(both, hash128(block));
    return hash128(both);
}

}  // namespace

Hash128& Hash128::operator+=(Hash128 other) {
    low += other.low;
    high += other.high + (low < other.low ? 1U : 0U);
    return *this;
}

Hash128& Hash128::operator-=(Hash128 other) {
    high -= other.high + (low < other.low ? 1U : 0U);
    low -= other.low;
    return *this;
}

Hash128 hash128(std::string_view bytes) {
    return from_xxh(XXH3_128bits(bytes.data(), bytes.size()));
}

std::string to_hex(Hash128 hash) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const std::uint64_t half : {hash.high, hash.low})
        for (int shift = 60; shift >= 0; shift -= 4) out.push_back(digits[(half >> shift) & 15U]);
    return out;
}

Hash128 from_hex(std::string_view hex) {
    const auto half = [&](std::size_t at) {
        std::uint64_t value = 0;
        const char* end = hex.data() + at + 16;
        if (std::from_chars(hex.data() + at, end, value, 16).ptr != end)
            throw std::invalid_argument("not a hash: " + std::string(hex));
        return value;
    };
    if (hex.size() != 32) throw std::invalid_argument("not a hash: " + std::string(hex));
    return {.high = half(0), .low = half(16)};
}

std::int64_t workspace_id_of(std::string_view name) {
    return std::bit_cast<std::int64_t>(XXH3_64bits(name.data(), name.size()));
}

std::int64_t source_id_of(std::int64_t workspace_id, std::string_view path_bytes) {
    std::string both;
    put(both, workspace_id);
    both.append(path_bytes);
    return std::bit_cast<std::int64_t>(XXH3_64bits(both.data(), both.size()));
}

Hash128 row_hash(const Table& table, std::span<const Value> row) {
    RowHasher hasher;
    for (std::size_t i = 0; i < row.size(); ++i)
        if (!is_run_id(table.columns[i].name)) hasher.add(table.columns[i].type, row[i]);
    return hasher.digest();
}

void ContentHasher::add(std::string_view bytes) {
    while (!bytes.empty()) {
        if (partial_.empty() && bytes.size() >= kBlock) {
            chain_ = link(chain_, bytes.substr(0, kBlock));
            bytes.remove_prefix(kBlock);
            continue;
        }
        const std::size_t take = std::min(bytes.size(), kBlock - partial_.size());
        partial_.append(bytes.substr(0, take));
        bytes.remove_prefix(take);
        if (partial_.size() < kBlock) continue;
        chain_ = link(chain_, partial_);
        partial_.clear();
    }
}

Hash128 ContentHasher::digest() const { return partial_.empty() ? chain_ : link(chain_, partial_); }

}  // namespace ingot
