// SPDX-License-Identifier: MIT
#include "loaders/rule.hpp"

#include "loaders/embedded.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

namespace ingot {
namespace {

constexpr std::string_view kSelect = "SELECT ";
constexpr std::string_view kFrom = "\nFROM ";
constexpr std::string_view kRows = "{rows}\nWHERE ";

[[noreturn]] void refuse(const Rule& rule, const std::string& what) {
    throw std::invalid_argument("the rule " + rule.name + ": " + what);
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!(text = trimmed(text)).empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return words;
}

/// The comment on top, by key; a line without a key goes on with the one before.
struct Header {
    std::map<std::string, std::string, std::less<>> lines;
    std::string_view body;
};

Header header_of(const Rule& rule, std::string_view text) {
    static constexpr std::array keys{"severity", "for", "dialect", "examples", "means", "do"};
    Header header{.lines = {}, .body = text};
    std::string* last = nullptr;
    while (header.body.starts_with("--")) {
        const std::size_t end = std::min(header.body.find('\n'), header.body.size() - 1);
        std::string_view line = trimmed(header.body.substr(2, end - 2));
        header.body.remove_prefix(end + 1);
        const std::string key(line.substr(0, line.find(':')));
        if (std::ranges::find(keys, key) != keys.end()) {
            last = &header.lines[key];
            *last = trimmed(line.substr(key.size() + 1));
        } else if (last != nullptr) {
            *last += " " + std::string(line);
        } else {
            refuse(rule, "its first line has no key");
        }
    }
    return header;
}

/// "any column named *_tokens but max_tokens" → how the rule spreads.
void read_spread(Rule& rule, std::string_view text) {
    rule.spread = Spread::tables;
    if (text.starts_with("any ")) rule.spread = Spread::any_column;
    if (text.starts_with("each ")) rule.spread = Spread::each_column;
    if (rule.spread != Spread::tables) text.remove_prefix(text.find(' ') + 1);
    if (const std::size_t but = text.find(" but "); but != std::string_view::npos) {
        rule.but = words_of(text.substr(but + 5));
        text = text.substr(0, but);
    }
    if (text.starts_with("column named ")) {
        rule.named = words_of(text.substr(13));
        text = text.substr(0, 12);
    }
    rule.what = text;
}

void check_spread(const Rule& rule) {
    static constexpr std::array of_tables{"table", "fact table"};
    static constexpr std::array of_columns{"required column", "json column", "time column",
                                           "domain column",   "reference",   "column named"};
    if (rule.spread == Spread::one_table) {
        if (rule.name.find('.') == std::string::npos)
            refuse(rule, "neither its name nor a line 'for' has a table");
    } else if (rule.spread == Spread::tables
                   ? std::ranges::find(of_tables, rule.what) == of_tables.end()
                   : std::ranges::find(of_columns, rule.what) == of_columns.end()) {
        refuse(rule, "cannot be for '" + rule.what + "'");
    }
}

void read_query(Rule& rule, std::string_view body) {
    body = trimmed(body);
    const std::size_t from = body.find(kFrom);
    if (!body.starts_with(kSelect) || from == std::string_view::npos)
        refuse(rule, "its query is not SELECT … and FROM at the beginning of a line");
    rule.values = body.substr(kSelect.size(), from - kSelect.size());
    body.remove_prefix(from + kFrom.size());
    (body.starts_with(kRows) ? rule.condition : rule.from) =
        body.starts_with(kRows) ? body.substr(kRows.size()) : body;
}

}  // namespace

Rule parse_rule(std::string_view name, std::string_view text) {
    Rule rule;
    rule.name = name;
    Header header = header_of(rule, text);
    const std::string severity = header.lines["severity"];
    if (severity != "error" && severity != "warning")
        refuse(rule, "its severity is neither error nor warning");
    rule.is_error = severity == "error";
    rule.means = header.lines["means"];
    rule.remedy = header.lines["do"];
    if (rule.means.empty() || rule.remedy.empty()) refuse(rule, "it lacks 'means' or 'do'");
    if (const std::string& dialect = header.lines["dialect"]; !dialect.empty()) {
        if (dialect != "sqlite" && dialect != "postgres") refuse(rule, "no dialect " + dialect);
        rule.only_on = dialect == "sqlite" ? Dialect::sqlite : Dialect::postgres;
    }
    if (const std::string& count = header.lines["examples"]; !count.empty())
        std::from_chars(count.data(), count.data() + count.size(), rule.examples);
    if (const std::string& spread = header.lines["for"]; !spread.empty()) read_spread(rule, spread);
    check_spread(rule);
    read_query(rule, header.body);
    return rule;
}

std::span<const Rule> rules() {
    static const std::vector<Rule> all = [] {
        std::vector<Rule> read;
        for (const embedded::EmbeddedText& file : embedded::checks())
            read.push_back(parse_rule(file.name, file.text));
        std::stable_partition(read.begin(), read.end(),
                              [](const Rule& rule) { return rule.is_error; });
        return read;
    }();
    return all;
}

}  // namespace ingot
