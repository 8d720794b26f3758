// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ingot::json {

/// A fixed set of member names. Looking up a name costs one hash and one comparison, so that an
/// object is read in one pass over its members rather than with one search per name.
template <std::size_t N> class KeySet {
public:
    consteval explicit KeySet(const std::array<std::string_view, N>& keys) : keys_(keys) {
        while (!fill()) ++seed_;
    }

    /// Position of the name in the set; N when it is not in it.
    std::size_t find(std::string_view key) const {
        const std::size_t at = slots_[slot(key)];
        return at < N && keys_[at] == key ? at : N;
    }
    std::string_view operator[](std::size_t at) const { return keys_[at]; }

private:
    static constexpr std::size_t kSlots = 128;
    static_assert(N < kSlots / 2);

    constexpr std::size_t slot(std::string_view key) const {
        if (key.empty()) return 0;
        const auto first = static_cast<unsigned char>(key.front());
        const auto middle = static_cast<unsigned char>(key[key.size() / 2]);
        const auto last = static_cast<unsigned char>(key.back());
        const auto mixed =
            static_cast<std::uint32_t>(key.size()) + 37U * first + 1361U * middle + 50021U * last;
        return (mixed * seed_ >> 9U) % kSlots;
    }
    /// False when two names fall on one slot.
    constexpr bool fill() {
        slots_.fill(N);
        for (std::size_t i = 0; i < N; ++i) {
            std::size_t& at = slots_[slot(keys_[i])];
            if (at != N) return false;
            at = i;
        }
        return true;
    }

    std::array<std::string_view, N> keys_;
    std::array<std::size_t, kSlots> slots_{};
    std::uint32_t seed_ = 2654435761U;
};
template <std::size_t N> KeySet(const std::array<std::string_view, N>&) -> KeySet<N>;

/// The members of an object that a KeySet names; of members with one name the first.
template <std::size_t N> class Members {
public:
    Members(Object object, const KeySet<N>& keys) : keys_(keys) {
        for (const auto [key, value] : object) {
            const std::size_t at = keys.find(key);
            if (at == N || (present_ >> at & 1U) != 0) continue;
            present_ |= std::uint64_t{1} << at;
            values_[at] = value;
        }
    }

    /// Whether the member is there, null or not.
    bool has(std::size_t at) const { return (present_ >> at & 1U) != 0; }
    /// The member, unless it is absent or null.
    std::optional<Element> value(std::size_t at) const {
        if (!has(at) || values_[at].is_null()) return {};
        return values_[at];
    }
    /// Absent, null and other types are nullopt.
    template <class T> std::optional<T> get_if(std::size_t at) const {
        T found{};
        if (!has(at) || values_[at].get(found)) return {};
        return found;
    }
    /// Absent and null are nullopt; throws RowError wrong_type for other types, which are not
    /// `wanted` ("a string").
    template <class T> std::optional<T> get(std::size_t at, const char* wanted) const {
        const auto found = get_if<T>(at);
        if (found || !value(at)) return found;
        throw RowError(Reason::wrong_type, "\"" + std::string(keys_[at]) + "\" is not " + wanted);
    }

private:
    const KeySet<N>& keys_;
    std::array<Element, N> values_;
    std::uint64_t present_ = 0;
};

}  // namespace ingot::json
