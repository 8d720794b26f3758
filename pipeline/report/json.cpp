// SPDX-License-Identifier: MIT
#include "pipeline/report/report.hpp"

#include <nlohmann/json.hpp>

namespace ingot {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

Json filled(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json database(const std::optional<DatabaseLine>& line) {
    if (!line) return nullptr;
    return {{"rows", line->rows},
            {"inserted", line->changes.inserted},
            {"updated", line->changes.updated},
            {"removed", line->changes.removed},
            {"unchanged", line->unchanged()},
            {"checksum", or_null(line->checksum)}};
}

Json check(const CheckResult& result) {
    return {{"name", result.name},
            {"severity", result.is_error ? "error" : "warning"},
            {"violations", result.violations},
            {"examples", result.examples}};
}

Json table(const TableLine& line) {
    Json checks = Json::array();
    for (const CheckResult& result : line.checks) checks.push_back(check(result));
    return {{"table", line.table},
            {"source_rows", line.source_rows},
            {"source_checksum", or_null(line.source_checksum)},
            {"rejected", line.rejected},
            {"inferred", line.inferred},
            {"sqlite", database(line.sqlite)},
            {"postgres", database(line.postgres)},
            {"checks", checks},
            {"ok", line.ok}};
}

Json source(const SourceLine& line) {
    return {{"path", line.path},
            {"family", line.family},
            {"extractor", or_null(line.extractor)},
            {"bytes", line.bytes},
            {"records", line.records},
            {"rows", line.rows},
            {"rejects", line.rejects},
            {"status", line.status},
            {"change", line.change}};
}

Json family(const FamilyLine& line) {
    return {{"family", line.family},   {"files", line.files}, {"bytes", line.bytes},
            {"records", line.records}, {"rows", line.rows},   {"rejects", line.rejects}};
}

Json reject(const RejectLine& line) {
    Json examples = Json::array();
    for (const RejectExample& example : line.examples)
        examples.push_back(
            {{"path", example.path}, {"offset", example.offset}, {"excerpt", example.excerpt}});
    return {{"reason", line.reason}, {"count", line.count}, {"examples", examples}};
}

Json files(const FileCounts& f) {
    return {
        {"seen", f.seen},         {"new", f.created},           {"changed", f.changed},
        {"appended", f.appended}, {"renamed", f.renamed},       {"unchanged", f.unchanged},
        {"missing", f.missing},   {"unreadable", f.unreadable}, {"denied", f.denied},
        {"link", f.link},         {"unmapped", f.unmapped},     {"not_selected", f.not_selected}};
}

/// What was left out of a stored report; null: nothing was.
Json truncation(const Truncation& t) {
    if (!t.any()) return nullptr;
    return {{"sources", t.sources}, {"days", t.days}, {"examples", t.examples}};
}

template <class Lines, class Render> Json list(const Lines& lines, Render render) {
    Json out = Json::array();
    for (const auto& line : lines) out.push_back(render(line));
    return out;
}

Json document(const Report& r) {
    const ByteCounts& b = r.bytes;
    const Timings& t = r.timings;
    return {
        {"schema_version", 1},
        {"tool_version", r.tool_version},
        {"run_id", filled(r.run_id)},
        {"mode", r.mode},
        {"workspace",
         {{"id", std::to_string(r.workspace_id)},
          {"name", r.workspace_name},
          {"path", r.workspace_path},
          {"host", r.host}}},
        {"targets", {{"sqlite", filled(r.sqlite_path)}, {"postgres", filled(r.postgres_target)}}},
        {"started_at", format_time(r.started_at)},
        {"seconds", r.seconds},
        {"ok", r.ok()},
        {"exit_code", static_cast<int>(r.exit)},
        {"error", filled(r.error)},
        {"fingerprint", filled(r.fingerprint)},
        {"schema_changes", r.schema_changes},
        {"notes", r.notes},
        {"files", files(r.files)},
        {"bytes",
         {{"seen", b.seen},
          {"in_rows", b.in_rows},
          {"rejected", b.rejected},
          {"blank", b.blank},
          {"pending", b.pending},
          {"unaccounted", b.unaccounted()}}},
        {"sources", list(r.sources, source)},
        {"families", list(family_lines(r), family)},
        {"tables", list(r.tables, table)},
        {"rejects", list(r.rejects, reject)},
        {"days", list(r.days,
                      [](const auto& day) {
                          return Json{{"day", day.first}, {"rows", day.second}};
                      })},
        {"timings",
         {{"scan", t.scan},
          {"extract", t.extract},
          {"sqlite", t.sqlite},
          {"postgres", t.postgres},
          {"validate", t.validate}}},
        {"peak_rss_bytes", r.peak_rss_bytes},
        {"truncated", truncation(r.truncated)}};
}

/// Paths and excerpts may hold anything: what is not UTF-8 is replaced. `indent` -1: one line.
std::string dumped(const Json& document, int indent) {
    return document.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string json_report(const Report& report) { return dumped(document(report), 2) + "\n"; }

std::string stored_json(const Report& report) { return dumped(document(report), -1); }

std::string json_reports(const std::vector<Report>& reports) {
    bool ok = true;
    for (const Report& report : reports) ok = ok && report.ok();
    return dumped({{"schema_version", 1}, {"ok", ok}, {"workspaces", list(reports, document)}}, 2) +
           "\n";
}

}  // namespace ingot
