// SPDX-License-Identifier: MIT
#include "loaders/check.hpp"

#include "loaders/file_store.hpp"
#include "pipeline/model/hash.hpp"
#include "pipeline/tables/tables.hpp"
#include "tests/loaders/check_fixture.hpp"

#include <algorithm>
#include <fstream>

#include <boost/filesystem.hpp>
#include <zstd.h>

namespace ingot::testing {
namespace {

std::string frame_of(const std::string& content) {
    std::string frame(ZSTD_compressBound(content.size()), '\0');
    frame.resize(ZSTD_compress(frame.data(), frame.size(), content.data(), content.size(), 3));
    return frame;
}

std::string stored_path(const std::string& hash) { return hash.substr(0, 2) + "/" + hash + ".zst"; }

std::string quoted(const std::string& text) { return "'" + text + "'"; }

TEST_F(CheckTest, FindNothingInTablesThatAreRight) {
    for (const Table* table : tables()) {
        if (table->kind == Kind::bookkeeping && table->name != "sources") continue;
        std::vector<CheckResult> checks = sqlite_checks(*table);
        std::ranges::copy(postgres_checks(*table), std::back_inserter(checks));
        for (const CheckResult& check : checks)
            EXPECT_EQ(check.violations, 0)
                << check.name << " " << (check.examples.empty() ? "" : check.examples[0]);
    }
}

TEST_F(CheckTest, CountARowOnceWhenSeveralOfItsColumnsOffend) {
    add("events", {{"message", "NULL"}, {"severity", "NULL"}});
    EXPECT_EQ(found("events.not_null"),
              "1: logs/a.log:2:2 severity = NULL | logs/a.log:2:2 message = NULL");
}

TEST_F(CheckTest, NameFiveRowsAtMost) {
    for (int i = 0; i < 7; ++i) add("events", {{"agent_id", "'ghost'"}});
    const std::string all = found("events.agent_id_exists");
    EXPECT_TRUE(all.starts_with("7: logs/a.log:2:2 agent_id = ghost | ")) << all;
    EXPECT_EQ(std::ranges::count(all, '|'), 4);
}

TEST_F(CheckTest, LookOnlyAtSourcesThatTheRunChanged) {
    add("sources", {{"path", "'logs/b.log'"}, {"last_run_id", "'run-2'"}});
    add("events", {{"source_id", "1"}, {"agent_id", "'old'"}});
    add("events", {{"source_id", "2"}, {"agent_id", "'new'"}});
    EXPECT_EQ(found("events.agent_id_exists", "run-2"), "1: logs/b.log:4:4 agent_id = new");
    EXPECT_EQ(found("events.agent_id_exists", "run-0"), "0");
    EXPECT_TRUE(found("events.agent_id_exists").starts_with("2: "));
}

TEST_F(CheckTest, CountEvenWhenNothingWasChanged) {
    sql("DELETE FROM events");
    EXPECT_EQ(found("events.count_extracted", "none"),
              "1: logs/a.log extracted = 1, here = 0 (1 row)");
}

TEST_F(CheckTest, LeaveOtherWorkspacesAlone) {
    add("events", {{"workspace_id", "8"}, {"agent_id", "'ghost'"}});
    EXPECT_EQ(found("events.agent_id_exists"), "0");
}

TEST_F(CheckTest, ShowValuesOnOneShortLine) {
    add("agents", {{"agent_type", "'\x1B[2J\n" + std::string(300, 'x') + "'"}});
    const std::string all = found("agents.type_outside_plan");
    EXPECT_TRUE(all.starts_with("1: .[2J.xxx")) << all;
    add("events", {{"severity", "'" + std::string(79, 'x') + "äöü'"}});
    EXPECT_EQ(found("events.severity_domain"),
              "1: logs/a.log:3:3 severity = " + std::string(79, 'x') + "ä…");
}

TEST_F(CheckTest, TakeAStoredSnapshotForWholeWhenItsFileIs) {
    const std::string hash = to_hex(hash128("content"));
    FileStore(store).put(stored_path(hash), frame_of("content"));
    add("memory_snapshots",
        {{"content_path", quoted(stored_path(hash))}, {"content_hash", quoted(hash)}});
    EXPECT_EQ(found_in_sqlite("memory_snapshots.stored_file"), "0");
    EXPECT_EQ(found_in_postgres("memory_snapshots.stored_file"), "not checked");
}

TEST_F(CheckTest, SayWhatIsWrongWithAStoredSnapshot) {
    const std::string path = stored_path(to_hex(hash128("content")));
    const auto state = [&](const std::string& at, const std::string& hash) {
        sql("DELETE FROM memory_snapshots");
        add("memory_snapshots", {{"content_path", quoted(at)}, {"content_hash", quoted(hash)}});
        const std::string all = found_in_sqlite("memory_snapshots.stored_file");
        return all.substr(all.find("state = ") + 8);
    };
    FileStore(store).put(path, frame_of("content"));
    EXPECT_EQ(state(path, to_hex(hash128("another"))), "other content");
    EXPECT_EQ(state(stored_path(to_hex(hash128("never"))), "h"), "missing");
    EXPECT_EQ(state("../etc/passwd", "h"), "damaged");
    std::ofstream((store / path).string(), std::ios::binary) << frame_of("tampered");
    EXPECT_EQ(state(path, to_hex(hash128("content"))), "damaged");
}

}  // namespace
}  // namespace ingot::testing
