// SPDX-License-Identifier: MIT
#include "pipeline/foreign_sources.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace ingot {
namespace {

std::set<std::string> source_ids(const RunQuery& query, const std::string& where) {
    std::set<std::string> ids;
    for (const auto& row : query("SELECT source_id FROM sources" + where))
        ids.insert(row.at(0).value_or(""));
    return ids;
}

}  // namespace

void note_foreign_sources(Report& report, const RunQuery& sqlite, const RunQuery& postgres) {
    const std::string where = " WHERE workspace_id = " + std::to_string(report.workspace_id);
    std::set<std::string> foreign = source_ids(postgres, where);
    for (const std::string& known : source_ids(sqlite, where)) foreign.erase(known);
    report.foreign_sources = static_cast<std::int64_t>(foreign.size());
    report.foreign_rows.clear();
    if (foreign.empty()) return;
    std::string ids;
    for (const std::string& id : foreign) ids += (ids.empty() ? "" : ", ") + id;
    for (const auto& row : postgres("SELECT table_name, sum(row_count) FROM source_tables" + where +
                                    " AND source_id IN (" + ids + ") GROUP BY table_name"))
        report.foreign_rows[row.at(0).value_or("")] = std::stoll(row.at(1).value_or("0"));
    report.foreign_rows["sources"] = report.foreign_sources;
    report.notes.push_back("PostgreSQL holds " + std::to_string(foreign.size()) +
                           " sources that this SQLite file does not know; they stay there, marked "
                           "as missing");
}

}  // namespace ingot
