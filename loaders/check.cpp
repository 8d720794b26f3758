// SPDX-License-Identifier: MIT
#include "loaders/check.hpp"

#include <algorithm>
#include <charconv>

namespace ingot {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;

/// A rule about single rows: `offends` is an SQL condition.
struct RowRule {
    std::string name;
    bool is_error;
    std::string offends;
};

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string domain_list(std::string_view words) {
    std::string out;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        out += (out.empty() ? "" : ", ") + quoted(words.substr(0, end));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return out;
}

std::string any_of(const std::vector<std::string>& conditions) {
    std::string out;
    for (const std::string& condition : conditions)
        out += (out.empty() ? "" : " OR ") + ("(" + condition + ")");
    return out;
}

/// PostgreSQL's types already refuse what these two conditions look for.
std::vector<RowRule> form_rules(const Table& table, const std::string& prefix) {
    std::vector<std::string> bad_json;
    std::vector<std::string> bad_time;
    for (const Column& column : table.columns) {
        const std::string name(column.name);
        if (column.type == Type::json)
            bad_json.push_back(name + " IS NOT NULL AND NOT is_json(" + name + ")");
        if (column.type == Type::time)
            bad_time.push_back(
                name +
                " NOT GLOB "
                "'[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]."
                "[0-9][0-9][0-9][0-9][0-9][0-9]Z'");
    }
    std::vector<RowRule> rules;
    if (!bad_json.empty()) rules.push_back({prefix + "valid_json", true, any_of(bad_json)});
    if (!bad_time.empty()) rules.push_back({prefix + "canonical_time", true, any_of(bad_time)});
    return rules;
}

std::vector<RowRule> row_rules(const Table& table, const CheckScope& scope) {
    const std::string prefix = std::string(table.name) + ".";
    std::vector<std::string> nulls;
    std::vector<std::string> times;
    std::vector<RowRule> rules;
    for (const Column& column : table.columns) {
        const std::string name(column.name);
        if (column.required) nulls.push_back(name + " IS NULL");
        if (column.type == Type::time)
            times.push_back(name + " < '2000-01-01T00:00:00.000000Z' OR " + name + " > " +
                            quoted(format_time({scope.now.us + kDay})));
        if (!column.traits.domain.empty())
            rules.push_back({prefix + name + "_domain", true,
                             name + " NOT IN (" + domain_list(column.traits.domain) + ")"});
    }
    rules.push_back({prefix + "not_null", true, any_of(nulls)});
    if (scope.dialect == Dialect::sqlite)
        std::ranges::copy(form_rules(table, prefix), std::back_inserter(rules));
    if (!times.empty()) rules.push_back({prefix + "time_range", false, any_of(times)});
    return rules;
}

std::int64_t number(const std::optional<std::string>& text) {
    std::int64_t value = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

std::string shown(const std::vector<std::optional<std::string>>& row) {
    std::string out;
    for (const auto& cell : row) out += (out.empty() ? "" : " ") + cell.value_or("NULL");
    return out;
}

std::string key_list(const Table& table) {
    std::string out;
    for (const std::string_view key : table.key)
        out += (out.empty() ? "" : ", ") + std::string(key);
    return out;
}

/// Checks one table with few passes over it: the rules about single rows share one.
class TableChecker {
public:
    TableChecker(const Table& table, const CheckScope& scope, const RunQuery& run)
        : table_(table), scope_(scope), run_(run),
          where_(" WHERE workspace_id = " + std::to_string(scope.workspace_id)) {
        changed_ = where_;
        if (table.kind == Kind::fact && !scope.run_id.empty())
            changed_ += " AND source_id IN (SELECT source_id FROM sources" + where_ +
                        " AND last_run_id = " + quoted(scope.run_id) + ")";
    }

    TableCheck check() {
        count_rows();
        check_rows();
        check_key();
        for (const Reference& reference : table_.references) check_reference(reference);
        return std::move(result_);
    }

private:
    void count_rows() {
        const std::string name(table_.name);
        result_.rows = number(run_("SELECT count(*) FROM " + name + where_).at(0).at(0));
        result_.extracted = result_.rows;
        if (table_.kind != Kind::fact) return;
        result_.extracted = number(run_("SELECT coalesce(sum(row_count), 0) FROM source_tables" +
                                        where_ + " AND table_name = " + quoted(name))
                                       .at(0)
                                       .at(0));
        CheckResult counts{
            name + ".count_extracted", true, std::abs(result_.rows - result_.extracted), {}};
        if (counts.violations > 0)
            counts.examples.push_back(std::to_string(result_.extracted) + " rows were extracted, " +
                                      std::to_string(result_.rows) + " are here");
        result_.checks.push_back(std::move(counts));
    }

    void check_rows() {
        const std::vector<RowRule> rules = row_rules(table_, scope_);
        std::string sums;
        for (const RowRule& rule : rules)
            sums += (sums.empty() ? "" : ", ") + ("count(*) FILTER (WHERE " + rule.offends + ")");
        const auto counts =
            run_("SELECT " + sums + " FROM " + std::string(table_.name) + changed_).at(0);
        for (std::size_t i = 0; i < rules.size(); ++i) {
            CheckResult check{rules[i].name, rules[i].is_error, number(counts[i]), {}};
            if (check.violations > 0)
                add_examples(check, "SELECT " + key_list(table_) + " FROM " +
                                        std::string(table_.name) + changed_ + " AND (" +
                                        rules[i].offends + ")");
            result_.checks.push_back(std::move(check));
        }
    }

    void check_key() {
        CheckResult check{std::string(table_.name) + ".unique_key", true, 0, {}};
        const std::string repeated = "SELECT " + key_list(table_) + " FROM " +
                                     std::string(table_.name) + changed_ + " GROUP BY " +
                                     key_list(table_) + " HAVING count(*) > 1";
        check.violations =
            number(run_("SELECT count(*) FROM (" + repeated + ") AS repeated").at(0).at(0));
        if (check.violations > 0) add_examples(check, repeated);
        result_.checks.push_back(std::move(check));
    }

    void check_reference(const Reference& reference) {
        const std::string column(reference.column);
        CheckResult check{std::string(table_.name) + "." + column + "_exists", true, 0, {}};
        const std::string target = reference.target == "workspace_id"
                                       ? ""
                                       : " AND p." + std::string(reference.target) + " = d.id";
        const std::string orphans =
            "SELECT d.id FROM (SELECT DISTINCT " + column + " AS id FROM " +
            std::string(table_.name) + changed_ + " AND " + column +
            " IS NOT NULL) AS d WHERE NOT EXISTS (SELECT 1 FROM " + std::string(reference.table) +
            " p WHERE p.workspace_id = " + std::to_string(scope_.workspace_id) + target + ")";
        check.violations =
            number(run_("SELECT count(*) FROM (" + orphans + ") AS orphans").at(0).at(0));
        if (check.violations > 0) add_examples(check, orphans);
        result_.checks.push_back(std::move(check));
    }

    void add_examples(CheckResult& check, const std::string& sql) {
        for (const auto& row : run_(sql + " LIMIT 5")) check.examples.push_back(shown(row));
    }

    const Table& table_;
    const CheckScope& scope_;
    const RunQuery& run_;
    std::string where_;    ///< The workspace's rows.
    std::string changed_;  ///< Those that have to be looked at.
    TableCheck result_;
};

}  // namespace

TableCheck check_table(const Table& table, const CheckScope& scope, const RunQuery& run) {
    return TableChecker(table, scope, run).check();
}

}  // namespace ingot
