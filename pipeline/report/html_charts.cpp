// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ingot::html {
namespace {

double share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::string families(const Report& report, const View& view) {
    const std::vector<FamilyLine> lines = family_lines(report);
    if (lines.empty()) return "";
    std::int64_t most_bytes = 0;
    std::int64_t most_rows = 0;
    for (const FamilyLine& line : lines) {
        most_bytes = std::max(most_bytes, line.bytes);
        most_rows = std::max(most_rows, line.rows);
    }
    std::string rows;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const FamilyLine& line = lines[i];
        const std::string at = fmt::format("{}/families/{}/", view.pointer, i);
        rows += fmt::format(
            "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td>"
            "<td class=\"chart\">{}</td><td class=\"n\">{}</td><td class=\"chart\">{}</td>"
            "<td class=\"n\">{}</td></tr>\n",
            text(line.family), number(line.files, at + "files"), size(line.bytes, at + "bytes"),
            bar(share(line.bytes, most_bytes), "bytes"), number(line.rows, at + "rows"),
            bar(share(line.rows, most_rows), "rows"), number(line.rejects, at + "rejects"));
    }
    return section(view, "families", "Families", "",
                   "<div class=\"scroll\"><table class=\"families\">\n<thead><tr><th "
                   "scope=\"col\">family</th><th scope=\"col\" class=\"n\">sources</th><th "
                   "scope=\"col\" class=\"n\">size</th><td class=\"chart\"></td><th scope=\"col\" "
                   "class=\"n\">rows</th><td class=\"chart\"></td><th scope=\"col\" "
                   "class=\"n\">rejected</th></tr></thead>\n<tbody>\n" +
                       rows + "</tbody></table></div>\n");
}

std::string timings(const Report& report, const View& view) {
    struct Phase {
        const char* member;
        const char* word;
        double seconds;
    };
    const Timings& t = report.timings;
    const std::array phases{
        Phase{"scan", "scan", t.scan}, Phase{"extract", "extract and store", t.extract},
        Phase{"sqlite", "fold, index and sync", t.sqlite}, Phase{"validate", "check", t.validate},
        Phase{"postgres", "publish", t.postgres}};
    double longest = 0;
    for (const Phase& phase : phases) longest = std::max(longest, phase.seconds);
    std::string rows;
    for (const Phase& phase : phases) {
        if (phase.seconds <= 0) continue;
        rows += fmt::format("<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td "
                            "class=\"chart\">{}</td></tr>\n",
                            phase.word,
                            duration(phase.seconds, view.pointer + "/timings/" + phase.member),
                            bar(phase.seconds / longest, "time"));
    }
    const std::string note = duration(report.seconds, view.pointer + "/seconds") +
                             " in all, peak memory " +
                             size(report.peak_rss_bytes, view.pointer + "/peak_rss_bytes");
    return section(view, "timings", "Timings", note,
                   "<table class=\"bars\"><tbody>\n" + rows + "</tbody></table>\n");
}

}  // namespace ingot::html
