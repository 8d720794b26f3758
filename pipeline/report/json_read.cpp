// SPDX-License-Identifier: MIT
#include "pipeline/report/report.hpp"

#include <nlohmann/json.hpp>

namespace ingot {
namespace {

using JsonDocument = nlohmann::json;

/// A member, or what stands for one that is null or that an older Ingot did not write.
template <class T> T get(const JsonDocument& object, const char* name, T otherwise = {}) {
    const auto member = object.find(name);
    return member == object.end() || member->is_null() ? otherwise : member->get<T>();
}

std::optional<std::string> optional_text(const JsonDocument& object, const char* name) {
    const auto member = object.find(name);
    if (member == object.end() || member->is_null()) return std::nullopt;
    return member->get<std::string>();
}

void require_object(const JsonDocument& value) {
    if (!value.is_object()) throw RunError(Exit::failed, "this is no report of Ingot");
}

JsonDocument member(const JsonDocument& object, const char* name) {
    JsonDocument found = get<JsonDocument>(object, name, JsonDocument::object());
    require_object(found);
    return found;
}

template <class Line> std::vector<Line> list(const JsonDocument& object, const char* name,
                                             Line (*read)(const JsonDocument&)) {
    std::vector<Line> lines;
    for (const JsonDocument& line : get<JsonDocument>(object, name, JsonDocument::array()))
        lines.push_back(read(line));
    return lines;
}

SourceLine source(const JsonDocument& j) {
    return {.path = get<std::string>(j, "path"),
            .family = get<std::string>(j, "family"),
            .extractor = optional_text(j, "extractor"),
            .bytes = get<std::int64_t>(j, "bytes"),
            .records = get<std::int64_t>(j, "records"),
            .rows = get<std::int64_t>(j, "rows"),
            .rejects = get<std::int64_t>(j, "rejects"),
            .status = get<std::string>(j, "status"),
            .change = get<std::string>(j, "change")};
}

FamilyLine family(const JsonDocument& j) {
    return {.family = get<std::string>(j, "family"),
            .files = get<std::int64_t>(j, "files"),
            .bytes = get<std::int64_t>(j, "bytes"),
            .records = get<std::int64_t>(j, "records"),
            .rows = get<std::int64_t>(j, "rows"),
            .rejects = get<std::int64_t>(j, "rejects")};
}

std::optional<DatabaseLine> database(const JsonDocument& table, const char* name) {
    const JsonDocument j = get<JsonDocument>(table, name, nullptr);
    if (j.is_null()) return std::nullopt;
    return DatabaseLine{.rows = get<std::int64_t>(j, "rows"),
                        .changes = {.inserted = get<std::int64_t>(j, "inserted"),
                                    .updated = get<std::int64_t>(j, "updated"),
                                    .removed = get<std::int64_t>(j, "removed")},
                        .checksum = optional_text(j, "checksum")};
}

CheckResult check(const JsonDocument& j) {
    return {.name = get<std::string>(j, "name"),
            .is_error = get<std::string>(j, "severity") == "error",
            .violations = get<std::int64_t>(j, "violations"),
            .examples = get<std::vector<std::string>>(j, "examples")};
}

TableLine table(const JsonDocument& j) {
    return {.table = get<std::string>(j, "table"),
            .source_rows = get<std::int64_t>(j, "source_rows"),
            .rejected = get<std::int64_t>(j, "rejected"),
            .inferred = get<std::int64_t>(j, "inferred"),
            .source_checksum = optional_text(j, "source_checksum"),
            .sqlite = database(j, "sqlite"),
            .postgres = database(j, "postgres"),
            .checks = list<CheckResult>(j, "checks", check),
            .ok = get<bool>(j, "ok", true)};
}

RejectExample example(const JsonDocument& j) {
    return {.path = get<std::string>(j, "path"),
            .offset = get<std::int64_t>(j, "offset"),
            .excerpt = get<std::string>(j, "excerpt")};
}

RejectLine reject(const JsonDocument& j) {
    return {.reason = get<std::string>(j, "reason"),
            .count = get<std::int64_t>(j, "count"),
            .examples = list<RejectExample>(j, "examples", example)};
}

std::pair<std::string, std::int64_t> day(const JsonDocument& j) {
    return {get<std::string>(j, "day"), get<std::int64_t>(j, "rows")};
}

FileCounts files(const JsonDocument& j) {
    const auto count = [&](const char* name) { return get<std::int64_t>(j, name); };
    return {.seen = count("seen"),
            .created = count("new"),
            .changed = count("changed"),
            .appended = count("appended"),
            .renamed = count("renamed"),
            .unchanged = count("unchanged"),
            .missing = count("missing"),
            .unreadable = count("unreadable"),
            .denied = count("denied"),
            .link = count("link"),
            .unmapped = count("unmapped"),
            .not_selected = count("not_selected")};
}

ByteCounts bytes(const JsonDocument& j) {
    return {.seen = get<std::int64_t>(j, "seen"),
            .in_rows = get<std::int64_t>(j, "in_rows"),
            .rejected = get<std::int64_t>(j, "rejected"),
            .blank = get<std::int64_t>(j, "blank"),
            .pending = get<std::int64_t>(j, "pending")};
}

Timings timings(const JsonDocument& j) {
    return {.scan = get<double>(j, "scan"),
            .extract = get<double>(j, "extract"),
            .sqlite = get<double>(j, "sqlite"),
            .postgres = get<double>(j, "postgres"),
            .validate = get<double>(j, "validate")};
}

Truncation truncation(const JsonDocument& j) {
    return {.sources = get<std::int64_t>(j, "sources"),
            .days = get<std::int64_t>(j, "days"),
            .examples = get<std::int64_t>(j, "examples")};
}

void read_head(const JsonDocument& j, Report& report) {
    const JsonDocument workspace = member(j, "workspace");
    const JsonDocument targets = member(j, "targets");
    report.tool_version = get<std::string>(j, "tool_version");
    report.run_id = get<std::string>(j, "run_id");
    report.mode = get<std::string>(j, "mode");
    report.workspace_id = std::stoll(get<std::string>(workspace, "id", "0"));
    report.workspace_name = get<std::string>(workspace, "name");
    report.workspace_path = get<std::string>(workspace, "path");
    report.host = get<std::string>(workspace, "host");
    report.sqlite_path = get<std::string>(targets, "sqlite");
    report.postgres_target = get<std::string>(targets, "postgres");
    report.started_at =
        parse_canonical_time(get<std::string>(j, "started_at")).value_or(Timestamp{});
    report.seconds = get<double>(j, "seconds");
    report.exit = static_cast<Exit>(get<int>(j, "exit_code"));
    report.error = get<std::string>(j, "error");
    report.fingerprint = get<std::string>(j, "fingerprint");
}

Report read(const JsonDocument& j) {
    require_object(j);
    Report report;
    read_head(j, report);
    report.schema_changes = get<std::vector<std::string>>(j, "schema_changes");
    report.notes = get<std::vector<std::string>>(j, "notes");
    report.files = files(member(j, "files"));
    report.bytes = bytes(member(j, "bytes"));
    report.sources = list<SourceLine>(j, "sources", source);
    report.families = list<FamilyLine>(j, "families", family);
    report.tables = list<TableLine>(j, "tables", table);
    report.rejects = list<RejectLine>(j, "rejects", reject);
    report.days = list<std::pair<std::string, std::int64_t>>(j, "days", day);
    report.timings = timings(member(j, "timings"));
    report.peak_rss_bytes = get<std::int64_t>(j, "peak_rss_bytes");
    report.truncated = truncation(member(j, "truncated"));
    return report;
}

}  // namespace

Report parse_report(std::string_view json) {
    try {
        return read(JsonDocument::parse(json));
    } catch (const JsonDocument::exception& error) {
        throw RunError(Exit::failed, std::string("this is no report of Ingot: ") + error.what());
    } catch (const std::logic_error& error) {  // an id that is no number
        throw RunError(Exit::failed, std::string("this is no report of Ingot: ") + error.what());
    }
}

}  // namespace ingot
