// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ingot::schema {

/// What a pack says of one step (or of itself): keys with values. Whoever reads it asks for keys; in the
/// end finish() refuses those that nobody asked for, so that a typing error is no silent default.
class Spec {
public:
    using Words = std::vector<std::string>;
    using Pairs = std::vector<std::pair<std::string, std::string>>;  ///< In the order of the file.
    using Value = std::variant<std::string, std::int64_t, bool, Words, Pairs>;

    /// `where` is for messages: "pack/001_name.toml, step 3".
    explicit Spec(std::string where) : where_(std::move(where)) {}
    void set(const std::string& key, Value value) { values_[key] = std::move(value); }

    const std::string& where() const { return where_; }
    bool has(const std::string& key) const { return values_.contains(key); }

    /// These throw RunError when the key is missing or holds something else.
    std::string text(const std::string& key) const;
    Words words(const std::string& key) const;

    std::string text(const std::string& key, const std::string& fallback) const;
    std::optional<std::string> maybe(const std::string& key) const;
    Words words_or_none(const std::string& key) const;
    Pairs pairs(const std::string& key) const;  ///< Empty when it is missing.
    bool flag(const std::string& key, bool fallback) const;
    std::int64_t number(const std::string& key, std::int64_t fallback) const;
    /// A name for an object: 1 to 63 bytes.
    std::string name(const std::string& key) const;

    /// Throws RunError for keys that were not asked for.
    void finish() const;
    [[noreturn]] void fail(const std::string& what) const;

private:
    const Value* find(const std::string& key) const;

    std::string where_;
    std::map<std::string, Value> values_;
    mutable std::set<std::string> asked_;
};

}  // namespace ingot::schema
