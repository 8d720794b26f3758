// SPDX-License-Identifier: MIT
#include "loaders/schema/rename/source_scan.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot::schema::rename {
namespace {

/// As far as a statement is looked at before and behind a name.
constexpr std::size_t kNear = 600;
constexpr std::size_t kLongestLine = 120;

bool is_word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Blanks, and the \n that stands for one in a string.
std::string_view without_blanks_at_end(std::string_view text) {
    while (!text.empty()) {
        if (is_blank(text.back()))
            text.remove_suffix(1);
        else if (text.size() > 1 && text[text.size() - 2] == '\\' &&
                 (text.back() == 'n' || text.back() == 't'))
            text.remove_suffix(2);
        else
            break;
    }
    return text;
}

/// Takes the last word of the text away and returns it in lower case; empty when it ends otherwise.
std::string take_last_word(std::string_view& text) {
    text = without_blanks_at_end(text);
    std::size_t begin = text.size();
    while (begin > 0 && is_word_char(text[begin - 1])) --begin;
    // The n of "\nFROM" belongs to the line break.
    if (begin > 0 && text[begin - 1] == '\\' && begin < text.size()) ++begin;
    std::string word = lower(text.substr(begin));
    text = text.substr(0, begin);
    return word;
}

bool has_word(std::string_view text, std::initializer_list<std::string_view> words) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && is_word_char(text[end])) ++end;
        const std::string_view word = text.substr(at, end - at);
        if (std::ranges::any_of(words, [&](auto each) { return equal_ignoring_case(each, word); }))
            return true;
        // "\nFROM" is the word FROM behind a line break.
        at = end < text.size() && text[end] == '\\' ? end + 2 : end + 1;
    }
    return false;
}

/// Takes away `public.`, `"public".` and `\"public\".` at the end.
std::string_view without_schema(std::string_view before) {
    if (!before.ends_with('.')) return before;
    before.remove_suffix(1);
    const auto drop = [&](std::string_view mark) {
        if (before.ends_with(mark)) before.remove_suffix(mark.size());
    };
    drop("\"");
    drop("\\");
    while (!before.empty() && is_word_char(before.back())) before.remove_suffix(1);
    drop("\"");
    drop("\\");
    return before;
}

/// import { a } from "User", export * from "User"
bool is_import(std::string_view before) {
    const std::size_t line = before.rfind('\n');
    const std::string_view start =
        trimmed(before.substr(line == std::string_view::npos ? 0 : line));
    const bool ends_list = start.ends_with('}') && start.find("${") == std::string_view::npos;
    return start.starts_with("import") || start.starts_with("export") || ends_list;
}

/// Whether the words before the name say that a table follows.
bool begins_table(std::string_view before, std::string_view behind) {
    std::string word = take_last_word(before);
    while (word == "only" || word == "exists" || word == "if" || word == "not")
        word = take_last_word(before);
    if (word == "from") return has_word(before, {"select", "delete"}) && !is_import(before);
    if (word == "join" || word == "references") return true;
    if (word == "into") {
        const std::string verb = take_last_word(before);
        return verb == "insert" || verb == "merge" || verb == "replace";
    }
    if (word == "update") return has_word(behind, {"set"});
    if (word == "on")
        return has_word(before, {"index", "trigger", "policy", "rule", "grant", "revoke"});
    if (word == "truncate") return true;
    if (word == "copy") return has_word(behind, {"from", "to"});
    if (word != "table") return false;
    const std::string verb = take_last_word(before);
    return verb == "create" || verb == "alter" || verb == "drop" || verb == "truncate" ||
           verb == "lock" || verb == "temp" || verb == "unlogged";
}

/// A name in double quotes and where it stands.
struct Quoted {
    std::size_t begin = 0;  ///< Of the quote, or of the backslash before it.
    std::size_t end = 0;    ///< Behind the quote.
};

bool is_sql(std::string_view text, Quoted place) {
    const std::size_t from = place.begin > kNear ? place.begin - kNear : 0;
    const std::string_view before = without_schema(text.substr(from, place.begin - from));
    const std::string_view behind = text.substr(place.end, kNear);
    if (behind.starts_with(".\"") || behind.starts_with(".\\\"")) return true;
    if (before.ends_with('\'') &&
        (behind.starts_with("'::regclass") || lower(before).ends_with("regclass('")))
        return true;
    return begins_table(before, behind);
}

std::string line_at(std::string_view text, std::size_t place) {
    const std::size_t before = place == 0 ? std::string_view::npos : text.rfind('\n', place - 1);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t end = std::min(text.find('\n', place), text.size());
    std::string_view line = trimmed(text.substr(begin, end - begin));
    if (line.size() <= kLongestLine) return std::string(line);
    const auto at = static_cast<std::size_t>(text.data() + place - line.data());
    const std::size_t cut = std::min(at > 40 ? at - 40 : 0, line.size() - kLongestLine);
    return "…" + cleaned(line.substr(cut, kLongestLine)) + "…";
}

}  // namespace

std::vector<Use> uses_in(std::string_view text, const std::set<std::string>& tables) {
    std::vector<Use> uses;
    std::size_t line = 1;
    std::size_t counted = 0;
    for (std::size_t open = text.find('"'); open != std::string_view::npos;
         open = text.find('"', open + 1)) {
        std::size_t close = open + 1;
        while (close < text.size() && is_word_char(text[close])) ++close;
        std::string name(text.substr(open + 1, close - open - 1));
        const bool escaped = open > 0 && text[open - 1] == '\\';
        const std::string_view mark = escaped ? "\\\"" : "\"";
        if (!tables.contains(name) || !text.substr(close).starts_with(mark)) continue;
        const Quoted place{open - (escaped ? 1 : 0), close + mark.size()};
        if (!is_sql(text, place)) continue;
        line += static_cast<std::size_t>(
            std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                       text.begin() + static_cast<std::ptrdiff_t>(open), '\n'));
        counted = open;
        uses.push_back(
            {.file = {}, .line = line, .table = std::move(name), .text = line_at(text, open)});
    }
    return uses;
}

}  // namespace ingot::schema::rename
