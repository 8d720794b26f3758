// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/html.hpp"

#include "pipeline/model/time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ingot::html {
namespace {

constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::int64_t kMostBars = 120;

struct Day {
    std::int64_t number = 0;  ///< Since 1970.
    std::int64_t rows = 0;
};

/// Some bars of equal width in days, and what lies outside of them.
struct Chart {
    std::int64_t first = 0, width = 1;
    std::vector<std::int64_t> bars;
    std::int64_t before = 0, after = 0;  ///< Rows outside.
};

std::vector<Day> days_of(const Report& report) {
    std::vector<Day> days;
    for (const auto& [day, rows] : report.days)
        if (const auto time = parse_canonical_time(day + "T00:00:00.000000Z"))
            days.push_back({time->us / kDayUs - (time->us % kDayUs < 0 ? 1 : 0), rows});
    std::ranges::sort(days, {}, &Day::number);
    return days;
}

std::string date(std::int64_t day) {
    const CivilTime t = to_civil({day * kDayUs});
    return fmt::format("{:04}-{:02}-{:02}", t.year, t.month, t.day);
}

/// The days between which all but a hundredth of the rows lie: a lone row of 1970 must not press the
/// rest of the chart flat.
std::pair<std::int64_t, std::int64_t> core(const std::vector<Day>& days) {
    const std::int64_t total =
        std::accumulate(days.begin(), days.end(), std::int64_t{0},
                        [](std::int64_t rows, const Day& day) { return rows + day.rows; });
    std::pair<std::int64_t, std::int64_t> ends{days.front().number, days.back().number};
    std::int64_t rows = 0;
    for (const Day& day : days) {
        if (rows * 200 <= total) ends.first = day.number;
        if ((total - rows) * 200 > total) ends.second = day.number;
        rows += day.rows;
    }
    return ends;
}

Chart chart_of(const std::vector<Day>& days) {
    std::int64_t first = days.front().number;
    std::int64_t last = days.back().number;
    const auto [core_first, core_last] = core(days);
    if (last - first > 4 * (core_last - core_first + 7)) {
        first = std::max(first, core_first);
        last = std::min(last, core_last);
    }
    Chart chart{.first = first, .bars = {}};
    const std::int64_t span = last - first + 1;
    chart.width = (span + kMostBars - 1) / kMostBars;
    chart.bars.resize(static_cast<std::size_t>((span + chart.width - 1) / chart.width));
    for (const Day& day : days) {
        if (day.number < first) {
            chart.before += day.rows;
        } else if (day.number > last) {
            chart.after += day.rows;
        } else {
            chart.bars[static_cast<std::size_t>((day.number - first) / chart.width)] += day.rows;
        }
    }
    return chart;
}

std::string rects(const Chart& chart, std::int64_t most) {
    std::string out;
    for (std::size_t i = 0; i < chart.bars.size(); ++i) {
        const std::int64_t rows = chart.bars[i];
        if (rows == 0) continue;
        const double height =
            std::max(1.5, 100 * static_cast<double>(rows) / static_cast<double>(most));
        const std::int64_t from = chart.first + static_cast<std::int64_t>(i) * chart.width;
        out += fmt::format(
            "<rect x=\"{}.1\" y=\"{:.1f}\" width=\".8\" height=\"{:.1f}\"><title>{}{}: {}</title>"
            "</rect>",
            i, 100 - height, height, date(from),
            chart.width == 1 ? "" : " to " + date(from + chart.width - 1), counted(rows, "row"));
    }
    return out;
}

std::string outside(const Chart& chart) {
    std::string out;
    if (chart.before > 0)
        out += fmt::format("; {} before {} not drawn", counted(chart.before, "row"),
                           date(chart.first));
    if (chart.after > 0) out += fmt::format("; {} later not drawn", counted(chart.after, "row"));
    return out;
}

}  // namespace

std::string days(const Report& report, const View& view) {
    const std::vector<Day> days = days_of(report);
    if (days.empty()) return "";
    const Chart chart = chart_of(days);
    const std::int64_t most = *std::ranges::max_element(chart.bars);
    std::int64_t total = 0;
    for (const auto& [day, rows] : report.days) total += rows;
    const std::int64_t last =
        chart.first + static_cast<std::int64_t>(chart.bars.size()) * chart.width - 1;
    const std::string body = fmt::format(
        "<figure class=\"days\"><p class=\"scale\">{} <span>at most in {}</span></p>"
        "<svg viewBox=\"0 0 {} 100\" preserveAspectRatio=\"none\" role=\"img\" "
        "aria-label=\"Rows per day from {} to {}\">{}</svg>"
        "<figcaption><span>{}</span><span>{}</span></figcaption></figure>\n",
        grouped(most), chart.width == 1 ? "a day" : grouped(chart.width) + " days",
        std::max<std::size_t>(chart.bars.size(), 20), date(chart.first), date(last),
        rects(chart, most), date(chart.first), chart.bars.size() < 20 ? "" : date(last));
    std::string note = sum(total, view.pointer + "/days/*/rows") + " with a time, on " +
                       counted(static_cast<std::int64_t>(days.size()), "day") + " (UTC)" +
                       outside(chart);
    if (report.truncated.days > 0)
        note += "; " + counted(report.truncated.days, "older day") + " left out of what was stored";
    return section(view, "days", "Rows over time", note, body);
}

}  // namespace ingot::html
