// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/spec.hpp"

#include "loaders/schema/engine/target.hpp"

#include "pipeline/model/errors.hpp"

namespace ingot::schema {

void Spec::fail(const std::string& what) const { throw UsageError(where_ + ": " + what); }

const Spec::Value* Spec::find(const std::string& key) const {
    asked_.insert(key);
    const auto at = values_.find(key);
    return at == values_.end() ? nullptr : &at->second;
}

std::optional<std::string> Spec::maybe(const std::string& key) const {
    const Value* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (const auto* text = std::get_if<std::string>(value)) return *text;
    fail("'" + key + "' must be a text");
}

std::string Spec::text(const std::string& key) const {
    if (auto found = maybe(key)) return *found;
    fail("'" + key + "' is missing");
}

std::string Spec::text(const std::string& key, const std::string& fallback) const {
    return maybe(key).value_or(fallback);
}

Spec::Words Spec::words_or_none(const std::string& key) const {
    const Value* value = find(key);
    if (value == nullptr) return {};
    if (const auto* words = std::get_if<Words>(value)) return *words;
    if (const auto* text = std::get_if<std::string>(value)) return {*text};
    fail("'" + key + "' must be a list of texts");
}

Spec::Words Spec::words(const std::string& key) const {
    Words found = words_or_none(key);
    if (found.empty()) fail("'" + key + "' is missing");
    return found;
}

Spec::Pairs Spec::pairs(const std::string& key) const {
    const Value* value = find(key);
    if (value == nullptr) return {};
    if (const auto* found = std::get_if<Pairs>(value)) return *found;
    fail("'" + key + "' must be a table of texts");
}

bool Spec::flag(const std::string& key, bool fallback) const {
    const Value* value = find(key);
    if (value == nullptr) return fallback;
    if (const auto* found = std::get_if<bool>(value)) return *found;
    fail("'" + key + "' must be true or false");
}

std::int64_t Spec::number(const std::string& key, std::int64_t fallback) const {
    const Value* value = find(key);
    if (value == nullptr) return fallback;
    if (const auto* found = std::get_if<std::int64_t>(value)) return *found;
    fail("'" + key + "' must be a whole number");
}

std::string Spec::name(const std::string& key) const {
    std::string found = text(key);
    if (found.empty() || found.size() > 63)
        fail("'" + key + "' has " + std::to_string(found.size()) +
             " bytes; PostgreSQL's names have 1 to 63: '" + found + "'");
    return found;
}

void Spec::finish() const {
    for (const auto& [key, value] : values_)
        if (!asked_.contains(key)) fail("'" + key + "' is not known here");
}

}  // namespace ingot::schema
