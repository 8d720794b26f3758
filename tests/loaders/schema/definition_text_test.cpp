// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/definition_text.hpp"

#include <gtest/gtest.h>

namespace ingot::schema {
namespace {

TEST(DefinitionText, AListOverAVarcharIsOneBeforeAndAfterADump) {
    const std::string before = "CHECK (((status)::text = ANY ((ARRAY['it''s'::character varying, "
                               "'(b)'::character varying])::text[])))";
    const std::string after = "CHECK (((status)::text = ANY (ARRAY[('it''s'::character "
                              "varying)::text, ('(b)'::character varying)::text])))";
    EXPECT_EQ(without_text_casts(before), "CHECK ((status = ANY (ARRAY['it''s', '(b)'])))");
    EXPECT_EQ(without_text_casts(after), without_text_casts(before));
}

TEST(DefinitionText, OtherCastsBracketsAndQuotedTextsStay) {
    for (const char* text :
         {"CHECK (((a)::integer = 1))", "CHECK (((a)::character varying(20) = 'x'))",
          "CHECK ((a = 'x::text'))", "CHECK (\"a::text\")", "CHECK (((a OR b) AND c))",
          "CHECK ((a = '{}'::textual))", "CHECK ((a = 'open"})
        EXPECT_EQ(without_text_casts(text), text);
    EXPECT_EQ(without_text_casts("lower(a)::text"), "lower(a)");
    EXPECT_EQ(without_text_casts("(a || b)::text || c"), "(a || b) || c");
}

TEST(DefinitionText, NamesStayAndWhatADumpPassesOverIsLeftOut) {
    const std::vector<std::string> lines{
        "index i on t: CREATE INDEX i ON t (a) (invalid)",
        "constraint (a)::text on t: CHECK (((a)::text = 'b'::text))",
        "column t.a #1 character varying DEFAULT 'x'::character varying"};
    EXPECT_EQ(lasting_definitions(lines),
              (std::vector<std::string>{"column t.a #1 character varying DEFAULT 'x'",
                                        "constraint (a)::text on t: CHECK ((a = 'b'))"}));
}

}  // namespace
}  // namespace ingot::schema
