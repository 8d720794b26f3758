// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace ingot::html {
namespace {

std::string examples(const RejectLine& line, const std::string& at) {
    std::string out;
    for (std::size_t i = 0; i < line.examples.size(); ++i) {
        const RejectExample& example = line.examples[i];
        out += fmt::format(
            "<figure class=\"excerpt\"><figcaption><span class=\"path\">{}</span> at "
            "byte {}</figcaption><pre>{}</pre></figure>\n",
            text(example.path), number(example.offset, fmt::format("{}/examples/{}/offset", at, i)),
            text(example.excerpt));
    }
    return out;
}

/// The sources that the page lists, by index: those with something to tell, then the largest; shown in
/// their own order.
std::vector<std::size_t> listed(const std::vector<SourceLine>& sources, std::size_t most) {
    std::vector<std::size_t> order(sources.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (sources.size() <= most) return order;
    const auto rank = [&](std::size_t i) {
        const SourceLine& line = sources[i];
        const bool tells = line.rejects > 0 || line.status == "unreadable" ||
                           line.status == "denied" || line.change == "missing";
        return std::pair(!tells, -line.bytes);
    };
    std::ranges::stable_sort(order, {}, rank);
    order.resize(most);
    std::ranges::sort(order);
    return order;
}

std::string source_row(const SourceLine& line, const std::string& at) {
    return fmt::format(
        "<tr><th scope=\"row\" class=\"path\">{}</th><td>{}</td><td>{}</td><td "
        "class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td><td>{}</td></tr>\n",
        text(line.path), text(line.family), text(line.extractor.value_or("–")),
        number(line.bytes, at + "/bytes"), number(line.records, at + "/records"),
        number(line.rows, at + "/rows"), number(line.rejects, at + "/rejects"),
        text(line.change == "none" ? line.status : line.status + ", " + line.change));
}

std::string paragraphs(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += "<li>" + text(line) + "</li>\n";
    return "<ul class=\"notes\">\n" + out + "</ul>\n";
}

std::string fact(const char* name, const std::string& value, const char* kind = "short") {
    return value.empty()
               ? ""
               : fmt::format("<div class=\"{}\"><dt>{}</dt><dd>{}</dd></div>\n", kind, name, value);
}

/// To the second: the rest is in the JSON.
std::string time_text(Timestamp time) {
    std::string shown = format_time(time).substr(0, 19);
    shown[10] = ' ';
    return shown + " UTC";
}

}  // namespace

std::string quarantine(const Report& report, const Totals& totals, const View& view) {
    if (report.rejects.empty()) return "";
    if (totals.rejected == 0)
        return section(view, "quarantine", "Quarantine", "",
                       "<p class=\"calm\">No record was rejected.</p>\n");
    std::int64_t most = 0;
    for (const RejectLine& line : report.rejects) most = std::max(most, line.count);
    std::string reasons;
    std::string excerpts;
    for (std::size_t i = 0; i < report.rejects.size(); ++i) {
        const RejectLine& line = report.rejects[i];
        if (line.count == 0) continue;
        const std::string at = fmt::format("{}/rejects/{}", view.pointer, i);
        reasons += fmt::format(
            "<tr><th scope=\"row\"><code>{}</code></th><td class=\"n\">{}</td>"
            "<td class=\"chart\">{}</td></tr>\n",
            text(line.reason), number(line.count, at + "/count"),
            bar(static_cast<double>(line.count) / static_cast<double>(most), "rejected"));
        if (!line.examples.empty())
            excerpts +=
                fmt::format("<details class=\"reason\"><summary><code>{}</code> "
                            "<span>{}</span></summary>\n{}</details>\n",
                            text(line.reason), counted(std::ssize(line.examples), "example"),
                            examples(line, at));
    }
    return section(view, "quarantine", "Quarantine",
                   sum(totals.rejected, view.pointer + "/rejects/*/count") +
                       (totals.rejected == 1 ? " record" : " records") +
                       ", kept with exact bytes in <code>rejects</code>",
                   "<table class=\"bars\"><tbody>\n" + reasons + "</tbody></table>\n" + excerpts);
}

std::string sources(const Report& report, const View& view) {
    if (report.sources.empty()) return "";
    const std::vector<std::size_t> shown = listed(report.sources, view.sources);
    std::string rows;
    for (const std::size_t i : shown)
        rows += source_row(report.sources[i], fmt::format("{}/sources/{}", view.pointer, i));
    const std::int64_t all = std::ssize(report.sources) + report.truncated.sources;
    std::string note = counted(all, "source");
    if (std::ssize(shown) < all)
        note = fmt::format("{} of {} shown: those with something to tell, then the largest",
                           grouped(std::ssize(shown)), note);
    return section(view, "sources", "Sources", note,
                   "<details class=\"list\"><summary>Show the list</summary>\n<div "
                   "class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Sources\"><table "
                   "class=\"sources\">\n<thead><tr><th scope=\"col\">path</th><th "
                   "scope=\"col\">family</th><th scope=\"col\">extractor</th><th scope=\"col\" "
                   "class=\"n\">bytes</th><th scope=\"col\" class=\"n\">records</th><th "
                   "scope=\"col\" class=\"n\">rows</th><th scope=\"col\" class=\"n\">rejected</th>"
                   "<th scope=\"col\">state</th></tr></thead>\n<tbody>\n" +
                       rows + "</tbody></table></div></details>\n");
}

std::string notes(const Report& report, const View& view) {
    if (report.notes.empty()) return "";
    return section(view, "notes", "Notes", "", paragraphs(report.notes));
}

std::string schema_changes(const Report& report, const View& view) {
    if (report.schema_changes.empty()) return "";
    return section(view, "schema", "Schema changes", "",
                   "<details class=\"list\"><summary>" +
                       counted(std::ssize(report.schema_changes), "change") + "</summary>\n" +
                       paragraphs(report.schema_changes) + "</details>\n");
}

std::string facts(const Report& report, const View& view) {
    const std::string name = report.workspace_name == report.host + ":" + report.workspace_path
                                 ? ""
                                 : report.workspace_name;
    const auto code = [](const std::string& raw) {
        return raw.empty() ? "" : "<code>" + text(raw) + "</code>";
    };
    return "<dl class=\"facts\">\n" + fact("Workspace", text(name), "wide") +
           fact("Path", "<span class=\"path\">" + text(report.workspace_path) + "</span>", "wide") +
           fact("Run", code(report.run_id), "wide") +
           fact("Plan", code(report.fingerprint), "wide") + fact("Host", text(report.host)) +
           fact("Started", time_text(report.started_at)) +
           fact("Took", duration(report.seconds, view.pointer + "/seconds")) +
           fact("Ingot", text(report.tool_version)) + "</dl>\n";
}

}  // namespace ingot::html
