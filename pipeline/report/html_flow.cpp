// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ingot::html {
namespace {

constexpr const char* kArrow =
    "<svg class=\"arrow\" viewBox=\"0 0 48 16\" aria-hidden=\"true\"><path d=\"M1 8H45M39 2l6 "
    "6-6 6\"/></svg>";

/// One station of the flow.
struct Station {
    std::string name;
    std::string figure;
    std::string unit;
    std::string details;  ///< HTML.
    std::string place;    ///< Where it is, plain.
    bool is_absent = false;
};

std::string shown(const Station& station) {
    return fmt::format(
        "<li class=\"station{}\"><h3>{}</h3><p class=\"figure\">{} <span>{}</span></p>"
        "<p>{}</p><p class=\"place\">{}</p></li>\n",
        station.is_absent ? " absent" : "", station.name, station.figure, station.unit,
        station.details, text(station.place));
}

std::string link(const std::string& above, const std::string& below) {
    return fmt::format("<li class=\"link\"><span>{}</span>{}<span>{}</span></li>\n", above, kArrow,
                       below);
}

std::string file_changes(const FileCounts& files, const View& view) {
    const std::string at = view.pointer + "/files/";
    std::string out;
    const auto part = [&](std::int64_t count, const char* member, const char* word) {
        if (count == 0) return;
        out += fmt::format("{}{} {}", out.empty() ? "" : ", ", number(count, at + member), word);
    };
    part(files.created, "new", "new");
    part(files.changed, "changed", "changed");
    part(files.appended, "appended", "appended");
    part(files.renamed, "renamed", "renamed");
    part(files.unchanged, "unchanged", "unchanged");
    part(files.missing, "missing", "vanished");
    part(files.not_selected, "not_selected", "not selected");
    part(files.unmapped, "unmapped", "unmapped");
    part(files.unreadable, "unreadable", "unreadable");
    part(files.denied, "denied", "denied");
    part(files.link, "link", "links");
    return out;
}

std::string row_changes(const ChangeCounts& changes, const std::string& side, const View& view) {
    if (!changes.any()) return "no row changed";
    std::string out;
    const auto part = [&](std::int64_t count, const std::string& member) {
        if (count == 0) return;
        out += fmt::format("{}{} {}", out.empty() ? "" : ", ",
                           sum(count, view.pointer + "/tables/*/" + side + "/" + member), member);
    };
    part(changes.inserted, "inserted");
    part(changes.updated, "updated");
    part(changes.removed, "removed");
    return out;
}

Station files(const Report& report, const View& view) {
    if (report.files.seen == 0 && report.mode != "import" && report.mode != "dry-run")
        return {"Files", "–", "not looked at", "", report.workspace_path, true};
    return {"Files",
            number(report.files.seen, view.pointer + "/files/seen"),
            report.files.seen == 1 ? "source" : "sources",
            file_changes(report.files, view),
            report.workspace_path,
            false};
}

Station database(const char* name, const char* side, const std::optional<std::int64_t>& rows,
                 const ChangeCounts& changes, const std::string& place, const View& view) {
    if (!rows)
        return {name, "–", place.empty() ? "not part of this run" : "not reached", "", place, true};
    return {name,
            sum(*rows, view.pointer + "/tables/*/" + side + "/rows"),
            *rows == 1 ? "row" : "rows",
            row_changes(changes, side, view),
            place,
            false};
}

}  // namespace

std::string flow(const Report& report, const Totals& totals, const View& view) {
    const std::string quarantine =
        totals.rejected == 0
            ? "nothing quarantined"
            : sum(totals.rejected, view.pointer + "/rejects/*/count") + " in quarantine";
    std::string compared;
    if (totals.sqlite_rows && totals.postgres_rows)
        compared = *totals.sqlite_rows == *totals.postgres_rows ? "equal numbers of rows"
                                                                : "numbers of rows differ";
    const bool was_read = report.files.seen > 0;
    const std::string stations =
        shown(files(report, view)) +
        link(was_read ? size(report.bytes.seen, view.pointer + "/bytes/seen") : "",
             report.tables.empty() ? "" : quarantine) +
        shown(database("SQLite", "sqlite", totals.sqlite_rows, totals.sqlite, report.sqlite_path,
                       view)) +
        link("", compared) +
        shown(database("PostgreSQL", "postgres", totals.postgres_rows, totals.postgres,
                       report.postgres_target, view));
    return section(view, "flow", "Flow", "", "<ol class=\"flow\">\n" + stations + "</ol>\n");
}

std::string bytes(const Report& report, const View& view) {
    const ByteCounts& b = report.bytes;
    if (b.seen == 0) return "";
    struct Part {
        const char* member;
        const char* kind;
        const char* word;
        std::int64_t count;
    };
    const std::array parts{Part{"in_rows", "rows", "in rows", b.in_rows},
                           Part{"rejected", "rejected", "in quarantine", b.rejected},
                           Part{"blank", "blank", "blank", b.blank},
                           Part{"pending", "pending", "unfinished last lines", b.pending},
                           Part{"unaccounted", "bad", "unaccounted for", b.unaccounted()}};
    std::string rects;
    std::string legend;
    double at = 0;
    for (const Part& part : parts) {
        const double share = 100 * static_cast<double>(std::max<std::int64_t>(part.count, 0)) /
                             static_cast<double>(b.seen);
        // What is there is seen, however little it is.
        const double width = part.count > 0 ? std::max(share, 0.4) : 0;
        rects += fmt::format("<rect class=\"{}\" x=\"{:.2f}\" width=\"{:.2f}\" height=\"8\"/>",
                             part.kind, std::min(at, 100 - width), width);
        at += share;
        legend += fmt::format(
            "<div class=\"{}\"><dt><i class=\"{}\"></i>{}</dt><dd>{} <span>bytes</span></dd>"
            "</div>\n",
            part.count == 0 ? "none" : "some", part.kind, part.word,
            number(part.count, view.pointer + "/bytes/" + part.member));
    }
    const std::string chart = fmt::format(
        "<svg class=\"stack\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" role=\"img\" "
        "aria-label=\"Bytes by what became of them\">{}</svg>\n<dl class=\"legend\">\n{}</dl>\n",
        rects, legend);
    return section(view, "bytes", "Where every byte went",
                   b.unaccounted() == 0 ? "all accounted for" : "not all accounted for", chart);
}

}  // namespace ingot::html
