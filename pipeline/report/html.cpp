// SPDX-License-Identifier: MIT
#include "pipeline/report/html.hpp"

#include "pipeline/report/figures.hpp"
#include "pipeline/report/renderers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ingot::html {
namespace {

std::string spoken(const std::string& kind) {
    if (kind == "ok") return "valid";
    return kind == "warn" ? "look at this" : "problem";
}

/// One sentence under the verdict: what was seen, and what is there now.
std::string lede(const Report& report, const Totals& totals, const View& view) {
    if (!report.error.empty()) return "<p class=\"error\">" + text(report.error) + "</p>\n";
    std::vector<std::string> parts;
    if (report.files.seen > 0)
        parts.push_back(fmt::format(
            "{} {} with {} bytes, {}", number(report.files.seen, view.pointer + "/files/seen"),
            report.files.seen == 1 ? "source" : "sources",
            number(report.bytes.seen, view.pointer + "/bytes/seen"),
            report.bytes.unaccounted() == 0
                ? "every one accounted for"
                : number(report.bytes.unaccounted(), view.pointer + "/bytes/unaccounted") +
                      " not accounted for"));
    if (totals.errors > 0) parts.push_back(counted(totals.errors, "rule") + " broken");
    if (totals.warnings > 0) parts.push_back(counted(totals.warnings, "warning"));
    if (report.files.seen == 0 && (report.mode == "import" || report.mode == "dry-run"))
        parts.emplace_back("The workspace holds no file");
    if (report.files.seen > 0 || totals.rejected > 0)
        parts.push_back(counted(totals.rejected, "record") + " in quarantine");
    return parts.empty() ? "" : fmt::format("<p class=\"lede\">{}.</p>\n", fmt::join(parts, "; "));
}

constexpr std::array kContents{Link{"flow", "Flow"},         Link{"bytes", "Bytes"},
                               Link{"families", "Families"}, Link{"days", "Days"},
                               Link{"tables", "Tables"},     Link{"quarantine", "Quarantine"},
                               Link{"sources", "Sources"},   Link{"timings", "Timings"}};

std::string single(const Report& report) {
    const View view;
    const Verdict verdict = verdict_of(report);
    const std::string sections = body(report, view);
    return page(
        text(fmt::format("{} – {} of {}", verdict.text, report.mode, report.workspace_name)),
        "<header class=\"top\">\n<p class=\"eyebrow\">Ingot · " + text(report.mode) + "</p>\n" +
            headline(verdict.kind, verdict.text) + lede(report, totals_of(report), view) +
            facts(report, view) + contents(kContents, sections) +
            "</header>\n<main id=\"main\" tabindex=\"-1\">\n" + sections + "</main>\n");
}

/// What a workspace's line says at its end.
std::string remark(const Report& report, const Totals& totals) {
    if (!report.error.empty()) return text(report.error);
    if (totals.errors > 0) return counted(totals.errors, "rule") + " broken";
    if (totals.warnings > 0) return counted(totals.warnings, "warning");
    return report.ok() ? "" : verdict_of(report).text;
}

std::string optional_number(const std::optional<std::int64_t>& value, const std::string& pointers) {
    return value ? sum(*value, pointers) : "–";
}

std::string one_of_many(const Report& report, std::size_t index, std::size_t count) {
    const View view{.pointer = fmt::format("/workspaces/{}", index),
                    .id = fmt::format("w{}-", index),
                    .heading = 3,
                    .sources = std::clamp<std::size_t>(800 / count, 5, 200)};
    const Totals totals = totals_of(report);
    const std::string kind = verdict_of(report).kind;
    const std::string& at = view.pointer;
    return fmt::format(
        "<details class=\"row workspace\" id=\"w{}\"><summary>{}<b class=\"path\">{}<span "
        "class=\"said\">, {}</span></b><span class=\"n\" data-label=\"sources\">{}</span><span "
        "class=\"n\" data-label=\"SQLite\">{}</span><span class=\"n\" "
        "data-label=\"PostgreSQL\">{}</span><span class=\"n\" data-label=\"rejected\">{}</span>"
        "<span class=\"rules {}\">{}</span></summary>\n<div "
        "class=\"report\">{}{}{}</div></details>\n",
        index, icon(kind), text(report.workspace_name), spoken(kind),
        number(report.files.seen, at + "/files/seen"),
        optional_number(totals.sqlite_rows, at + "/tables/*/sqlite/rows"),
        optional_number(totals.postgres_rows, at + "/tables/*/postgres/rows"),
        sum(totals.rejected, at + "/rejects/*/count"), kind,
        report.error.empty() ? remark(report, totals) : verdict_of(report).text,
        lede(report, totals, view), facts(report, view), body(report, view));
}

/// Links to the workspaces that are not as they should be.
std::string problems(std::span<const Report> reports) {
    std::string links;
    for (std::size_t i = 0; i < reports.size(); ++i)
        if (!reports[i].ok())
            links += fmt::format("<li><a href=\"#w{0}\">{1}</a> <span>{2}</span></li>\n", i,
                                 text(reports[i].workspace_name),
                                 remark(reports[i], totals_of(reports[i])));
    return links.empty() ? "" : "<ul class=\"problems\">\n" + links + "</ul>\n";
}

std::string many(std::span<const Report> reports) {
    const Verdict verdict = verdict_of(reports);
    std::string lines;
    for (std::size_t i = 0; i < reports.size(); ++i)
        lines += one_of_many(reports[i], i, reports.size());
    const std::string mode = reports.empty() ? "report" : reports.front().mode;
    return page(verdict.text,
                "<header class=\"top\">\n<p class=\"eyebrow\">Ingot · " + text(mode) + "</p>\n" +
                    headline(verdict.kind, verdict.text) + problems(reports) +
                    "</header>\n<main id=\"main\" tabindex=\"-1\">\n" +
                    section(View{}, "workspaces", "Workspaces",
                            counted(std::ssize(reports), "workspace"),
                            "<div class=\"tables\">\n<div class=\"row head workspace\" "
                            "aria-hidden=\"true\"><span></span><span>workspace</span><span "
                            "class=\"n\">sources</span><span class=\"n\">SQLite</span><span "
                            "class=\"n\">PostgreSQL</span><span class=\"n\">rejected</span>"
                            "<span>remarks</span></div>\n" +
                                lines + "</div>\n") +
                    "</main>\n");
}

}  // namespace

std::string body(const Report& report, const View& view) {
    const Totals totals = totals_of(report);
    return flow(report, totals, view) + notes(report, view) + bytes(report, view) +
           families(report, view) + days(report, view) + tables(report, view) +
           quarantine(report, totals, view) + sources(report, view) + schema_changes(report, view) +
           timings(report, view);
}

}  // namespace ingot::html

namespace ingot {

std::string render_html(const ReportSet& set) {
    return set.is_list ? html::many(set.reports) : html::single(set.reports.front());
}

}  // namespace ingot
