// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/source_rows.hpp"
#include "pipeline/model/check_result.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/model/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ingot {

/// Sources by what they are and what became of them.
struct FileCounts {
    std::int64_t seen = 0, created = 0, changed = 0, appended = 0, renamed = 0, unchanged = 0,
                 missing = 0;
    std::int64_t unreadable = 0, denied = 0, link = 0, unmapped = 0, not_selected = 0;
};

/// Where every byte went. Denied files, links and directories are not part of it.
struct ByteCounts {
    std::int64_t seen = 0, in_rows = 0, rejected = 0, blank = 0, pending = 0;
    std::int64_t unaccounted() const { return seen - in_rows - rejected - blank - pending; }
};

struct SourceLine {
    std::string path;
    std::string family;
    std::optional<std::string> extractor;
    std::int64_t bytes = 0, records = 0, rows = 0, rejects = 0;
    std::string status;
    std::string change;
};

/// All sources of one family together.
struct FamilyLine {
    std::string family;
    std::int64_t files = 0, bytes = 0, records = 0, rows = 0, rejects = 0;
};

/// A table in one database.
struct DatabaseLine {
    std::int64_t rows = 0;
    ChangeCounts changes;
    std::optional<std::string> checksum;
    std::int64_t unchanged() const { return rows - changes.inserted - changes.updated; }
};

struct TableLine {
    std::string table;
    std::int64_t source_rows = 0;  ///< Extracted; entities: folded.
    std::int64_t rejected = 0;     ///< Records of sources that mainly go to this table.
    std::int64_t inferred = 0;
    std::optional<std::string> source_checksum;
    std::optional<DatabaseLine> sqlite;
    std::optional<DatabaseLine> postgres;
    std::vector<CheckResult> checks;
    bool ok = true;
};

struct RejectExample {
    std::string path;
    std::int64_t offset = 0;
    std::string excerpt;
};

struct RejectLine {
    std::string reason;
    std::int64_t count = 0;
    std::vector<RejectExample> examples;
};

/// Seconds per phase.
struct Timings {
    double scan = 0, extract = 0, sqlite = 0, postgres = 0, validate = 0;
};

/// What a stored report leaves out: it is read more often than it is searched.
struct Truncation {
    std::int64_t sources = 0, days = 0, examples = 0;
    bool any() const { return sources + days + examples > 0; }
};

/// What a run did and found; all renderings are made from it.
struct Report {
    std::string tool_version = INGOT_VERSION;
    std::string run_id;
    std::string mode;  ///< import, dry-run, publish, validate
    std::int64_t workspace_id = 0;
    std::string workspace_name, workspace_path, host;
    std::string sqlite_path;
    std::string postgres_target;  ///< Without its password.
    Timestamp started_at;
    double seconds = 0;
    Exit exit = Exit::done;
    std::string error;        ///< What ended the run; empty: nothing did.
    std::string fingerprint;  ///< Of workspace, databases and plan; empty: not computed.
    std::vector<std::string> schema_changes;
    std::vector<std::string> notes;    ///< For the reader: backup made, other workspaces below, …
    std::int64_t foreign_sources = 0;  ///< That only PostgreSQL holds.
    std::map<std::string, std::int64_t> foreign_rows;  ///< Of these, per fact table.
    FileCounts files;
    ByteCounts bytes;
    std::vector<SourceLine> sources;
    std::vector<FamilyLine> families;  ///< Only where sources were left out; see family_lines.
    std::vector<TableLine> tables;
    std::vector<RejectLine> rejects;
    std::vector<std::pair<std::string, std::int64_t>> days;
    Timings timings;
    std::int64_t peak_rss_bytes = 0;
    Truncation truncated;  ///< Nothing, but in a report that comes from a database.

    bool ok() const { return exit == Exit::done; }
};

/// The terminal's rendering: a verdict, one calm table, the rejects.
std::string text_report(const Report& report);

/// The JSON rendering, one document.
std::string json_report(const Report& report);

/// Several workspaces as one JSON document.
std::string json_reports(const std::vector<Report>& reports);

/// The sources by family, in the order of their names.
std::vector<FamilyLine> family_lines(const Report& report);

/// Sources of which a stored report keeps a line.
inline constexpr std::size_t kStoredSources = 200;

/// The report as a database keeps it: at most kStoredSources sources (those with something to tell
/// first, then the largest), 3,660 days, three examples of at most 200 bytes for each rule and reason;
/// `truncated` counts the rest.
Report truncated(Report report);

/// The JSON rendering on one line, for a database.
std::string stored_json(const Report& report);

/// The inverse of json_report. Throws RunError for what is no report.
Report parse_report(std::string_view json);

/// The gravest of two exit codes: 5, 7, 6, 1, 3, 4, 8 in that order.
Exit gravest(Exit a, Exit b);

}  // namespace ingot
