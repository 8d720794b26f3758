// SPDX-License-Identifier: MIT
#include "loaders/check.hpp"

#include "loaders/rule_example.hpp"
#include "loaders/rule_query.hpp"

#include <charconv>
#include <map>

namespace ingot {
namespace {

/// Rows from which on a pass over a table is shared by two connections.
constexpr std::int64_t kLargeTable = 20'000;
constexpr std::int64_t kDay = 86'400'000'000;

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::int64_t number(const std::optional<std::string>& text) {
    std::int64_t value = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

/// True for a row that breaks the rule in any of its columns.
std::string condition_of(const TableRule& rule) {
    std::string out;
    for (const RuleQuery& query : rule.queries)
        out += (out.empty() ? "(" : " OR (") + query.condition + ")";
    return out;
}

/// A query of one number: how often the rule is broken.
std::string count_of(const TableRule& rule) {
    const RuleQuery& query = rule.queries.front();
    if (!rule.rule->condition.empty())
        return "SELECT count(*) FROM " + query.from + " AND (" + condition_of(rule) + ")";
    const bool weighed = query.values.ends_with(" AS violations");
    return "SELECT " + std::string(weighed ? "coalesce(sum(violations), 0)" : "count(*)") +
           " FROM (SELECT " + query.values + " FROM " + query.from + ") AS offending";
}

/// Which of a workspace's facts are looked at.
enum class Extent { all, changed, none };

class TableChecker {
public:
    TableChecker(const Table& table, const CheckScope& scope, const RunQuery& run)
        : table_(table), scope_(scope), run_(run),
          of_workspace_("workspace_id = " + std::to_string(scope.workspace_id)), extent_(extent()),
          looked_at_(looked_at()) {}

    TableCheck check() {
        count_rows();
        const std::vector<TableRule> rules = rules_of(table_, scope_.dialect, looked_at_);
        count_single_rows(rules);
        for (const TableRule& rule : rules) result_.checks.push_back(check_rule(rule));
        return std::move(result_);
    }

private:
    /// Where all sources were changed, or none, queries need not ask for each row's source.
    Extent extent() const {
        if (table_.kind != Kind::fact || scope_.run_id.empty()) return Extent::all;
        const std::string exists = "EXISTS (SELECT 1 FROM sources WHERE " + of_workspace_ + " AND ";
        const std::string run = quoted(scope_.run_id);
        const auto found = run_("SELECT CASE WHEN " + exists + "last_run_id = " + run +
                                ") THEN 1 ELSE 0 END, CASE WHEN " + exists +
                                "coalesce(last_run_id, '') <> " + run + ") THEN 1 ELSE 0 END");
        if (number(found.at(0).at(0)) == 0) return Extent::none;
        return number(found.at(0).at(1)) == 0 ? Extent::all : Extent::changed;
    }

    RuleScope looked_at() const {
        std::string rows = of_workspace_;
        if (extent_ == Extent::changed)
            rows += " AND source_id IN (SELECT source_id FROM sources WHERE " + of_workspace_ +
                    " AND last_run_id = " + quoted(scope_.run_id) + ")";
        return {.workspace = std::to_string(scope_.workspace_id),
                .rows = std::move(rows),
                .tomorrow = quoted(format_time({scope_.now.us + kDay}))};
    }

    void count_rows() {
        const std::string name(table_.name);
        const auto one = [&](const std::string& sql) { return number(run_(sql).at(0).at(0)); };
        result_.rows = one("SELECT count(*) FROM " + name + " WHERE " + of_workspace_);
        result_.extracted =
            table_.kind != Kind::fact
                ? result_.rows
                : one("SELECT coalesce(sum(row_count), 0) FROM source_tables WHERE " +
                      of_workspace_ + " AND table_name = " + quoted(name));
    }

    /// One pass over the table for all rules about single rows.
    void count_single_rows(const std::vector<TableRule>& rules) {
        std::string sums;
        std::vector<std::string> names;
        for (const TableRule& rule : rules) {
            if (!is_about_one_row(*rule.rule) || is_idle(rule)) continue;
            sums +=
                (sums.empty() ? "" : ", ") + ("count(*) FILTER (WHERE " + condition_of(rule) + ")");
            names.push_back(rule.name);
        }
        if (names.empty()) return;
        for (const auto& counts :
             run_shared("SELECT " + sums + " FROM " + std::string(table_.name) + " WHERE " +
                        looked_at_.rows))
            for (std::size_t i = 0; i < names.size(); ++i) counted_[names[i]] += number(counts[i]);
    }

    /// The rows that a query over the table gives, one for each part of a large table.
    std::vector<std::vector<std::optional<std::string>>> run_shared(const std::string& sql) const {
        if (!scope_.run_together || result_.rows < kLargeTable) return {run_(sql).at(0)};
        const std::string middle =
            run_("SELECT (min(rowid) + max(rowid)) / 2 FROM " + std::string(table_.name))
                .at(0)
                .at(0)
                .value_or("0");
        std::vector<std::vector<std::optional<std::string>>> rows;
        for (const auto& part :
             scope_.run_together({sql + " AND rowid <= " + middle, sql + " AND rowid > " + middle}))
            rows.push_back(part.at(0));
        return rows;
    }

    bool is_idle(const TableRule& rule) const {
        return extent_ == Extent::none && is_scoped(*rule.rule);
    }

    CheckResult check_rule(const TableRule& rule) const {
        CheckResult result{rule.name, rule.rule->is_error, 0, {}};
        if (const auto counted = counted_.find(rule.name); counted != counted_.end()) {
            result.violations = counted->second;
        } else if (!is_idle(rule)) {
            result.violations = number(run_(count_of(rule)).at(0).at(0));
        }
        if (result.violations > 0)
            result.examples = rule_examples(table_, rule, of_workspace_, run_);
        return result;
    }

    const Table& table_;
    const CheckScope& scope_;
    const RunQuery& run_;
    std::string of_workspace_;  ///< Condition: the workspace's rows.
    Extent extent_;
    RuleScope looked_at_;
    std::map<std::string, std::int64_t> counted_;  ///< By the one pass.
    TableCheck result_;
};

}  // namespace

TableCheck check_table(const Table& table, const CheckScope& scope, const RunQuery& run) {
    return TableChecker(table, scope, run).check();
}

}  // namespace ingot
