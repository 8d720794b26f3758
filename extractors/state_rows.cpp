// SPDX-License-Identifier: MIT
#include "extractors/state_rows.hpp"

#include "extractors/state_rowids.hpp"
#include "pipeline/model/text.hpp"

#include <vector>

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

namespace ingot {
namespace {

std::string_view view_of(const void* data, int size) {
    if (data == nullptr) return {};
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

StateValue value_of(const SQLite::Column& column) {
    switch (column.getType()) {
        case SQLITE_INTEGER: return column.getInt64();
        case SQLITE_FLOAT: return column.getDouble();
        case SQLITE_TEXT: {
            const char* text = column.getText();  // first: it may convert from UTF-16
            return view_of(text, column.getBytes());
        }
        case SQLITE_BLOB: {
            const void* blob = column.getBlob();
            return Bytes{view_of(blob, column.getBytes())};
        }
        default: return {};
    }
}

std::int64_t size_of(const StateValue& value) {
    const auto* text = std::get_if<std::string_view>(&value);
    const auto* blob = std::get_if<Bytes>(&value);
    return text != nullptr   ? static_cast<std::int64_t>(text->size())
           : blob != nullptr ? static_cast<std::int64_t>(blob->data.size())
                             : 8;
}

Reason reason_of(int result) {
    return result == SQLITE_TOOBIG ? Reason::too_long : Reason::incomplete;
}

/// Reads a stretch of one table; its statements live as long as it does.
class TableReader {
public:
    TableReader(SQLite::Database& database, const StateTable& table, StateAllowance& allowance,
                const StateRowReader& reader)
        : database_(database), table_(table), allowance_(allowance), reader_(reader) {}

    void read_by_number(const StateRowIds& found, std::int64_t begin, std::int64_t end) {
        index_ = begin;
        if (!found.damage.empty() && begin == 0) lose(SQLITE_CORRUPT, found.damage);
        SQLite::Statement query(database_, "SELECT " + sql_names(table_.columns) + from(table_) +
                                               " WHERE " + table_.rowid + " = ?1");
        for (; index_ < end && !is_exhausted(); ++index_) {
            const std::int64_t id = found.ids[static_cast<std::size_t>(index_)];
            query.bind(1, id);
            const int result = query.tryExecuteStep();
            if (result == SQLITE_ROW) {
                hand_out(query);
            } else {
                const bool is_gone = result == SQLITE_DONE;
                lose(result, "row " + std::to_string(id) + ": " +
                                 (is_gone ? "not found by its number" : query.getErrorMsg()));
            }
            query.tryReset();
        }
    }

    /// Tables WITHOUT ROWID, and those whose columns took all names of the row number.
    void read_in_place() {
        SQLite::Statement query(database_, "SELECT " + sql_names(table_.columns) + from(table_) +
                                               in_order(table_));
        int result = SQLITE_ROW;
        for (; !is_exhausted() && (result = query.tryExecuteStep()) == SQLITE_ROW; ++index_)
            hand_out(query);
        if (result != SQLITE_DONE && result != SQLITE_ROW) lose(result, query.getErrorMsg());
    }

    static std::string from(const StateTable& table) {
        return " FROM main." + sql_name(table.name) + " NOT INDEXED";
    }
    static std::string in_order(const StateTable& table) {
        return table.key.empty() ? "" : " ORDER BY " + sql_names(table.key);
    }

private:
    void lose(int result, const std::string& detail) const {
        reader_.lost(index_, reason_of(result), cleaned("table " + table_.name + ": " + detail));
    }

    /// Reports it once.
    bool is_exhausted() const {
        if (allowance_.bytes >= 0) return false;
        lose(SQLITE_CORRUPT, "more bytes than the file can hold");
        return true;
    }

    void hand_out(const SQLite::Statement& query) {
        values_.clear();
        for (int i = 0; i < query.getColumnCount(); ++i)
            values_.push_back(value_of(query.getColumn(i)));
        for (const StateValue& value : values_) allowance_.bytes -= size_of(value) + 8;
        reader_.row(index_, values_);
    }

    SQLite::Database& database_;
    const StateTable& table_;
    StateAllowance& allowance_;
    const StateRowReader& reader_;
    std::int64_t index_ = 0;
    std::vector<StateValue> values_;
};

/// As many rows as can be reached.
std::int64_t count_in_place(SQLite::Database& database, const StateTable& table) {
    SQLite::Statement query(database,
                            "SELECT 1" + TableReader::from(table) + TableReader::in_order(table));
    std::int64_t count = 0;
    while (query.tryExecuteStep() == SQLITE_ROW) ++count;
    return count;
}

}  // namespace

StateRows::StateRows(SQLite::Database& database, const StateTable& table)
    : database_(database), table_(table) {
    if (table.rowid.empty()) {
        count_ = count_in_place(database, table);
    } else {
        found_ = row_ids_of(database, table);
        count_ = static_cast<std::int64_t>(found_.ids.size());
    }
}

void StateRows::read(std::int64_t begin, std::int64_t end, StateAllowance& allowance,
                     const StateRowReader& reader) const {
    TableReader table(database_, table_, allowance, reader);
    if (!table_.rowid.empty()) return table.read_by_number(found_, begin, end);
    if (begin == 0) table.read_in_place();
}

}  // namespace ingot
