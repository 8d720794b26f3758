// SPDX-License-Identifier: MIT
#include "pipeline/report/report.hpp"

#include <algorithm>
#include <numeric>

namespace ingot {
namespace {

constexpr std::size_t kDays = 3'660;
constexpr std::size_t kExamples = 3;
constexpr std::size_t kExampleBytes = 200;

bool has_something_to_tell(const SourceLine& line) {
    return line.rejects > 0 || line.status == "unreadable" || line.change == "missing";
}

std::int64_t keep_sources(std::vector<SourceLine>& sources) {
    if (sources.size() <= kStoredSources) return 0;
    const auto left_out = static_cast<std::int64_t>(sources.size() - kStoredSources);
    std::vector<std::size_t> order(sources.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        const bool first = has_something_to_tell(sources[a]);
        const bool second = has_something_to_tell(sources[b]);
        return first != second ? first : sources[a].bytes > sources[b].bytes;
    });
    order.resize(kStoredSources);
    std::ranges::sort(order);
    std::vector<SourceLine> kept;
    kept.reserve(kStoredSources);
    for (const std::size_t i : order) kept.push_back(std::move(sources[i]));
    sources = std::move(kept);
    return left_out;
}

/// The youngest days stay.
std::int64_t keep_days(std::vector<std::pair<std::string, std::int64_t>>& days) {
    if (days.size() <= kDays) return 0;
    const std::size_t left_out = days.size() - kDays;
    days.erase(days.begin(), days.begin() + static_cast<std::ptrdiff_t>(left_out));
    return static_cast<std::int64_t>(left_out);
}

template <class Example> std::int64_t keep_examples(std::vector<Example>& examples) {
    if (examples.size() <= kExamples) return 0;
    const std::size_t left_out = examples.size() - kExamples;
    examples.resize(kExamples);
    return static_cast<std::int64_t>(left_out);
}

void shorten(std::string& text) {
    if (text.size() <= kExampleBytes) return;
    std::size_t end = kExampleBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text = text.substr(0, end) + "…";
}

}  // namespace

std::vector<FamilyLine> family_lines(const Report& report) {
    if (!report.families.empty()) return report.families;
    std::map<std::string, FamilyLine> families;
    for (const SourceLine& source : report.sources) {
        FamilyLine& line = families[source.family];
        line.family = source.family;
        ++line.files;
        line.bytes += source.bytes;
        line.records += source.records;
        line.rows += source.rows;
        line.rejects += source.rejects;
    }
    std::vector<FamilyLine> lines;
    for (auto& [name, line] : families) lines.push_back(std::move(line));
    return lines;
}

Report truncated(Report report) {
    Truncation& left_out = report.truncated;
    report.families = family_lines(report);
    left_out.sources += keep_sources(report.sources);
    left_out.days += keep_days(report.days);
    for (TableLine& table : report.tables)
        for (CheckResult& check : table.checks) {
            left_out.examples += keep_examples(check.examples);
            std::ranges::for_each(check.examples, shorten);
        }
    for (RejectLine& line : report.rejects) {
        left_out.examples += keep_examples(line.examples);
        for (RejectExample& example : line.examples) shorten(example.excerpt);
    }
    return report;
}

}  // namespace ingot
