// SPDX-License-Identifier: MIT
#include "tests/loaders/schema/linted.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <boost/filesystem/string_file.hpp>

namespace ingot::testing {
namespace {

std::string fixture(const std::string& name) {
    std::string text;
    boost::filesystem::load_string_file(SOURCE_DIR "/tests/loaders/schema/fixtures/" + name, text);
    return text;
}

/// The line of `text` on which `what` begins for the nth time.
std::size_t line_of(const std::string& text, const std::string& what, int nth = 1) {
    std::size_t at = text.find(what);
    while (at != std::string::npos && --nth > 0) at = text.find(what, at + 1);
    EXPECT_NE(at, std::string::npos) << what;
    return 1 + static_cast<std::size_t>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// A mistake of the roadmap: the rule that must see it, and where.
struct Mistake {
    const char* rule;
    const char* where;
    int nth = 1;
};

constexpr Mistake kMistakes[] = {
    {"concurrently-in-transaction",
     "CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_projects_short_id"},
    {"concurrently-in-transaction", "CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_agents_available"},
    {"concurrently-in-transaction", "CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_tasks_effort"},
    {"concurrently-in-transaction",
     "CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_agents_assignments"},
    {"concurrently-in-transaction", "DROP INDEX CONCURRENTLY"},
    {"concurrently-without-timeout", "CREATE INDEX CONCURRENTLY"},
    {"if-not-exists-invalid", "CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_tasks_short_id"},
    {"duplicate-name", "idx_agent_project_capacity", 2},
    {"if-not-exists-clauses", "ADD COLUMN IF NOT EXISTS current_project_id"},
    {"if-not-exists-clauses", "ADD COLUMN IF NOT EXISTS max_concurrent_tasks"},
    {"if-not-exists-clauses", "ADD COLUMN IF NOT EXISTS complexity_score"},
    {"constraint-not-valid", "ADD COLUMN IF NOT EXISTS current_project_id"},
    {"constraint-not-valid", "ADD COLUMN IF NOT EXISTS max_concurrent_tasks"},
    {"missing-lock-timeout", "ALTER TABLE agents"},
    {"volatile-default", "ALTER TABLE agents ADD COLUMN tracking_id"},
    {"missing-extension", "gen_random_bytes"},
    {"unknown-encoding", "'base32'"},
    {"set-not-null", "ALTER TABLE agents ALTER COLUMN short_id SET NOT NULL"},
    {"default-before-fill", "UPDATE agents SET max_concurrent_tasks"},
    {"default-before-fill", "SET complexity_score = CASE"},
    {"update-reads-old-value", "CASE WHEN complexity_score > 6"},
    {"partial-gin", "WHERE project_assignments <> '[]'"},
    {"early-analyze", "UPDATE agents SET role"},
    {"join-fan-out", "LEFT JOIN project_management_tasks"},
    {"refresh-needs-unique", "REFRESH MATERIALIZED VIEW CONCURRENTLY"},
    {"if-not-exists", "CREATE MATERIALIZED VIEW IF NOT EXISTS"},
    {"if-not-exists", "CREATE TABLE IF NOT EXISTS cross_project_dependencies"},
    {"drop-before-dependents", "ALTER TABLE agents DROP COLUMN"},
    {"drop-before-dependents", "ALTER TABLE project_management_tasks DROP COLUMN"},
    {"data-loss", "DROP TABLE IF EXISTS cross_project_dependencies"},
    {"and-or-brackets", "OR column_name = 'complexity_score'"},
    {"catalog-schema", "information_schema.columns"},
    {"delete-by-pattern", "DELETE FROM agent_sessions"},
    {"catalog-column", "SELECT tablename, n_live_tup"},
    {"catalog-column", "SELECT indexname FROM pg_stat_user_indexes"},
    {"catalog-column", "SELECT query, total_time"},
    {"missing-extension", "SELECT query, total_time"},
    {"catalog-schema", "FROM pg_indexes WHERE"},
    {"catalog-invalid-index", "FROM pg_indexes WHERE"},
    {"like-underscore", "LIKE 'idx_%_short_id'"},
    {"timestamp-without-zone", "allocated_at TIMESTAMP"},
    {"nullable-unique", "UNIQUE (project_id, agent_id, allocated_at)"},
    {"check-passes-null", "CHECK (source_project_id != target_project_id)"},
    {"integer-division", "SUM(t.actual_effort_minutes / t.estimated_effort_minutes)"},
    {"foreign-key-without-index", "target_project_id UUID REFERENCES"},
};

TEST(Roadmap, EveryMistakeThatALinterCanSeeIsReportedOnItsLine) {
    const std::string text = fixture("roadmap.sql");
    const auto found = linted(text);
    for (const Mistake& mistake : kMistakes) {
        const std::string wanted = std::string(mistake.rule) + " " +
                                   std::to_string(line_of(text, mistake.where, mistake.nth));
        EXPECT_NE(std::find(found.begin(), found.end(), wanted), found.end()) << wanted;
    }
}

/// What needs the schema before is seen when that file comes first.
TEST(Roadmap, TheSchemaBeforeShowsTheEnumsAndWhatIsThereAlready) {
    const std::string before =
        "CREATE TYPE agentstatus AS ENUM ('inactive', 'active');\n"
        "CREATE TABLE agents (id uuid PRIMARY KEY, agent_type text, status agentstatus NOT NULL);\n"
        "CREATE TABLE project_management_projects (id uuid PRIMARY KEY, short_id varchar(20));\n"
        "CREATE UNIQUE INDEX ix_projects_short_id ON project_management_projects (short_id);\n";
    const auto counts = counted({{"before.sql", before}, {"roadmap.sql", fixture("roadmap.sql")}});
    EXPECT_EQ(counts.at("unknown-enum-label"), 3);
    EXPECT_EQ(counts.at("redundant-index"), 1);
    EXPECT_EQ(counts.at("missing-lock-timeout"), 1);
}

TEST(Roadmap, TheCorrectedStepsAreClean) {
    EXPECT_EQ(linted(fixture("corrected.sql")), std::vector<std::string>{});
}

}  // namespace
}  // namespace ingot::testing
