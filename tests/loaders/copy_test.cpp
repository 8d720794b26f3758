// SPDX-License-Identifier: MIT
#include "loaders/copy.hpp"
#include "loaders/ddl.hpp"
#include "pipeline/model/time.hpp"
#include "tests/loaders/cluster.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>

namespace ingot::testing {
namespace {

const Table& every_type() {
    static const Table table{.name = "every_type",
                             .says = {},
                             .columns = {{"id", Type::integer, true, {}},
                                         {"words", Type::text, false, {}},
                                         {"number", Type::real, false, {}},
                                         {"truth", Type::boolean, false, {}},
                                         {"moment", Type::time, false, {}},
                                         {"object", Type::json, false, {}},
                                         {"raw", Type::bytes, false, {}}},
                             .key = {"id"},
                             .references = {},
                             .indexes = {}};
    return table;
}

using Row = std::vector<Value>;

/// A table of every type, in a transaction that ends with the test.
class Copy : public ::testing::Test {
protected:
    Copy() { connection_.execute(create_temp()); }

    static std::string create_temp() {
        std::string sql = create_table(Dialect::postgres, every_type());
        return sql.replace(0, 6, "CREATE TEMP");
    }

    void write(const std::vector<Row>& rows) {
        CopyIn in(connection_, every_type(), copy_in_sql(every_type()));
        for (const Row& row : rows) in.add(row);
        in.finish();
    }

    /// The only row, back from the server.
    const Row& back() {
        out_.emplace(connection_, every_type(), "SELECT * FROM every_type");
        EXPECT_TRUE(out_->next());
        row_.assign(out_->row().begin(), out_->row().end());
        return row_;
    }

    std::string said(const std::string& sql) {
        pqxx::work work_again(connection_);
        return work_again.exec1(sql)[0].as<std::string>();
    }

