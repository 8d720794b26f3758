// SPDX-License-Identifier: MIT
#include "tests/pipeline/imported.hpp"

#include <nlohmann/json.hpp>

namespace ingot::testing {

namespace fs = boost::filesystem;

namespace {

using Json = nlohmann::json;

struct Rejects : ImportedTest {
    Rejects() : ImportedTest("transcript_rejects") {}

    Json list(std::vector<std::string> more = {}) const {
        more.emplace_back("--json");
        const Finished out = ingot("rejects", more);
        EXPECT_EQ(out.exit_code, 0) << out.errors;
        return Json::parse(out.output)["rejects"];
    }
};

TEST_F(Rejects, AreListedWithPlaceReasonAndExcerpt) {
    ASSERT_EQ(import().exit_code, 0);
    const Json all = list();
    EXPECT_EQ(std::to_string(all.size()), ask_sqlite("SELECT count(*) FROM rejects"));
    ASSERT_FALSE(all.empty());
    const Json some = list({"--reason", "bad_json", "--source", "**/*a601.jsonl"});
    ASSERT_FALSE(some.empty());
    EXPECT_LT(some.size(), all.size());
    for (const Json& reject : some) {
        EXPECT_EQ(reject["reason"], "bad_json");
        EXPECT_TRUE(reject["path"].get<std::string>().ends_with("a601.jsonl"));
    }
    EXPECT_EQ(ingot("rejects", {"--reason", "nonsense"}).exit_code, 2);
}

TEST_F(Rejects, ArePrintedByteForByte) {
    ASSERT_EQ(import_both().exit_code, 0);
    for (const Json& reject : list()) {
        std::string content;
        fs::load_string_file(workspace.claude() / reject["path"].get<std::string>(), content);
        const std::string bytes = content.substr(reject["offset"], reject["length"]);
        const std::vector<std::string> raw{"--raw", reject["id"]};
        EXPECT_EQ(ingot("rejects", raw).output, bytes) << reject["id"];
        fs::rename(database, database + ".away");
        EXPECT_EQ(ingot_postgres("rejects", raw).output, bytes) << reject["id"];
        fs::rename(database + ".away", database);
    }
    EXPECT_EQ(ingot("rejects", {"--raw", "1:2:3"}).exit_code, 2);
    EXPECT_EQ(ingot("rejects", {"--raw", "1:x:3"}).exit_code, 2);
}

TEST_F(Rejects, ATooLongRecordIsPrintedFromTheArchiveAndLoadsWhenLonger) {
    const fs::path file = workspace.claude() / "projects/-srv-wreck/long.jsonl";
    const std::string line = R"({"type":"user","sessionId":"long","message":{"content":")" +
                             std::string(3 << 20, 'x') + "\"}}\n";
    fs::ofstream(file) << line << R"({"type":"user","sessionId":"long"})"
                       << "\n";
    ASSERT_EQ(
        ingot("import", {folder.string(), "--workspace", "w", "--max-record", "1MiB"}).exit_code,
        0);
    const Json too_long = list({"--reason", "too_long"});
    ASSERT_EQ(too_long.size(), 1U);
    EXPECT_TRUE(ingot("rejects", {"--raw", too_long[0]["id"]}).output == line);

    const Json others = list();
    const Finished replay = ingot("rejects", {"--replay", "--max-record", "8MiB"});
    EXPECT_EQ(replay.exit_code, 0) << replay.errors;
    EXPECT_NE(replay.output.find("1 now load"), std::string::npos) << replay.output;
    EXPECT_TRUE(list({"--reason", "too_long"}).empty());
    EXPECT_EQ(list().size(), others.size() - 1);
    // A later import with the shorter limit has no reason to lose it again.
    ASSERT_EQ(
        ingot("import", {folder.string(), "--workspace", "w", "--max-record", "1MiB"}).exit_code,
        0);
    EXPECT_TRUE(list({"--reason", "too_long"}).empty());
    EXPECT_EQ(ingot("validate", {"--deep"}).exit_code, 0);
    EXPECT_EQ(ingot("undo").exit_code, 0);
    EXPECT_EQ(list({"--reason", "too_long"}).size(), 1U);
}

TEST_F(Rejects, TryingAgainInVainWritesNothing) {
    ASSERT_EQ(import().exit_code, 0);
    std::string before;
    fs::load_string_file(database, before);
    const Finished replay = ingot("rejects", {"--replay"});
    EXPECT_EQ(replay.exit_code, 0) << replay.errors;
    EXPECT_NE(replay.output.find("0 now load"), std::string::npos) << replay.output;
    std::string after;
    fs::load_string_file(database, after);
    EXPECT_TRUE(before == after);
}

}  // namespace
}  // namespace ingot::testing
