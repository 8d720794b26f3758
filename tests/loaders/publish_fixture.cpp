// SPDX-License-Identifier: MIT
#include "tests/loaders/publish_fixture.hpp"

#include "pipeline/tables/configuration.hpp"
#include "pipeline/tables/event.hpp"
#include "pipeline/tables/tables.hpp"
#include "tests/loaders/table_state.hpp"

#include <pqxx/nontransaction>

namespace ingot::testing {

PublishOptions PublishTest::default_options() {
    PublishOptions chosen;
    chosen.tables = tables();
    chosen.now = {1'750'000'000'000'000};
    return chosen;
}

void PublishTest::fill() {
    store.entity(agent("a1"));
    store.entity(agent("a2"));
    store.put("logs/a.log", three_events);
    store.put("config/b.json", [](Batch& batch) {
        batch.add(0, Configuration{.agent_id = {},
                                   .category = "config",
                                   .key = "a.b",
                                   .value = {"1.10"},
                                   .updated_at = {},
                                   .updated_by = {}});
        batch.state(0, agent("a2"), Timestamp{5});
        batch.reject(100, "{broken", Reason::bad_json, "unexpected end");
    });
    store.archive("logs/a.log", 0, "payload");
}

PublishedWorkspace PublishTest::publish() { return publish(store); }

PublishedWorkspace PublishTest::publish(TestStore& from) {
    last = ingot::publish(from.db, pool, options);
    return last.workspaces.at(0);
}

std::string PublishTest::counts(const PublishedWorkspace& done, std::string_view table) {
    for (const PublishedTable& line : done.tables)
        if (line.table == table) {
            const ChangeCounts& c = line.changes;
            const std::string unchanged =
                line.rows ? std::to_string(*line.rows - c.inserted - c.updated) : "?";
            return std::to_string(c.inserted) + " " + std::to_string(c.updated) + " " +
                   std::to_string(c.removed) + " " + unchanged;
        }
    return "no such table";
}

std::string PublishTest::pg(const std::string& sql) const {
    Connection connection(cluster_url(), schema);
    pqxx::nontransaction work(connection);
    const pqxx::result rows = work.exec(sql);
    return rows.empty() || rows[0].empty() || rows[0][0].is_null() ? ""
                                                                   : rows[0][0].as<std::string>();
}

void PublishTest::change(const std::string& sql) const { pg(sql); }

std::string PublishTest::differences(TestStore& from) {
    std::string out;
    Connection connection(cluster_url(), schema);
    for (const Table* table : tables()) {
        if (table->columns[0].name != "workspace_id") continue;
        const TableState ours = sqlite_state(from.db, *table, from.workspace_id);
        const TableState theirs = postgres_state(connection, *table, from.workspace_id);
        if (ours.rows != theirs.rows || ours.checksum != theirs.checksum)
            out += std::string(table->name) + " " + std::to_string(ours.rows) + "/" +
                   std::to_string(theirs.rows) + " ";
    }
    return out;
}

void add_event(Batch& batch, std::int64_t offset, std::string_view message,
               std::string_view agent) {
    Event event{};
    event.event_type = "log";
    event.severity = "info";
    event.message = message;
    event.timestamp_source = "record";
    event.timestamp = Timestamp{offset};
    if (!agent.empty()) event.agent_id = agent;
    batch.add(offset, event);
}

Agent agent(std::string_view id) {
    Agent made{};
    made.agent_id = id;
    made.agent_type = "worker";
    made.status = "idle";
    return made;
}

void three_events(Batch& batch) {
    add_event(batch, 0, "one", "a1");
    add_event(batch, 100, "two");
    add_event(batch, 200, "three", "a1");
}

}  // namespace ingot::testing