    Connection connection_{cluster_url(), "nowhere"};
    std::optional<CopyOut> out_;
    Row row_;
};

std::int64_t at(const char* time) { return parse_canonical_time(time)->us; }

TEST_F(Copy, KeepsEveryType) {
    const Row row{std::int64_t{1},
                  "tab\tline\nback\\slash \\N \xF0\x9F\x98\x80",
                  1.5,
                  std::int64_t{1},
                  at("2025-07-16T02:22:10.050741Z"),
                  R"({"a": 1.10, "a": "\u0000", "b": 1E400})",
                  std::string_view("\0\1\377", 3)};
    write({row});
    EXPECT_EQ(back(), row);
}

TEST_F(Copy, IsReadByPostgresAsItWasMeant) {
    write({{std::int64_t{-2}, "word", -0.25, std::int64_t{0}, at("1999-12-31T23:59:59.000001Z"),
            "[1]", "\x01"}});
    EXPECT_EQ(said("SELECT id || ' ' || words || ' ' || number || ' ' || truth || ' ' || moment || "
                   "' ' || object || ' ' || "
                   "raw FROM every_type"),
              "-2 word -0.25 false 1999-12-31 23:59:59.000001+00 [1] \\x01");
}

TEST_F(Copy, KeepsNullsApartFromEmptyText) {
    const Row row{std::int64_t{1}, Value{}, Value{}, Value{}, Value{}, Value{}, Value{}};
    write({row});
    EXPECT_EQ(back(), row);
}

TEST_F(Copy, KeepsEmptyValues) {
    const Row row{std::int64_t{1},   std::string_view(), 0.0,
                  std::int64_t{0},   std::int64_t{0},    "{}",
                  std::string_view()};
    write({row});
    EXPECT_EQ(back(), row);
}

TEST_F(Copy, KeepsExtremes) {
    const Row row{std::numeric_limits<std::int64_t>::min(),
                  "",
                  std::numeric_limits<double>::denorm_min(),
                  std::int64_t{1},
                  at("0001-01-01T00:00:00.000000Z"),
                  "1",
                  ""};
    write({row});
    EXPECT_EQ(back(), row);
}

TEST_F(Copy, KeepsTheOtherExtremes) {
    const Row row{std::numeric_limits<std::int64_t>::max(), "",   1e308, std::int64_t{0},
                  at("9999-12-31T23:59:59.999999Z"),        "-0", ""};
    write({row});
    EXPECT_EQ(back(), row);
}

TEST_F(Copy, KeepsTheSignOfZero) {
    write({{std::int64_t{1}, "", -0.0, Value{}, Value{}, Value{}, Value{}}});
    EXPECT_EQ(said("SELECT number::text FROM every_type"), "-0");
    EXPECT_TRUE(std::signbit(std::get<double>(back()[2])));
}

TEST_F(Copy, KeepsTextLongerThanItsBuffers) {
    const std::string huge(5'000'001, 'x');
    const std::string json = '"' + std::string(300'000, 'y') + '"';
    const Row row{std::int64_t{1}, huge, 1.0, std::int64_t{1}, std::int64_t{0}, json, "after"};
    write({row});
    EXPECT_EQ(back(), row);
}

TEST_F(Copy, WritesManyRows) {
    const std::string words(1'000, 'w');
    CopyIn in(connection_, every_type(), copy_in_sql(every_type()));
    for (std::int64_t i = 0; i < 3'000; ++i)
        in.add(Row{i, words, 1.0, std::int64_t{1}, i, "1", "x"});
    in.finish();
    EXPECT_EQ(in.rows(), 3'000);
    EXPECT_GT(in.bytes(), 3'000'000);
    EXPECT_EQ(
        said("SELECT count(*) || ' ' || sum(id) || ' ' || min(length(words)) FROM every_type"),
        "3000 4498500 1000");
}

TEST_F(Copy, ReadsNothingFromNothing) {
    CopyOut out(connection_, every_type(), "SELECT * FROM every_type");
    EXPECT_FALSE(out.next());
    EXPECT_FALSE(out.next());
}

TEST_F(Copy, WritesNothingWithoutFinish) {
    {
        CopyIn(connection_, every_type(), copy_in_sql(every_type()))
            .add(Row{std::int64_t{1}, "", 1.0, {}, {}, {}, {}});
    }
    EXPECT_EQ(said("SELECT count(*) FROM every_type"), "0");
}

TEST_F(Copy, LeavesTheConnectionUsableWhenReadingEndsEarly) {
    {
        CopyOut out(
            connection_, every_type(),
            "SELECT n, repeat('x', 1000), 1::float8, true, now(), '1'::json, ''::bytea FROM "
            "generate_series(1::bigint, 100000) n");
        EXPECT_TRUE(out.next());
    }
    EXPECT_TRUE(connection_.is_ready());
}

TEST_F(Copy, SaysWhatTheServerRefuses) {
    CopyIn in(connection_, every_type(), copy_in_sql(every_type()));
    in.add(Row{std::int64_t{1}, "", 1.0, {}, {}, "not json", {}});
    EXPECT_THROW(in.finish(), pqxx::sql_error);
    EXPECT_THROW(CopyOut(connection_, every_type(), "SELECT * FROM no_such_table"),
                 pqxx::sql_error);
    EXPECT_TRUE(connection_.is_ready());
}

TEST_F(Copy, NoticesErrorsInTheMiddleOfReading) {
    CopyOut out(connection_, every_type(),
                "SELECT n, '', 1 / (5 - n)::float8, true, now(), '1'::json, ''::bytea FROM "
                "generate_series(1::bigint, 9) n");
    EXPECT_THROW(while (out.next()){}, pqxx::sql_error);
}

TEST(DecodeRow, RefusesWhatIsNoRow) {
    std::string bytes;
    const Row row{std::int64_t{1}, "text", 1.0, {}, {}, "1", "x"};
    encode_row(bytes, every_type(), row);
    std::vector<Value> read;
    const std::string with_more = bytes + "more";  // what is read points into it
    EXPECT_EQ(decode_row(with_more, every_type(), read), "more");
    EXPECT_EQ(read, row);
    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_THROW(decode_row(bytes.substr(0, length), every_type(), read), std::runtime_error)
            << length;
    bytes[1] = 6;
    EXPECT_THROW(decode_row(bytes, every_type(), read), std::runtime_error);
}

}  // namespace
}  // namespace ingot::testing
