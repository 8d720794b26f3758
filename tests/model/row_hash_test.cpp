// SPDX-License-Identifier: MIT
#include "pipeline/model/hash.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

namespace ingot {
namespace {

const Table& two_texts() {
    static const Table table{
        .name = "t",
        .says = {},
        .columns = {{"a", Type::text, false, {}}, {"b", Type::text, false, {}}},
        .key = {},
        .references = {},
        .indexes = {}};
    return table;
}

Hash128 hash_of(const Value& a, const Value& b) {
    return row_hash(two_texts(), std::vector<Value>{a, b});
}

/// Type tag, length, bytes: the canonical form written out.
std::string canonical(std::string_view text) {
    const std::uint64_t size = text.size();
    std::string out(1 + sizeof size, '\1');
    std::memcpy(out.data() + 1, &size, sizeof size);
    return out.append(text);
}

TEST(RowHash, IsTheHashOfTheCanonicalFormHoweverLongTheTextIs) {
    for (const std::size_t length : {0U, 5U, 65'535U, 65'536U, 65'537U, 1'000'000U}) {
        const std::string text(length, 'x');
        EXPECT_EQ(hash_of(text, "b"), hash128(canonical(text) + canonical("b"))) << length;
        EXPECT_EQ(hash_of("a", text), hash128(canonical("a") + canonical(text))) << length;
        EXPECT_EQ(hash_of(text, text), hash128(canonical(text) + canonical(text))) << length;
    }
}

TEST(RowHash, TellsWhereOneValueEnds) {
    EXPECT_NE(hash_of("12", "3"), hash_of("1", "23"));
    EXPECT_NE(hash_of("", Value{}), hash_of(Value{}, ""));
    const std::string text(100'000, 'x');
    EXPECT_NE(hash_of(text, ""), hash_of("", text));
}

TEST(RowHash, LeavesRunIdsOut) {
    Table table = two_texts();
    table.columns[1].name = "run_id";
    EXPECT_EQ(row_hash(table, std::vector<Value>{"a", "one"}),
              row_hash(table, std::vector<Value>{"a", "two"}));
}

}  // namespace
}  // namespace ingot
