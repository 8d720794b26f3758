// SPDX-License-Identifier: MIT
#include "loaders/rule.hpp"

#include "loaders/rule_query.hpp"
#include "pipeline/tables/tables.hpp"
#include "tests/loaders/check_fixture.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace ingot::testing {
namespace {

/// A row that breaks a rule, and how the rule says so.
struct Breach {
    std::string rule;   ///< File.
    std::string check;  ///< Result.
    RowValues values;
    std::string said;  ///< Its beginning; times are written otherwise in PostgreSQL.
    bool only_sqlite = false;
};

const std::vector<Breach>& breaches() {
    static const std::string late = "'2099-01-01T00:00:00.000000Z'";
    static const std::string early = "'2024-01-01T00:00:00.000000Z'";
    static const std::vector<Breach> all{
        {"not_null", "events.not_null", {{"message", "NULL"}}, "1: logs/a.log:2:2 message = NULL"},
        {"unique_key", "agents.unique_key", {{"agent_id", "'one'"}}, "1: one (1 row)"},
        {"exists",
         "messages.agent_id_exists",
         {{"agent_id", "'ghost'"}},
         "1: logs/a.log:2:2 agent_id = ghost"},
        {"domain",
         "events.severity_domain",
         {{"severity", "'loud'"}},
         "1: logs/a.log:2:2 severity = loud"},
        {"valid_json",
         "events.valid_json",
         {{"details", "'{broken'"}},
         "1: logs/a.log:2:2 details = {broken",
         true},
        {"canonical_time",
         "tasks.canonical_time",
         {{"started_at", "'2025-01-01'"}},
         "1: two started_at = 2025-01-01",
         true},
        {"time_range",
         "events.time_range",
         {{"timestamp", late}},
         "1: logs/a.log:2:2 timestamp = 2099-01-01"},
        {"count_extracted",
         "events.count_extracted",
         {},
         "1: logs/a.log extracted = 1, here = 2 (1 row)"},
        {"inferred_only", "agents.inferred_only", {{"inferred", "TRUE"}}, "1: two"},
        {"tokens_negative",
         "messages.tokens_negative",
         {{"input_tokens", "-5"}},
         "1: logs/a.log:2:2 input_tokens = -5"},
        {"tokens_absurd",
         "message_usage.tokens_absurd",
         {{"output_tokens", "100000001"}},
         "1: two output_tokens = 100000001"},
        {"percentage_range",
         "context_sessions.percentage_range",
         {{"usage_percent", "100.5"}},
         "1: two usage_percent = 100.5"},
        {"agents.type_outside_plan",
         "agents.type_outside_plan",
         {{"agent_type", "'poet'"}},
         "1: poet (1 row)"},
        {"agents.status_outside_plan",
         "agents.status_outside_plan",
         {{"status", "'unknown'"}, {"source_status", "'dreaming'"}},
         "1: dreaming (1 row)"},
        {"tasks.status_outside_plan",
         "tasks.status_outside_plan",
         {{"status", "'unknown'"}, {"source_status", "'deferred'"}},
         "1: deferred (1 row)"},
        {"tasks.finished_before_started",
         "tasks.finished_before_started",
         {{"completed_at", early}},
         "1: two created_at = 2025-01-01"},
        {"pull_requests.merged_before_created",
         "pull_requests.merged_before_created",
         {{"merged_at", early}},
         "1: two created_at = 2025-01-01"},
        {"checkpoints.validated_before_created",
         "checkpoints.validated_before_created",
         {{"validated_at", early}},
         "1: two created_at = 2025-01-01"},
        {"agent_messages.answered_before_sent",
         "agent_messages.answered_before_sent",
         {{"acknowledged_at", early}},
         "1: logs/a.log:2:2 sent_at = 2025-01-01"},
        {"tool_uses.without_result",
         "tool_uses.without_result",
         {{"tool_use_id", "'lost'"}},
         "1: logs/a.log:2:2 name = one, tool_use_id = lost"},
        {"tool_results.without_use",
         "tool_results.without_use",
         {{"tool_use_id", "'lost'"}},
         "1: logs/a.log:2:2 tool_use_id = lost"},
        {"context_sessions.without_messages",
         "context_sessions.without_messages",
         {{"kind", "'subagent'"}},
         "1: two kind = subagent"},
        {"sources.pending",
         "sources.pending",
         {{"path", "'logs/b.log'"}, {"pending_bytes", "3"}},
         "1: logs/b.log pending_bytes = 3"},
        {"sources.accounting",
         "sources.accounting",
         {{"path", "'logs/b.log'"}, {"status", "'loaded'"}, {"size_bytes", "9"}},
         "1: logs/b.log status = loaded, size_bytes = 9, row_bytes = 0"},
        {"memory_snapshots.stored_file",
         "memory_snapshots.stored_file",
         {{"content_path", "'00/00000000000000000000000000000000.zst'"}},
         "1: logs/a.log:2:2 content_path = 00/00000000000000000000000000000000.zst, state = "
         "missing",
         true}};
    return all;
}

class EachRule : public CheckTest, public ::testing::WithParamInterface<Breach> {};

TEST_P(EachRule, FindsTheRowThatBreaksIt) {
    const Breach& breach = GetParam();
    const std::string table = breach.check.substr(0, breach.check.find('.'));
    if (breach.only_sqlite) {
        add_to_sqlite(table, breach.values);
    } else {
        add(table, breach.values);
        EXPECT_TRUE(found_in_postgres(breach.check).starts_with(breach.said))
            << found_in_postgres(breach.check);
    }
    EXPECT_TRUE(found_in_sqlite(breach.check).starts_with(breach.said))
        << found_in_sqlite(breach.check);
}

INSTANTIATE_TEST_SUITE_P(OfLoaders, EachRule, ::testing::ValuesIn(breaches()),
                         [](const ::testing::TestParamInfo<Breach>& made) {
                             std::string name = made.param.rule;
                             std::ranges::replace(name, '.', '_');
                             return name;
                         });

TEST(Rules, HaveARowHereThatBreaksEach) {
    std::set<std::string> broken;
    for (const Breach& breach : breaches()) broken.insert(breach.rule);
    for (const Rule& rule : rules()) EXPECT_TRUE(broken.contains(rule.name)) << rule.name;
}

TEST(Rules, CheckEveryForeignKey) {
    const RuleScope scope{.workspace = "1", .rows = "workspace_id = 1", .tomorrow = "'t'"};
    for (const Table* table : tables()) {
        const auto made = rules_of(*table, Dialect::postgres, scope);
        for (const Reference& reference : table->references)
            EXPECT_EQ(std::ranges::count(made,
                                         std::string(table->name) + "." +
                                             std::string(reference.column) + "_exists",
                                         &TableRule::name),
                      1);
    }
}

std::string complaint_about(const std::string& text) {
    try {
        parse_rule("odd", text);
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "none";
}

TEST(Rules, ReadAHeaderOverSeveralLines) {
    const Rule rule = parse_rule("late", "-- severity: warning\n-- for: any time column but a b\n"
                                         "-- means: It\n--   is late.\n-- do: Wait.\n"
                                         "SELECT {key}\nFROM {rows}\nWHERE {column} > 1\n");
    EXPECT_EQ(rule.means, "It is late.");
    EXPECT_EQ(rule.spread, Spread::any_column);
    EXPECT_EQ(rule.but, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(rule.condition, "{column} > 1");
    EXPECT_FALSE(rule.is_error);
}

TEST(Rules, SayWhatIsWrongWithTheirFile) {
    const std::string head = "-- severity: error\n-- for: table\n-- means: m\n-- do: d\n";
    EXPECT_EQ(complaint_about(head + "SELECT a\nFROM b"), "none");
    EXPECT_EQ(complaint_about("-- for: table\nSELECT a\nFROM b"),
              "the rule odd: its severity is neither error nor warning");
    EXPECT_EQ(complaint_about("-- severity: error\n-- means: m\nSELECT a\nFROM b"),
              "the rule odd: it lacks 'means' or 'do'");
    EXPECT_EQ(complaint_about("-- severity: error\n-- means: m\n-- do: d\nSELECT a\nFROM b"),
              "the rule odd: neither its name nor a line 'for' has a table");
    EXPECT_EQ(complaint_about(head + "DELETE FROM b"),
              "the rule odd: its query is not SELECT … and FROM at the beginning of a line");
    EXPECT_EQ(complaint_about(head + "-- for: each moon\nSELECT a\nFROM b"),
              "the rule odd: cannot be for 'moon'");
}

}  // namespace
}  // namespace ingot::testing
