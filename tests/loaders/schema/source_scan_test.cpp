// SPDX-License-Identifier: MIT
#include "loaders/schema/rename/source_scan.hpp"

#include "pipeline/model/errors.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace ingot::schema::rename {
namespace {

bool counts(const std::string& text) { return !uses_in(text, {"User"}).empty(); }

TEST(SourceUses, AreNamesThatSqlIntroduces) {
    for (const char* text : {R"(db.query('SELECT * FROM "User" WHERE id = 1'))",
                             R"("select 1 from \"User\"")",
                             "`SELECT *\n   FROM\n \"User\" u`",
                             R"('SELECT 1 FROM a JOIN "User" b')",
                             R"('INSERT INTO "User" VALUES (1)')",
                             R"('UPDATE "User" SET a = 1')",
                             R"('update only public."User" set a = 1')",
                             R"("DELETE FROM \"public\".\"User\"")",
                             R"(REFERENCES "User"(id))",
                             R"(ALTER TABLE "User" ADD x int)",
                             R"(CREATE TABLE IF NOT EXISTS "User" (id int))",
                             R"(DROP TABLE IF EXISTS ONLY "User")",
                             R"(CREATE INDEX i ON "User" (a))",
                             R"(GRANT SELECT ON "User" TO x)",
                             R"(TRUNCATE "User")",
                             R"(SELECT "User"."id")",
                             R"(to_regclass('"User"'))",
                             R"(SELECT '"User"'::regclass)",
                             R"("SELECT *\nFROM \"User\"")",
                             R"(`select ${columns} from "User"`)"})
        EXPECT_TRUE(counts(text)) << text;
}

TEST(SourceUses, AreNotWordsThatOnlyLookSo) {
    for (const char* text :
         {R"(import { a } from "User")", "select();\nimport a from \"User\";",
          "// select\nexport * from \"User\";", "select(a);\nimport {\n  a\n} from \"User\"",
          R"(const name = "User";)", R"({"User": 1, "table": "User"})", R"(a message from "User")",
          R"(update "User" model)", R"(click on "User")", R"(SELECT * FROM User)",
          R"(SELECT * FROM "Users")", R"(SELECT * FROM "UserRole")", R"(expect('"User"'))",
          R"(the table "User" is gone)", R"(SELECT * FROM 'User')"})
        EXPECT_FALSE(counts(text)) << text;
}

TEST(SourceUses, SayTheirLine) {
    const auto uses = uses_in("a\nSELECT 1 FROM \"User\"\n\n  JOIN \"User\" ON 1\n", {"User"});
    ASSERT_EQ(uses.size(), 2U);
    EXPECT_EQ(uses[0].line, 2U);
    EXPECT_EQ(uses[1].line, 4U);
    EXPECT_EQ(uses[1].text, "JOIN \"User\" ON 1");
    const std::string wide =
        std::string(500, 'x') + " SELECT 1 FROM \"User\"" + std::string(500, 'y');
    const auto cut = uses_in(wide, {"User"});
    ASSERT_EQ(cut.size(), 1U);
    EXPECT_LT(cut[0].text.size(), 140U);
    EXPECT_NE(cut[0].text.find("FROM \"User\""), std::string::npos);
}

TEST(SourceScan, LeavesOutWhatIsNoSource) {
    namespace fs = std::filesystem;
    std::string pattern = (fs::temp_directory_path() / "scan-XXXXXX").string();
    const fs::path root = mkdtemp(pattern.data());
    const std::string sql = "SELECT 1 FROM \"User\"\n";
    const auto put = [&](const std::string& name, const std::string& text) {
        fs::create_directories((root / name).parent_path());
        std::ofstream(root / name, std::ios::binary) << text;
    };
    put("src/b.ts", sql);
    put("src/a/deep.sql", sql + sql);
    put("node_modules/x/a.js", sql);
    put(".git/a", sql);
    put("binary", sql + std::string(1, '\0'));
    put("large.sql", std::string(2'000'001, ' ') + sql);
    put("empty", "");
    fs::create_symlink(root / "src", root / "link");
    const Scan scan = scan_sources(root.string(), {"User"});
    fs::remove_all(root);
    ASSERT_EQ(scan.uses.size(), 3U);
    EXPECT_EQ(scan.uses[0].file, "src/a/deep.sql");
    EXPECT_EQ(scan.uses[2].file, "src/b.ts");
    EXPECT_EQ(scan.files, 3U);
    EXPECT_EQ(scan.left_out, 2U);
    EXPECT_THROW(scan_sources((root / "none").string(), {"User"}), RunError);
}

}  // namespace
}  // namespace ingot::schema::rename
