// SPDX-License-Identifier: MIT
#include "loaders/ddl.hpp"
#include "pipeline/model/errors.hpp"
#include "tests/loaders/publish_fixture.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace ingot::testing {
namespace {

using namespace std::chrono_literals;

/// Nothing is there yet.
class PublishFirst : public PublishTest {
protected:
    PublishFirst() {
        store.put("a.log", [](Batch& batch) { add_event(batch, 0, "one"); });
    }
};

TEST_F(PublishFirst, LeavesNothingWhenItFails) {
    options.before_commit = [](pqxx::transaction_base&, std::int64_t) {
        throw std::runtime_error("no");
    };
    EXPECT_THROW(publish(), std::runtime_error);
    EXPECT_EQ(ask("SELECT count(*) FROM pg_namespace WHERE nspname = '" + schema + "'"), "0");
}

TEST_F(PublishFirst, LetsOthersWaitUntilTheTablesAreThere) {
    TestStore other("store two", "other");
    other.put("a.log", [](Batch& batch) { add_event(batch, 0, "two"); });
    std::thread second;
    std::atomic<bool> is_done = false;
    PublishOptions plain = options;
    options.before_commit = [&](pqxx::transaction_base&, std::int64_t) {
        second = std::thread([&] {
            ingot::publish(other.db, pool, plain);
            is_done = true;
        });
        std::this_thread::sleep_for(300ms);
        EXPECT_FALSE(is_done);
    };
    publish();
    second.join();
    EXPECT_EQ(pg("SELECT string_agg(message, ' ' ORDER BY message) FROM events"), "one two");
}

TEST_F(PublishFirst, RefusesTablesThatAreNotItsOwn) {
    ask("CREATE SCHEMA \"" + schema + "\"; CREATE TABLE \"" + schema + "\".workspaces (n int)");
    EXPECT_THROW(publish(), RunError);
}

TEST_F(PublishFirst, NeedsNoRightOnTheDatabaseInASchemaMadeForIt) {
    ask("CREATE ROLE \"" + schema + "\" LOGIN; CREATE SCHEMA \"" + schema +
        "\"; GRANT ALL ON SCHEMA \"" + schema + "\" TO \"" + schema + "\"");
    Pool its_own(
        "user='" + schema + "' host=" +
            cluster_url().substr(cluster_url().find("host=") + 5,
                                 cluster_url().find('&') - cluster_url().find("host=") - 5) +
            " port=54329 dbname=postgres",
        schema);
    ingot::publish(store.db, its_own, options);
    EXPECT_EQ(pg("SELECT obj_description('workspaces'::regclass)"),
              "ingot schema version " + std::to_string(kSchemaVersion));
    EXPECT_FALSE(ingot::publish(store.db, its_own, options).workspaces.at(0).is_changed);
}

TEST_F(PublishFirst, RefusesADatabaseThatCannotHoldTheText) {
    ask("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    std::string url = cluster_url();
    Pool latin(url.replace(url.find("/postgres?"), 10, "/latin?"), schema);
    EXPECT_THROW(ingot::publish(store.db, latin, options), RunError);
}

}  // namespace
}  // namespace ingot::testing
