// SPDX-License-Identifier: MIT
#include "extractors/env_file.hpp"

#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;
using testing::Extracted;

TEST(EnvFile, MakesARecordOfEachLine) {
    const Extracted out =
        extract("config/service.env", "# port\nexport PORT=8071\r\n\nNAME = North Pier  # tail\n");
    EXPECT_EQ(out.rows("configurations"), "7.0 category=config key=PORT value=\"8071\"\n"
                                          "26.0 category=config key=NAME value=\"North Pier\"\n");
    EXPECT_EQ(out.account(), "44/0/8/0");
    EXPECT_EQ(out.batch->tally.records, 2);
}

TEST(EnvFile, TakesQuotesAway) {
    const Extracted out = extract(
        ".env", "A=\"x # \\\"y\\\"\\n\"\nB='a # \\n'\nC=\nD=\"\" # none\nE=a\"b\"\nF=#x\nG=a#b\n");
    EXPECT_EQ(out.column("configurations", "value"),
              R"("x # \"y\"\n","a # \\n","","","a\"b\"","","a#b")");
}

TEST(EnvFile, ReadsAQuotedValueOverSeveralLines) {
    const Extracted out = extract(".env", "KEY=\"one\ntwo\" # end\nNEXT=1\n");
    EXPECT_EQ(out.rows("configurations"), "0.0 category=.env key=KEY value=\"one\\ntwo\"\n"
                                          "20.0 category=.env key=NEXT value=\"1\"\n");
}

TEST(EnvFile, TakesAQuoteThatIsNotClosedForText) {
    const Extracted out = extract(".env", "A=\"open\nB=\"x\"\nC='\n");
    EXPECT_EQ(out.column("configurations", "key"), "A,B,C");
    EXPECT_EQ(out.column("configurations", "value"), R"("\"open","x","'")");
}

TEST(EnvFile, RejectsALineWithoutASetting) {
    const Extracted out =
        extract(".env", "A=1\nnot a setting\nmy key=2\n=3\nexport B\nC=caf\xE9\nD=2");
    EXPECT_EQ(out.rejects(),
              "missing_field@4+14 line 2, missing_field@18+9 line 3, missing_field@27+3 line 4, "
              "missing_field@30+9 line 5, bad_utf8@39+7 line 6");
    EXPECT_EQ(out.column("configurations", "key"), "A,D");
    EXPECT_TRUE(out.balanced());
}

TEST(EnvFile, QuotesAKeyWithDots) {
    EXPECT_EQ(extract("config/x.env", "spring.url=x").column("configurations", "key"),
              "\"spring.url\"");
}

TEST(EnvFile, LooksAtEveryLineButTheCutOne) {
    EXPECT_TRUE(looks_like_env("# c\n\nA=1\nexport B=2\ncut of"));
    EXPECT_FALSE(looks_like_env("A=1\nif true; then\n"));
    EXPECT_FALSE(looks_like_env("# only\n"));
    EXPECT_FALSE(looks_like_env(""));
}

}  // namespace
}  // namespace ingot
