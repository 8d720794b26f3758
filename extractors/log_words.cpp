// SPDX-License-Identifier: MIT
#include "extractors/log_words.hpp"

#include "extractors/vocabulary.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot::log_words {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

struct QuotedField {
    std::string text;
    std::size_t end = 0;  ///< Behind the closing quote.
};

/// nullopt unless the row begins with a field in quotes.
std::optional<QuotedField> read_quoted(std::string_view row, char separator) {
    if (!row.starts_with('"')) return {};
    QuotedField field;
    for (std::size_t at = 1, quote = 0; (quote = row.find('"', at)) != npos; at = quote + 2) {
        field.text += row.substr(at, quote - at);
        field.end = quote + 1;
        if (field.end == row.size() || row[field.end] == separator) return field;
        if (row[field.end] != '"') return {};
        field.text += '"';
    }
    return {};
}

}  // namespace

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

std::string_view unindented(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
}

bool is_name(std::string_view word) {
    constexpr std::size_t longest = 128;
    return !word.empty() && word.size() <= longest && word.find_first_of(" \t\r\n[]|") == npos;
}

bool is_level(std::string_view word) {
    constexpr std::size_t longest = 13;  // INFORMATIONAL
    return word.size() >= 3 && word.size() <= longest && std::ranges::all_of(word, is_upper) &&
           !severity_of(word).empty();
}

bool is_usual_level(std::string_view word) {
    static constexpr auto usual =
        std::to_array<std::string_view>({"INFO", "DEBUG", "WARNING", "WARN", "ERROR", "CRITICAL"});
    return std::ranges::any_of(usual, [&](auto level) { return equal_ignoring_case(level, word); });
}

bool is_state(std::string_view word) {
    constexpr std::size_t longest = 40;
    return !word.empty() && word.size() <= longest && is_upper(word[0]) &&
           std::ranges::all_of(word, [](char c) { return is_upper(c) || c == '_' || c == '-'; });
}

std::string event_type_of(std::string_view word) {
    std::string out = lower(word);
    std::ranges::replace(out, '-', '_');
    return out;
}

std::optional<Tag> read_tag(std::string_view text) {
    constexpr std::size_t longest = 130;
    if (!text.starts_with('[')) return {};
    const std::size_t close = text.substr(0, longest).find(']');
    if (close == npos) return {};
    const std::string_view word = trimmed(text.substr(1, close - 1));
    if (!is_name(word)) return {};
    return Tag{word, unindented(text.substr(close + 1))};
}

std::vector<std::string> fields_of(std::string_view row, char separator) {
    std::vector<std::string> fields;
    for (std::size_t end = 0;; row.remove_prefix(end + 1)) {
        if (auto quoted = read_quoted(row, separator)) {
            end = quoted->end;
            fields.push_back(std::move(quoted->text));
        } else {
            end = std::min(row.find(separator), row.size());
            fields.emplace_back(row.substr(0, end));
        }
        if (end == row.size()) return fields;
    }
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator,
                                    std::size_t at_most) {
    std::vector<std::string_view> parts;
    std::size_t end = 0;
    while (parts.size() + 1 < at_most && (end = text.find(separator)) != npos) {
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + separator.size());
    }
    parts.push_back(text);
    return parts;
}

}  // namespace ingot::log_words
