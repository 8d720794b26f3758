// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/publish.hpp"
#include "pipeline/tables/agent.hpp"
#include "tests/loaders/cluster.hpp"
#include "tests/loaders/test_store.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace ingot::testing {

/// A SQLite database and a schema of its own to publish it to.
class PublishTest : public ::testing::Test {
protected:
    /// Two agents; logs/a.log with three events, and an archived segment; config/b.json with one setting,
    /// a statement on agent a2 and a reject.
    void fill();
    /// Publishes the store's workspaces and returns what was done with the first.
    PublishedWorkspace publish();
    PublishedWorkspace publish(TestStore& from);

    /// "inserted updated removed unchanged" of a table.
    static std::string counts(const PublishedWorkspace& done, std::string_view table);
    /// The first cell of a query that runs in the schema.
    std::string pg(const std::string& sql) const;
    /// A statement that runs in the schema.
    void change(const std::string& sql) const;
    /// What differs between the databases: names of tables, "" when nothing does.
    std::string differences(TestStore& from);
    /// What the server's transaction counter says: moves with every transaction that writes.
    static std::string next_transaction() {
        return ask("SELECT pg_snapshot_xmax(pg_current_snapshot())");
    }

    TestStore store;
    std::string schema = new_schema();
    Pool pool{cluster_url(), schema, 4};
    PublishOptions options = default_options();
    PublishResult last;

private:
    static PublishOptions default_options();
};

Agent agent(std::string_view id);

/// Offsets 0, 100, 200; the first and the last by agent a1.
void three_events(Batch& batch);

/// Adds an event, and nothing else, to a batch.
void add_event(Batch& batch, std::int64_t offset, std::string_view message,
               std::string_view agent = {});

}  // namespace ingot::testing
