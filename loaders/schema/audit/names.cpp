// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/names.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace ingot::schema {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Cuts between characters of UTF-8.
std::string cut(std::string name, std::size_t bytes) {
    if (name.size() <= bytes) return name;
    while (bytes > 0 && (static_cast<unsigned char>(name[bytes]) & 0xc0U) == 0x80U) --bytes;
    name.resize(bytes);
    return name;
}

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
    return text.size() >= end.size() &&
           equal_ignoring_case(text.substr(text.size() - end.size()), end);
}

/// The database makes no name longer than this without cutting one of its parts.
constexpr std::size_t kSurelyWhole = 60;

}  // namespace

std::string snake_case(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char before = i == 0 ? '_' : name[i - 1];
        const char after = i + 1 < name.size() ? name[i + 1] : '_';
        const bool begins =
            is_upper(name[i]) && before != '_' && (!is_upper(before) || is_lower(after));
        if (begins && !out.ends_with('_')) out += '_';
        const auto byte = static_cast<unsigned char>(name[i]);
        if (byte < 0x80 && std::isalnum(byte) == 0 && byte != '_') {  // "My Col" → "my_col"
            if (!out.ends_with('_')) out += '_';
            continue;
        }
        out += is_upper(name[i]) ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
    }
    return out;
}

bool has_capitals(std::string_view name) { return std::ranges::any_of(name, is_upper); }

std::vector<std::string> words_of_name(std::string_view name) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : snake_case(name) + "_") {
        if (c != '_') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

std::string joined_names(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : "_") + name;
    return text;
}

bool same_noun(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (a == b || b == std::string(a) + "s" || b == std::string(a) + "es") return true;
    return a.ends_with('y') && b == std::string(a.substr(0, a.size() - 1)) + "ies";
}

bool same_thing(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return !a.empty() && a.size() == b.size() && std::equal(a.begin(), a.end() - 1, b.begin()) &&
           same_noun(a.back(), b.back());
}

std::string free_name(const Catalog& catalog, std::string name) {
    name = cut(std::move(name), kLongestName);
    std::string free = name;
    for (int number = 2; !catalog.holder_of(free).empty(); ++number) {
        const std::string ending = "_" + std::to_string(number);
        free = cut(name, kLongestName - ending.size()) + ending;
    }
    return free;
}

std::optional<std::string> without_convention(std::string_view name) {
    static constexpr std::array<std::string_view, 9> kBeginnings{
        "ix_", "idx_", "index_", "pk_", "fk_", "uq_", "uix_", "ck_", "uk_"};
    for (const std::string_view beginning : kBeginnings)
        if (name.size() > beginning.size() &&
            equal_ignoring_case(name.substr(0, beginning.size()), beginning))
            return std::string(name.substr(beginning.size()));
    return {};
}

std::optional<std::string> table_in_made_name(std::string_view name,
                                              const std::vector<std::string>& columns) {
    if (name.size() >= kSurelyWhole) return {};
    while (!name.empty() && is_digit(name.back())) name.remove_suffix(1);
    if (name.ends_with("_pkey")) return std::string(name.substr(0, name.size() - 5));
    static constexpr std::array<std::string_view, 6> kEndings{"_key",   "_fkey", "_idx",
                                                              "_check", "_excl", "_seq"};
    for (const std::string_view ending : kEndings) {
        const std::string tail = "_" + joined_names(columns) + std::string(ending);
        if (!columns.empty() && name.size() > tail.size() && ends_with_ignoring_case(name, tail))
            return std::string(name.substr(0, name.size() - tail.size()));
    }
    return {};
}

std::string with_table(std::string_view name, std::string_view old_table,
                       std::string_view new_table) {
    return cut(std::string(new_table) + std::string(name.substr(old_table.size())), kLongestName);
}

}  // namespace ingot::schema
