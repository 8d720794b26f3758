// SPDX-License-Identifier: MIT
#include "tests/extractors/database.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

const std::string kTables = R"(
    CREATE TABLE context_history(id INTEGER PRIMARY KEY, agent_id TEXT, timestamp TEXT,
            usage_percent REAL, task_type TEXT, growth_rate REAL, created_at TEXT);
)";

TEST(StateContextHistory, MapsTheContextHistoryToOneSessionAnAgent) {
    const auto out = extract_database(
        "state/context_history.db",
        kTables + "INSERT INTO context_history VALUES"
                  "(1,'a','2026-01-02',40.5,'x',NULL,NULL),(2,'','2026-01-02',1,NULL,NULL,NULL)");
    EXPECT_EQ(out.rows("entity_statements"),
              "0.0 entity=context_sessions entity_id=state/context_history/a "
              "said_at=2026-01-02T00:00:00.000000Z attributes={"
              "\"agent_id\":\"a\",\"kind\":\"context\",\"context_data\":{\"id\":1,\"task_type\":"
              "\"x\"},\"usage_percent\":40.5,"
              "\"created_at\":\"2026-01-02T00:00:00.000000Z\",\"last_accessed\":\"2026-01-02T00:00:"
              "00.000000Z\"}\n");
    EXPECT_EQ(out.column("state_rows", "table_name"), "context_history");
}

}  // namespace
}  // namespace ingot::testing
