// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/row_hashes.hpp"

#include "pipeline/model/hash.hpp"

#include <array>

namespace ingot::schema {
namespace {

std::vector<std::string> columns_of(Target& target, const std::string& table) {
    const Rows rows =
        target.dialect() == Dialect::sqlite
            ? target.query("SELECT name FROM pragma_table_info(" + literal(table) + ")")
            : target.query("SELECT attname FROM pg_attribute WHERE attrelid = " +
                           literal(qualified(target, table)) +
                           "::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum");
    std::vector<std::string> columns;
    for (const auto& row : rows) columns.push_back(row[0].value_or(""));
    return columns;
}

constexpr std::array<std::pair<const char*, const char*>, 7> kSettings{
    {{"DateStyle", "ISO, YMD"},
     {"IntervalStyle", "postgres"},
     {"TimeZone", "UTC"},
     {"extra_float_digits", "1"},
     {"bytea_output", "hex"},
     {"lc_monetary", "C"},
     {"row_security", "off"}}};

/// The text of values depends on settings: the same for every hash, and as they were after it.
class PlainText {
public:
    explicit PlainText(Target& target) : target_(target) {
        std::string before, now;
        for (const auto& [name, value] : kSettings) {
            before +=
                (before.empty() ? "SELECT " : ", ") + ("current_setting(" + literal(name) + ")");
            now += (now.empty() ? "SELECT " : ", ") + set(name, value);
        }
        before_ = target_.query(before).at(0);
        target_.query(now);
    }
    PlainText(const PlainText&) = delete;
    PlainText& operator=(const PlainText&) = delete;
    ~PlainText() {
        std::string sql;
        for (std::size_t i = 0; i < kSettings.size(); ++i)
            sql +=
                (sql.empty() ? "SELECT " : ", ") + set(kSettings[i].first, before_[i].value_or(""));
        try {
            target_.query(sql);
        } catch (const std::exception&) {  // the transaction failed, and takes the settings with it
        }
    }

private:
    static std::string set(const std::string& name, const std::string& value) {
        return "set_config(" + literal(name) + ", " + literal(value) + ", false)";
    }

    Target& target_;
    std::vector<std::optional<std::string>> before_;
};

/// The halves of an MD5 are added up as numbers: a sum notices a row that is there twice.
TableHash postgres_hash(Target& target, TableHash hash) {
    std::string row = "ROW(";
    for (const std::string& column : hash.columns)
        row += (row.back() == '(' ? "" : ", ") + ("t." + identifier(column));
    const auto half = [](const char* from) {
        return std::string("coalesce(sum(('x' || substr(h, ") + from +
               ", 16))::bit(64)::bigint), 0)";
    };
    const PlainText settings(target);
    const Rows rows = target.query(
        "SELECT count(*), md5(" + half("1") + " || ' ' || " + half("17") + ") FROM (SELECT md5((" +
        row + "))::text) AS h FROM " + qualified(target, hash.table) + " t) rows");
    hash.rows = std::stoll(rows.at(0).at(0).value_or("0"));
    hash.hash = rows.at(0).at(1).value_or("");
    return hash;
}

/// Type and value of each cell, so that 1 is not '1' and no two rows look the same.
std::string sqlite_row(const std::vector<std::string>& columns) {
    std::string row = "''";
    for (const std::string& column : columns) {
        const std::string name = identifier(column);
        row += " || typeof(" + name + ") || coalesce(hex(CASE typeof(" + name +
               ") WHEN 'real' THEN printf('%!.17g', " + name + ") ELSE " + name +
               " END), '') || ','";
    }
    return row;
}

bool has_rowid(Target& target, const std::string& table) {
    return target.number("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = " +
                         literal(table)) == 0;
}

/// In portions: a table need not fit into memory.
TableHash sqlite_hash(Target& target, TableHash hash) {
    constexpr std::size_t kPortion = 10'000;
    const bool by_rowid = has_rowid(target, hash.table);
    const std::string select = "SELECT " + sqlite_row(hash.columns) +
                               (by_rowid ? ", _rowid_" : ", NULL") + " FROM " +
                               identifier(hash.table);
    const std::string limit = " LIMIT " + std::to_string(kPortion);
    Hash128 sum;
    std::string after;
    for (std::size_t size = kPortion; size == kPortion;) {
        const Rows rows =
            target.query(select + (by_rowid ? after + " ORDER BY _rowid_" + limit
                                            : limit + " OFFSET " + std::to_string(hash.rows)));
        for (const auto& row : rows) sum += hash128(row[0].value_or(""));
        size = rows.size();
        hash.rows += static_cast<std::int64_t>(size);
        if (by_rowid && size > 0) after = " WHERE _rowid_ > " + rows.back()[1].value_or("0");
    }
    hash.hash = to_hex(sum);
    return hash;
}

}  // namespace

TableHash row_hash(Target& target, const std::string& table,
                   const std::vector<std::string>& columns) {
    TableHash hash{.table = table,
                   .columns = columns.empty() ? columns_of(target, table) : columns,
                   .rows = 0,
                   .hash = {}};
    return target.dialect() == Dialect::sqlite ? sqlite_hash(target, std::move(hash))
                                               : postgres_hash(target, std::move(hash));
}

std::vector<TableHash> row_hashes(Target& target, const std::vector<std::string>& tables) {
    std::vector<TableHash> hashes;
    for (const std::string& table : tables) hashes.push_back(row_hash(target, table));
    return hashes;
}

std::string difference(const TableHash& expected, const TableHash& found) {
    if (expected.rows != found.rows)
        return expected.table + " has " + std::to_string(found.rows) + " rows instead of " +
               std::to_string(expected.rows);
    if (expected.columns != found.columns) return expected.table + " has other columns";
    return expected.hash == found.hash ? "" : expected.table + " has other values in its rows";
}

}  // namespace ingot::schema
