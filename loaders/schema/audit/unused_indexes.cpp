// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/finding.hpp"
#include "loaders/schema/audit/index_text.hpp"

#include "pipeline/model/text.hpp"

namespace ingot::schema::audit {
namespace {

std::string one_decimal(double number) {
    const auto tenths = static_cast<std::int64_t>(number * 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

/// Statistics survive a restart, so that the server's start is the latest time that they can begin.
double days_of_statistics(Target& target) {
    const std::string days = target.ask(
        "SELECT extract(epoch FROM now() - coalesce(stats_reset, pg_postmaster_start_time())) "
        "/ 86400 FROM pg_stat_database WHERE datname = current_database()");
    return days.empty() ? 0 : std::stod(days);
}

/// Table → how often it was read since then.
std::map<std::string, std::int64_t> reads_of_tables(Target& target) {
    std::map<std::string, std::int64_t> reads;
    for (const auto& row :
         target.query("SELECT relname, coalesce(seq_scan, 0) + coalesce(idx_scan, 0) "
                      "FROM pg_stat_user_tables WHERE schemaname = " +
                      literal(target.schema())))
        reads[row.at(0).value_or("")] = std::stoll(row.at(1).value_or("0"));
    return reads;
}

}  // namespace

void find_unused_indexes(const Look& look) {
    if (look.catalog.dialect == Dialect::sqlite) {
        look.notes.emplace_back("SQLite keeps no statistics of use: unused indexes are not judged");
        return;
    }
    const double days = days_of_statistics(look.target);
    if (days < look.limits.unused_days) {
        look.notes.push_back("the server's statistics are " + one_decimal(days) +
                             " days old: unused indexes are judged after " +
                             one_decimal(look.limits.unused_days));
        return;
    }
    const auto reads = reads_of_tables(look.target);
    for (const auto& [name, index] : look.catalog.indexes) {
        const auto read = reads.find(index.table);
        const bool judged = read != reads.end() && read->second >= look.limits.unused_reads;
        if (!judged || index.scans > 0 || index.unique || !index.valid || !index.constraint.empty())
            continue;
        look.report({.severity = Severity::advice,
                     .object = "index " + name,
                     .table = index.table,
                     .what = "Nothing has read it for " + one_decimal(days) + " days, in which " +
                             index.table + " was read " + std::to_string(read->second) + " times.",
                     .why = "Every write keeps it up to date. Replicas have statistics of their "
                            "own: look there before it goes.",
                     .mend = drop_index_sql(look.catalog, look.target, index),
                     .step = drop_index_step(look.catalog, index)});
    }
}

}  // namespace ingot::schema::audit
