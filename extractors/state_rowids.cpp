// SPDX-License-Identifier: MIT
#include "extractors/state_rowids.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

namespace ingot {
namespace {

using Ids = std::vector<std::int64_t>;

/// A page that is damaged over and over must not keep us forever.
constexpr int kMostProbes = 1000;

/// Row numbers, both ends included.
struct Range {
    std::int64_t first = std::numeric_limits<std::int64_t>::min();
    std::int64_t last = std::numeric_limits<std::int64_t>::max();
};

/// Where to part a range whose both ends are damaged. Row numbers are small as a rule, so a long one
/// is parted close to its beginning.
std::int64_t middle_of(Range range) {
    const std::uint64_t length =
        static_cast<std::uint64_t>(range.last) - static_cast<std::uint64_t>(range.first);
    const auto bits = static_cast<unsigned>(std::bit_width(length));
    const std::uint64_t step = bits > 20 ? std::uint64_t{1} << bits / 2 : length / 2;
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(range.first) + step);
}

class Finder {
public:
    Finder(SQLite::Database& database, const StateTable& table)
        : database_(database), table_(table) {}

    StateRowIds find() {
        Ids ids;
        const std::string error = scan_up({}, ids);
        if (error.empty()) return {.ids = in_key_order(std::move(ids)), .damage = {}};
        const std::string last = ids.empty() ? "none" : std::to_string(ids.back());
        search(ids);
        std::ranges::sort(ids);
        return {.ids = std::move(ids), .damage = error + ", first after row " + last};
    }

private:
    std::string select(std::string_view rest) const {
        return "SELECT " + table_.rowid + " FROM main." + sql_name(table_.name) + std::string(rest);
    }
    std::string within(Range range) const {
        return " NOT INDEXED WHERE " + table_.rowid + " BETWEEN " + std::to_string(range.first) +
               " AND " + std::to_string(range.last) + " ORDER BY " + table_.rowid;
    }

    /// Adds numbers as long as each is the `next` that may come. Returns why it ended early.
    template <class IsNext> std::string scan(const std::string& sql, Ids& ids, IsNext is_next) {
        SQLite::Statement query(database_, sql);
        int result = SQLITE_ROW;
        while ((result = query.tryExecuteStep()) == SQLITE_ROW) {
            const std::int64_t id = query.getColumn(0).getInt64();
            if (!is_next(id)) return "row numbers out of order";
            ids.push_back(id);
        }
        return result == SQLITE_DONE ? std::string() : std::string(query.getErrorMsg());
    }

    std::string scan_up(Range range, Ids& ids) {
        const std::size_t start = ids.size();
        return scan(select(within(range)), ids, [&, start](std::int64_t id) {
            return id >= range.first && id <= range.last &&
                   (ids.size() == start || id > ids.back());
        });
    }

    std::string scan_down(Range range, Ids& ids) {
        const std::size_t start = ids.size();
        return scan(select(within(range) + " DESC"), ids, [&, start](std::int64_t id) {
            return id >= range.first && id <= range.last &&
                   (ids.size() == start || id < ids.back());
        });
    }

    /// Reads a range from both ends. What remains between them; nullopt: nothing.
    std::optional<Range> gap_in(Range range, Ids& ids) {
        const std::size_t before = ids.size();
        if (scan_up(range, ids).empty()) return {};
        if (ids.size() > before) {
            if (ids.back() == range.last) return {};
            range.first = ids.back() + 1;
        }
        const std::size_t above = ids.size();
        if (scan_down(range, ids).empty()) return {};
        if (ids.size() > above) {
            if (ids.back() == range.first) return {};
            range.last = ids.back() - 1;
        }
        return range;
    }

    /// Looks for more rows behind those at the table's beginning.
    void search(Ids& ids) {
        std::vector<Range> open;  // the next one is at the end
        if (ids.empty()) open = {{.last = -1}, {.first = 0}};
        if (!ids.empty() && ids.back() < Range().last) open = {{.first = ids.back() + 1}};
        for (int probes = 0; !open.empty() && probes < kMostProbes; ++probes) {
            const Range range = open.back();
            open.pop_back();
            const auto gap = gap_in(range, ids);
            if (!gap || gap->first == gap->last) continue;
            const std::int64_t middle = middle_of(*gap);
            open.push_back({.first = middle + 1, .last = gap->last});
            open.push_back({.first = gap->first, .last = middle});
        }
    }

    Ids in_key_order(Ids ids) {
        if (table_.key.empty()) return ids;
        Ids ordered;
        const std::string sql = select(" ORDER BY " + sql_names(table_.key) + "," + table_.rowid);
        const std::string error =
            scan(sql, ordered, [&](std::int64_t) { return ordered.size() < ids.size(); });
        Ids sorted = ordered;
        std::ranges::sort(sorted);
        return error.empty() && sorted == ids ? ordered : ids;
    }

    SQLite::Database& database_;
    const StateTable& table_;
};

}  // namespace

StateRowIds row_ids_of(SQLite::Database& database, const StateTable& table) {
    return Finder(database, table).find();
}

}  // namespace ingot
