// SPDX-License-Identifier: MIT
#include "loaders/rule_query.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <stdexcept>

namespace ingot {
namespace {

/// What a rule looks at in a table; the table itself when there is no column.
struct Spot {
    std::string_view column, parent, target, domain;
};

bool is_named(const std::vector<std::string>& names, std::string_view column) {
    return std::ranges::any_of(names, [&](std::string_view name) {
        return name.starts_with('*') ? column.ends_with(name.substr(1)) : column == name;
    });
}

bool is_meant(const Rule& rule, const Column& column) {
    if (is_named(rule.but, column.name)) return false;
    if (rule.what == "required column") return column.required;
    if (rule.what == "json column") return column.type == Type::json;
    if (rule.what == "time column") return column.type == Type::time;
    if (rule.what == "domain column") return !column.traits.domain.empty();
    return rule.what == "column named" && is_named(rule.named, column.name);
}

std::vector<Spot> spots_of(const Rule& rule, const Table& table) {
    std::vector<Spot> spots;
    if (rule.spread == Spread::one_table) {
        if (rule.name.starts_with(std::string(table.name) + ".")) spots.push_back({});
    } else if (rule.spread == Spread::tables) {
        if (rule.what != "fact table" || table.kind == Kind::fact) spots.push_back({});
    } else if (rule.what == "reference") {
        for (const Reference& reference : table.references)
            spots.push_back({reference.column, reference.table, reference.target, {}});
    } else {
        for (const Column& column : table.columns)
            if (is_meant(rule, column))
                spots.push_back({column.name, {}, {}, column.traits.domain});
    }
    return spots;
}

/// "a b" → "'a', 'b'".
std::string quoted_words(std::string_view words) {
    std::string out = words.empty() ? "" : "'";
    for (const char c : words) c == ' ' ? out += "', '" : out += c;
    return words.empty() ? out : out + "'";
}

std::string key_list(const Table& table) {
    std::string out;
    for (const std::string_view key : table.key)
        out += (out.empty() ? "" : ", ") + std::string(key);
    return out;
}

/// Puts a rule's text in place for one spot.
class Filler {
public:
    Filler(const Rule& rule, const Table& table, const RuleScope& scope, const Spot& spot)
        : rule_(rule), values_{{"{table}", std::string(table.name)},
                               {"{key}", key_list(table)},
                               {"{workspace}", scope.workspace},
                               {"{scope}", scope.rows},
                               {"{tomorrow}", scope.tomorrow},
                               {"{column}", std::string(spot.column)},
                               {"{parent}", std::string(spot.parent)},
                               {"{target}", std::string(spot.target)},
                               {"{domain}", quoted_words(spot.domain)}} {}

    std::string fill(std::string_view text) const {
        std::string out;
        for (;;) {
            const std::size_t open = std::min(text.find('{'), text.size());
            out += text.substr(0, open);
            if (open == text.size()) return out;
            const std::size_t close = text.find('}', open);
            out += value(text.substr(open, close - open + 1));
            text.remove_prefix(close + 1);
        }
    }

private:
    const std::string& value(std::string_view placeholder) const {
        for (const auto& [name, value] : values_)
            if (name == placeholder && !value.empty()) return value;
        throw std::invalid_argument("the rule " + rule_.name + " cannot have " +
                                    std::string(placeholder));
    }

    const Rule& rule_;
    std::vector<std::pair<std::string_view, std::string>> values_;
};

RuleQuery query_for(const Rule& rule, const Table& table, const RuleScope& scope,
                    const Spot& spot) {
    const Filler filler(rule, table, scope, spot);
    if (rule.condition.empty())
        return {
            .values = filler.fill(rule.values), .from = filler.fill(rule.from), .condition = {}};
    return {.values = filler.fill(rule.values),
            .from = std::string(table.name) + " WHERE " + scope.rows,
            .condition = filler.fill(rule.condition)};
}

std::string result_name(const Rule& rule, const Table& table, const Spot& spot) {
    if (rule.spread == Spread::one_table) return rule.name;
    const std::string column =
        rule.spread == Spread::each_column ? std::string(spot.column) + "_" : "";
    return std::string(table.name) + "." + column + rule.name;
}

}  // namespace

std::vector<TableRule> rules_of(const Table& table, Dialect dialect, const RuleScope& scope) {
    std::vector<TableRule> found;
    for (const Rule& rule : rules()) {
        if (rule.only_on.value_or(dialect) != dialect) continue;
        for (const Spot& spot : spots_of(rule, table)) {
            const std::string name = result_name(rule, table, spot);
            if (found.empty() || found.back().name != name) found.push_back({&rule, name, {}});
            found.back().queries.push_back(query_for(rule, table, scope, spot));
        }
    }
    return found;
}

bool is_scoped(const Rule& rule) {
    return !rule.condition.empty() || rule.from.find("{scope}") != std::string::npos;
}

bool is_about_one_row(const Rule& rule) {
    return !rule.condition.empty() && rule.condition.find("SELECT") == std::string::npos;
}

std::vector<std::string> split_values(std::string_view list) {
    std::vector<std::string> parts(1);
    int depth = 0;
    for (const char c : list) {
        depth += (c == '(') - (c == ')');
        if (c == ',' && depth == 0) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    for (std::string& part : parts) part = trimmed(part);
    return parts;
}

}  // namespace ingot
