// SPDX-License-Identifier: MIT
#include "pipeline/model/errors.hpp"
#include "pipeline/tables/agent.hpp"
#include "pipeline/tables/configuration.hpp"
#include "pipeline/tables/context_session.hpp"
#include "pipeline/tables/event.hpp"
#include "pipeline/tables/project.hpp"
#include "pipeline/tables/project_task.hpp"
#include "pipeline/tables/task.hpp"
#include "tests/loaders/publish_fixture.hpp"

namespace ingot::testing {
namespace {

Task task(std::string_view id, OptionalText parent = {}) {
    Task made{};
    made.task_id = id;
    made.title = id;
    made.status = "pending";
    made.parent_task_id = parent;
    return made;
}

/// Rows that refer to each other, and a part of the tables.
class PublishTables : public PublishTest {};

TEST_F(PublishTables, InsertsUpdatesAndDeletesEntities) {
    fill();
    publish();
    store.begin_run();
    Agent changed = agent("a1");
    changed.status = "crashed";
    store.entity(changed);
    store.entity(agent("a3"));
    store.sql("DELETE FROM agents WHERE agent_id = 'a2'");
    store.put("config/b.json", [](Batch&) {});
    const PublishedWorkspace done = publish();
    EXPECT_EQ(counts(done, "agents"), "1 1 1 0");
    EXPECT_EQ(counts(done, "configurations"), "0 0 1 0");
    EXPECT_EQ(
        pg("SELECT string_agg(agent_id || ' ' || status, ', ' ORDER BY agent_id) FROM agents"),
        "a1 crashed, a3 idle");
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishTables, KeepsForeignKeysWhileParentsMove) {
    store.entity(task("parent"));
    store.entity(task("child", "parent"));
    store.entity(task("grandchild", "child"));
    store.put("a.json", [](Batch&) {});
    publish();
    store.begin_run();
    store.sql("DELETE FROM tasks");
    store.entity(task("child", "z-new"));  // its parent comes later in the order of the key
    store.entity(task("z-new"));
    store.put("a.json", [](Batch& batch) { add_event(batch, 0, "x"); });
    EXPECT_EQ(counts(publish(), "tasks"), "1 1 2 0");
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishTables, CarriesEntitiesThatReferToEachOther) {
    store.entity(agent("a"));
    Project project{};
    project.project_id = "p";
    project.name = "p";
    store.entity(project);
    ContextSession session{};
    session.session_id = "s2";
    session.agent_id = "a";
    session.project_id = "p";
    session.kind = "subagent";
    session.parent_session_id = "s9";
    session.message_count = 0;
    store.entity(session);
    session.session_id = "s9";
    session.parent_session_id = {};
    store.entity(session);
    store.entity(task("t"));
    store.entity(ProjectTask{"p", "t"});
    store.put("a.json", [](Batch& batch) {
        Event event{};
        event.event_type = "log";
        event.severity = "info";
        event.timestamp_source = "record";
        event.session_id = "s2";
        batch.add(0, event);
    });
    publish();
    EXPECT_EQ(differences(store), "");
    store.begin_run();
    store.sql("DELETE FROM project_tasks; DELETE FROM tasks; DELETE FROM events; DELETE FROM "
              "context_sessions; DELETE FROM projects");
    store.put("a.json", [](Batch&) {});
    publish();
    EXPECT_EQ(differences(store), "");
    EXPECT_EQ(pg("SELECT count(*) FROM context_sessions"), "0");
}

TEST_F(PublishTables, PublishesSomeTablesAndTheirParents) {
    fill();
    options.only_tables = {"events"};
    const PublishedWorkspace part = publish();
    EXPECT_EQ(counts(part, "events"), "3 0 0 0");
    EXPECT_EQ(
        pg("SELECT (SELECT count(*) FROM agents) || ' ' || (SELECT count(*) FROM configurations)"),
        "2 0");
    EXPECT_FALSE(publish().is_changed);
    options.only_tables.clear();
    EXPECT_EQ(counts(publish(), "configurations"), "1 0 0 0");
    EXPECT_EQ(differences(store), "");
}

TEST_F(PublishTables, CatchesUpAfterAPartOfTheTablesRanAhead) {
    fill();
    publish();
    store.begin_run();
    store.append("logs/a.log", 200, [](Batch& batch) {
        add_event(batch, 200, "three");
        batch.add(200, Configuration{.agent_id = {},
                                     .category = "c",
                                     .key = "k",
                                     .value = {"1"},
                                     .updated_at = {},
                                     .updated_by = {}});
        add_event(batch, 300, "four");
    });
    store.sql("DELETE FROM agents WHERE agent_id = 'a2'");
    options.only_tables = {"events"};
    EXPECT_EQ(counts(publish(), "events"), "1 1 0 2");
    EXPECT_EQ(pg("SELECT count(*) FROM agents"), "2");  // a statement not asked for still names it
    options.only_tables.clear();
    store.put("config/b.json", [](Batch&) {});
    EXPECT_EQ(counts(publish(), "configurations"), "1 0 1 0");
    EXPECT_EQ(differences(store), "");
    options.only_tables = {"no_such_table"};
    EXPECT_THROW(publish(), UsageError);
}

}  // namespace
}  // namespace ingot::testing
