// SPDX-License-Identifier: MIT
#include "loaders/pool.hpp"
#include "pipeline/model/errors.hpp"
#include "tests/loaders/cluster.hpp"

#include <gtest/gtest.h>

#include <pqxx/nontransaction>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace ingot::testing {
namespace {

using namespace std::chrono_literals;

std::string cell(pqxx::transaction_base& work, const std::string& sql) {
    return work.exec1(sql)[0].as<std::string>();
}

/// Ends a connection from the outside.
void terminate(const Connection& connection) {
    ask("SELECT pg_terminate_backend(" + std::to_string(connection.backendpid()) + ", 5000)");
}

TEST(Connection, WorksForPqxxAndLibpqInOneTransaction) {
    Connection connection(cluster_url(), "nowhere");
    ASSERT_NE(connection.raw(), nullptr);
    pqxx::work work(connection);
    const std::string before = cell(work, "SELECT pg_current_xact_id()::text");
    connection.execute("CREATE TEMP TABLE both_ways (n int)");
    EXPECT_EQ(connection.execute("INSERT INTO both_ways VALUES (1), (2)"), 2);
    EXPECT_EQ(cell(work, "SELECT count(*) FROM both_ways"), "2");
    EXPECT_EQ(cell(work, "SELECT pg_current_xact_id()::text"), before);
}

TEST(Connection, SetsItsSession) {
    Connection connection(cluster_url(), "My \"schema\"");
    pqxx::nontransaction work(connection);
    EXPECT_EQ(cell(work, "SHOW TimeZone"), "UTC");
    EXPECT_EQ(cell(work, "SHOW client_encoding"), "UTF8");
    EXPECT_EQ(cell(work, "SHOW search_path"), R"("My ""schema""")");
    EXPECT_EQ(cell(work, "SHOW application_name"), "ingot");
    EXPECT_EQ(cell(work, "SHOW statement_timeout"), "0");
}

TEST(Connection, SaysNoNotices) {
    Connection connection(cluster_url(), "nowhere");
    ::testing::internal::CaptureStderr();
    connection.execute(
        "SET client_min_messages = notice; DO $$ BEGIN RAISE WARNING 'listen'; END $$");
    pqxx::nontransaction(connection).exec("DO $$ BEGIN RAISE NOTICE 'listen'; END $$");
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST(Connection, TellsErrorsOfStatementsFromLostConnections) {
    Connection connection(cluster_url(), "nowhere");
    try {
        connection.execute("SELECT 1/0");
        FAIL();
    } catch (const pqxx::sql_error& error) {
        EXPECT_EQ(error.sqlstate(), "22012");
        EXPECT_FALSE(connection.is_lost(error));
    }
    terminate(connection);
    try {
        connection.execute("SELECT 1");
        FAIL();
    } catch (const pqxx::failure& error) {
        EXPECT_TRUE(connection.is_lost(error));
    }
}

TEST(Connection, CancelsAStatementThatIsInterrupted) {
    Connection connection(cluster_url(), "nowhere");
    connection.check_interrupt = [] { throw std::runtime_error("interrupted"); };
    const auto start = std::chrono::steady_clock::now();
    EXPECT_THROW(connection.execute("SELECT pg_sleep(30)"), std::runtime_error);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    connection.check_interrupt = [] {};
    EXPECT_TRUE(connection.is_ready());
    EXPECT_EQ(connection.execute("SELECT 1"), 1);
}

TEST(Pool, UsesAConnectionAgain) {
    Pool pool(cluster_url(), "nowhere");
    const int first = pool.acquire()->backendpid();
    EXPECT_EQ(pool.idle(), 1U);
    EXPECT_EQ(pool.acquire()->backendpid(), first);
}

TEST(Pool, ReplacesADeadConnection) {
    Pool pool(cluster_url(), "nowhere");
    int first = 0;
    {
        const Pool::Lease lease = pool.acquire();
        first = lease->backendpid();
    }
    ask("SELECT pg_terminate_backend(" + std::to_string(first) + ", 5000)");
    const Pool::Lease again = pool.acquire();
    EXPECT_NE(again->backendpid(), first);
    EXPECT_EQ(again->execute("SELECT 1"), 1);
}

TEST(Pool, KeepsNoConnectionInTheMiddleOfSomething) {
    Pool pool(cluster_url(), "nowhere");
    pool.acquire()->execute("BEGIN");
    EXPECT_EQ(pool.idle(), 0U);
}

TEST(Pool, DropsWhatIsIdleForTooLong) {
    Pool pool(cluster_url(), "nowhere", 2);
    pool.idle_limit = 50ms;
    {
        const Pool::Lease one = pool.acquire();
        const Pool::Lease two = pool.acquire();
    }
    EXPECT_EQ(pool.idle(), 2U);
    std::this_thread::sleep_for(80ms);
    { const Pool::Lease one = pool.acquire(); }
    EXPECT_EQ(pool.idle(), 1U);
}

TEST(Pool, WaitsWhileAllAreInUse) {
    Pool pool(cluster_url(), "nowhere", 1);
    std::thread other;
    std::atomic<bool> got = false;
    {
        const Pool::Lease lease = pool.acquire();
        other = std::thread([&] {
            const Pool::Lease second = pool.acquire();
            got = true;
        });
        std::this_thread::sleep_for(50ms);
        EXPECT_FALSE(got);
    }
    other.join();
    EXPECT_TRUE(got);
}

TEST(Pool, TriesFiveTimesAndThenGivesUp) {
    Pool pool("host=/nonexistent port=1 user=u dbname=d password=hunter2", "nowhere");
    pool.first_delay = 10ms;
    const auto start = std::chrono::steady_clock::now();
    try {
        pool.acquire();
        FAIL();
    } catch (const DatabaseUnreachable& error) {
        EXPECT_NE(std::string(error.what()).find("host=/nonexistent"), std::string::npos);
        EXPECT_EQ(std::string(error.what()).find("hunter2"), std::string::npos);
    }
    EXPECT_GE(std::chrono::steady_clock::now() - start, 150ms);
    EXPECT_THROW(pool.acquire(), DatabaseUnreachable);  // a failure gives its place back
}

TEST(Pool, RefusesNamesThatAreNone) {
    EXPECT_THROW(Pool(cluster_url(), ""), UsageError);
    EXPECT_THROW(Pool(cluster_url(), std::string(64, 'x')), UsageError);
    EXPECT_THROW(Pool("nonsense", "ingot"), UsageError);
}

}  // namespace
}  // namespace ingot::testing
