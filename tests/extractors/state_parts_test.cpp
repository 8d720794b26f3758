// SPDX-License-Identifier: MIT
#include "tests/extractors/database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

namespace ingot::testing {
namespace {

/// Row numbers, a text key, no row number at all, an empty table, and one of a known family.
const std::string kTables = R"(
    PRAGMA page_size=512;
    CREATE TABLE a(n); INSERT INTO a VALUES(1),(2),(3);
    CREATE TABLE b(k TEXT PRIMARY KEY, v);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 57)
    INSERT INTO b SELECT printf('%03d', 57 - i), i FROM n;
    CREATE TABLE c(k TEXT PRIMARY KEY, v) WITHOUT ROWID;
    INSERT INTO c SELECT 'key ' || k, v FROM b;
    CREATE TABLE d(x);
    CREATE TABLE z(n, s); INSERT INTO z SELECT v, k FROM b;
)";

std::string in_parts(const DatabaseFile& file, int parts) {
    std::string rows;
    Tally sum;
    for (int i = 0; i < parts; ++i) {
        const Extracted part = extract_database("a.db", file, Settings(),
                                                std::to_string(i) + "/" + std::to_string(parts));
        rows += part.rows("state_rows");
        sum += part.batch->tally;
    }
    EXPECT_EQ(sum.row_bytes, static_cast<std::int64_t>(file.bytes().size())) << parts;
    return rows;
}

TEST(StateParts, TogetherGiveTheRowsOfTheWhole) {
    const DatabaseFile file(kTables);
    const std::string whole = extract_database("a.db", file).rows("state_rows");
    ASSERT_FALSE(whole.empty());
    for (const int parts : {1, 2, 3, 7, 64, 500}) EXPECT_EQ(in_parts(file, parts), whole) << parts;
}

TEST(StateParts, NameALostTableOnce) {
    const DatabaseFile file(kTables);
    const std::size_t page = file.bytes().find("key 0") / 512 * 512;
    file.patch(page, std::string(512, '\x07'));
    const Extracted whole = extract_database("a.db", file);
    ASSERT_GT(whole.batch->tally.rejected, 0);
    std::int64_t rejected = 0;
    for (const char* part : {"0/4", "1/4", "2/4", "3/4"})
        rejected += extract_database("a.db", file, Settings(), part).batch->tally.rejected;
    EXPECT_EQ(rejected, whole.batch->tally.rejected);
    EXPECT_EQ(in_parts(file, 4), whole.rows("state_rows"));
}

TEST(StateParts, ASettledCopyHasNoCompanions) {
    const DatabaseFile file("PRAGMA journal_mode=WAL; CREATE TABLE a(n); INSERT INTO a VALUES(1)");
    const Extracted out = extract_database("a.db", file);
    ASSERT_TRUE(out.extractor->settle(file.path().string()));
    EXPECT_FALSE(std::filesystem::exists(file.path().string() + "-wal"));
    EXPECT_EQ(file.bytes().at(18), 1);  // no WAL mode any more: several may read
    EXPECT_EQ(extract_database("a.db", file).rows("state_rows"), out.rows("state_rows"));
}

}  // namespace
}  // namespace ingot::testing
