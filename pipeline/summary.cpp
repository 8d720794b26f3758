// SPDX-License-Identifier: MIT
#include "pipeline/summary.hpp"

#include "pipeline/model/text.hpp"
#include "pipeline/tables/tables.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace ingot {
namespace {

using Row = std::vector<std::optional<std::string>>;

std::int64_t number(const std::optional<std::string>& text) {
    std::int64_t value = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

void count_change(FileCounts& files, Change change) {
    switch (change) {
        case Change::created: ++files.created; break;
        case Change::changed: ++files.changed; break;
        case Change::appended: ++files.appended; break;
        case Change::renamed: ++files.renamed; break;
        case Change::not_selected: ++files.not_selected; break;
        case Change::missing: ++files.missing; break;
        case Change::none: ++files.unchanged; break;
    }
}

void count_status(FileCounts& files, std::string_view status) {
    if (status == "unreadable") ++files.unreadable;
    if (status == "denied") ++files.denied;
    if (status == "link") ++files.link;
    if (status == "unmapped") ++files.unmapped;
}

/// The account of a source that was not read again.
Tally known_tally(const SourceRow& row) {
    Tally tally{.row_bytes = row.row_bytes,
                .rejected_bytes = row.rejected_bytes,
                .blank_bytes = row.blank_bytes,
                .pending_bytes = row.pending_bytes,
                .records = row.records,
                .rejected = row.rejected,
                .repaired = row.repaired,
                .tables = {}};
    tally.tables["rows"].rows = row.row_count;
    return tally;
}

std::int64_t rows_in(const Tally& tally) {
    std::int64_t rows = 0;
    for (const auto& [table, of_table] : tally.tables)
        if (table != "rejects") rows += of_table.rows;
    return rows;
}

void count_bytes(ByteCounts& bytes, const SourcePlan& source, std::string_view status,
                 const Tally& tally) {
    if (status == "denied" || status == "link" || status == "directory") return;
    bytes.seen += source.source.size;
    bytes.in_rows += tally.row_bytes;
    bytes.rejected += tally.rejected_bytes;
    bytes.blank += tally.blank_bytes;
    bytes.pending += tally.pending_bytes;
}

/// The start of a quarantined record, whole characters; renderers escape what is hostile in it.
std::string excerpt(std::string_view text) {
    std::size_t end = std::min<std::size_t>(text.size(), 120);
    for (std::size_t cut = 1; cut < 4 && cut < end && end == 120; ++cut)
        if (is_utf8(text.substr(0, end - cut)) && !is_utf8(text.substr(0, end))) end -= cut;
    return std::string(text.substr(0, end));
}

std::string where(std::int64_t workspace_id) {
    return " WHERE r.workspace_id = " + std::to_string(workspace_id);
}

}  // namespace

void summarise_sources(Report& report, const Plan& plan,
                       const std::vector<SourceOutcome>& outcomes) {
    std::map<std::size_t, const SourceOutcome*> by_index;
    for (const SourceOutcome& outcome : outcomes) by_index.emplace(outcome.index, &outcome);
    for (std::size_t i = 0; i < plan.sources.size(); ++i) {
        const SourcePlan& source = plan.sources[i];
        const auto outcome = by_index.find(i);
        const bool was_read = outcome != by_index.end();
        const std::string status = was_read ? outcome->second->status : std::string(source.status);
        const Tally tally = was_read                ? outcome->second->tally
                            : source.old != nullptr ? known_tally(*source.old)
                                                    : Tally{};
        ++report.files.seen;
        count_change(report.files, source.change);
        SourceLine line{.path = source.source.path,
                        .family = std::string(source.family),
                        .extractor = {},
                        .bytes = source.source.size,
                        .records = tally.records,
                        .rows = rows_in(tally),
                        .rejects = tally.rejected,
                        .status = status,
                        .change = std::string(name_of(source.change))};
        if (source.extractor != nullptr) line.extractor = std::string(source.extractor->name);
        if (source.change != Change::not_selected) {
            count_status(report.files, status);
            count_bytes(report.bytes, source, status, tally);
        }
        report.sources.push_back(std::move(line));
    }
    report.files.missing = static_cast<std::int64_t>(plan.missing.size());
    for (const SourceRow* row : plan.missing)
        report.sources.push_back({.path = std::string(row->path),
                                  .family = std::string(row->family),
                                  .extractor = {},
                                  .bytes = row->size_bytes,
                                  .records = row->records,
                                  .rows = row->row_count,
                                  .rejects = row->rejected,
                                  .status = std::string(row->status),
                                  .change = std::string(name_of(Change::missing))});
}

void summarise_rejects(Report& report, std::int64_t workspace_id, const RunQuery& run) {
    for (int i = 0; i <= static_cast<int>(Reason::incomplete); ++i)
        report.rejects.push_back(
            {.reason = std::string(name_of(static_cast<Reason>(i))), .examples = {}});
    for (const Row& row : run("SELECT r.reason, count(*) FROM rejects r" + where(workspace_id) +
                              " GROUP BY r.reason")) {
        const auto line =
            std::ranges::find(report.rejects, row[0].value_or(""), &RejectLine::reason);
        if (line == report.rejects.end()) continue;
        line->count = number(row[1]);
        for (const Row& example :
             run("SELECT s.path, r.source_offset, coalesce(CAST(substr(r.raw, 1, 120) AS TEXT), "
                 "r.detail) "
                 "FROM rejects r JOIN sources s ON s.workspace_id = r.workspace_id AND s.source_id "
                 "= r.source_id" +
                 where(workspace_id) + " AND r.reason = '" + line->reason +
                 "' ORDER BY s.path, r.source_offset, r.source_seq LIMIT 3"))
            line->examples.push_back(
                {example[0].value_or(""), number(example[1]), excerpt(example[2].value_or(""))});
    }
    for (const Row& row : run("SELECT r.extractor, sum(r.rejected) FROM sources r" +
                              where(workspace_id) + " AND r.rejected > 0 GROUP BY r.extractor")) {
        const Extractor* extractor = extractor_named(row[0].value_or(""));
        const std::string_view table = extractor == nullptr || extractor->main_table.empty()
                                           ? "rejects"
                                           : extractor->main_table;
        const auto line = std::ranges::find(report.tables, table, &TableLine::table);
        if (line != report.tables.end()) line->rejected += number(row[1]);
    }
}

void summarise_days(Report& report, std::int64_t workspace_id, const RunQuery& run) {
    std::map<std::string, std::int64_t> days;
    for (const Table* table : tables()) {
        if (table->kind != Kind::fact || table->time_column.empty()) continue;
        const std::string time(table->time_column);
        for (const Row& row :
             run("SELECT substr(r." + time + ", 1, 10), count(*) FROM " + std::string(table->name) +
                 " r" + where(workspace_id) + " AND r." + time + " IS NOT NULL GROUP BY 1"))
            days[row[0].value_or("")] += number(row[1]);
    }
    report.days.assign(days.begin(), days.end());
}

}  // namespace ingot
