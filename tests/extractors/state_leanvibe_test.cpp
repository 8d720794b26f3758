// SPDX-License-Identifier: MIT
#include "pipeline/model/text.hpp"
#include "tests/extractors/database.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

const std::string kTables = R"(
    CREATE TABLE checkpoints(id TEXT PRIMARY KEY, git_tag TEXT, metrics JSON, timestamp DATETIME);
    CREATE TABLE tasks(id TEXT PRIMARY KEY, agent TEXT, status TEXT, confidence REAL);
    CREATE TABLE performance(agent TEXT, task_id TEXT, duration REAL, success BOOL);
)";

TEST(StateLeanvibe, MapsLeanvibeTasks) {
    const auto out =
        extract_database("state.db", kTables + "INSERT INTO tasks VALUES('t1','alpha','done',0.9)");
    EXPECT_EQ(
        out.rows("entity_statements"),
        "0.0 entity=tasks entity_id=t1 attributes={\"agent_id\":\"alpha\",\"status\":\"completed\","
        "\"source_status\":\"done\",\"confidence_score\":0.9}\n");
    EXPECT_EQ(out.rows("state_rows"), "");
}

TEST(StateLeanvibe, MapsLeanvibeCheckpointsWithTheirMetricsAsWritten) {
    const auto out =
        extract_database("state.db", kTables + "INSERT INTO checkpoints VALUES("
                                               "'c1','v1',' {\"coverage\": 1.10}',1752632530.5)");
    EXPECT_EQ(out.rows("entity_statements"),
              "0.0 entity=checkpoints entity_id=c1 said_at=2025-07-16T02:22:10.500000Z attributes={"
              "\"git_tag\":\"v1\",\"metrics\":{\"coverage\": "
              "1.10},\"created_at\":\"2025-07-16T02:22:10.500000Z\"}\n");
}

TEST(StateLeanvibe, MapsLeanvibePerformanceToOneMetricAValue) {
    const auto out =
        extract_database("state.db", kTables + "INSERT INTO performance VALUES('a','t1',12.5,1)");
    EXPECT_EQ(out.rows("performance_metrics"),
              "0.0 agent_id=a task_id=t1 metric_type=duration value=12.5\n"
              "0.1 agent_id=a task_id=t1 metric_type=success value=1\n");
}

TEST(StateLeanvibe, KeepsAMeasurementThatIsNoNumberInTheContext) {
    const auto out = extract_database(
        "state.db",
        kTables + "INSERT INTO performance VALUES('a',NULL,'long',0),(NULL,NULL,'x',NULL)");
    EXPECT_EQ(out.rows("performance_metrics"),
              "0.0 agent_id=a metric_type=success value=0 context={\"duration\":\"long\"}\n");
    EXPECT_EQ(out.column("state_rows", "row"),
              R"({"agent":null,"task_id":null,"duration":"x","success":null})");
}

TEST(StateLeanvibe, GivesIntegerIdsThePathAndTextIdsAsTheyAre) {
    const auto out = extract_database(
        "a/state.db", "CREATE TABLE tasks(id, agent, status, confidence);"
                      "CREATE TABLE performance(agent, task_id, duration, success);"
                      "INSERT INTO tasks VALUES(7,5,NULL,NULL),('7',NULL,NULL,NULL);"
                      "INSERT INTO performance VALUES(NULL,7,1,NULL)");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), "a/state.db#7,7");
    EXPECT_EQ(out.column("entity_statements", "attributes"), "{\"agent_id\":\"5\"},{}");
    EXPECT_EQ(out.column("performance_metrics", "task_id"), "a/state.db#7");
}

TEST(StateLeanvibe, MakesARowWithoutItsKeyAStateRow) {
    const auto out = extract_database(
        "state.db", kTables + "INSERT INTO tasks VALUES(NULL,'a','done',1),(' ','b','done',1)");
    EXPECT_EQ(out.rows("entity_statements"), "");
    EXPECT_EQ(out.column("state_rows", "row"),
              R"({"id":null,"agent":"a","status":"done","confidence":1.0},)"
              R"({"id":" ","agent":"b","status":"done","confidence":1.0})");
}

TEST(StateLeanvibe, KeepsWhatDoesNotFitATypedColumn) {
    const auto out = extract_database(
        "state.db", kTables + "ALTER TABLE tasks ADD COLUMN extra;"
                              "INSERT INTO tasks VALUES('t',x'01','?','high','[1, 2]')");
    EXPECT_EQ(out.column("entity_statements", "attributes"),
              R"({"status":"unknown","source_status":"?",)"
              R"("metadata":{"agent":{"$blob":"01"},"confidence":"high","extra":[1, 2]}})");
}

TEST(StateLeanvibe, TakesNumbersThatAreWrittenAsText) {
    const auto out =
        extract_database("state.db", "CREATE TABLE tasks(id TEXT, agent, status, confidence TEXT);"
                                     "INSERT INTO tasks VALUES('t',NULL,NULL,' 0.5 ')");
    EXPECT_EQ(out.column("entity_statements", "attributes"), R"({"confidence_score":0.5})");
}

TEST(StateLeanvibe, KeepsTheWholeOfAKeyThatIsShortened) {
    const std::string id(600, 'x');
    const auto out = extract_database("state.db", kTables + "INSERT INTO tasks VALUES('" + id +
                                                      "',NULL,NULL,NULL)");
    EXPECT_EQ(out.column("entity_statements", "entity_id"), shortened_key(id));
    EXPECT_EQ(out.column("entity_statements", "attributes"),
              "{\"metadata\":{\"id\":\"" + id + "\"}}");
}

TEST(StateLeanvibe, DoesNotTakeATableForItsNameAlone) {
    const auto out = extract_database(
        "state.db", "CREATE TABLE tasks(id TEXT, what TEXT); INSERT INTO tasks VALUES('1','x')");
    EXPECT_EQ(out.rows("state_rows"), "0.0 table_name=tasks row={\"id\":\"1\",\"what\":\"x\"}\n");
}

}  // namespace
}  // namespace ingot::testing
