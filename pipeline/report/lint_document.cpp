// SPDX-License-Identifier: MIT
#include "pipeline/report/finding_item.hpp"
#include "pipeline/report/lint_report.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ingot {

using lint::Finding;
using lint::Severity;

document::Document lint_document(const std::vector<lint::Script>& scripts,
                                 const lint::Result& result) {
    const auto number_of = [&](Severity severity) {
        return static_cast<std::int64_t>(result.count(severity));
    };
    const FindingCounts counts{number_of(Severity::error), number_of(Severity::warning)};
    document::Document out{.verdict = counts.verdict(),
                           .title = result.findings.empty() ? "No findings" : counts.title(),
                           .command = "schema lint",
                           .subject = scripts.size() == 1 ? scripts.front().name : "SQL files",
                           .json = lint_json(scripts, result) + "\n"};
    out.facts = {{"Statements",
                  document::count(static_cast<std::int64_t>(result.statements), "/statements")},
                 {"Silenced",
                  document::count(static_cast<std::int64_t>(result.silenced), "/counts/silenced")}};
    document::Items list{.heads = {}, .items = {}};
    for (const Finding& found : result.findings) {
        const std::string severity(name_of(found.severity));
        const std::string place = fmt::format("{}:{}:{}", scripts[found.file].name,
                                              found.position.line, found.position.column);
        document::Item item =
            finding_item(severity, place + " " + std::string(found.rule->id) + ": " + found.says,
                         std::string(found.rule->why), "");
        item.body.push_back({document::Paragraph{"Instead: " + std::string(found.rule->instead)}});
        list.items.push_back(std::move(item));
        out.cases.push_back(finding_case(scripts[found.file].name,
                                         std::string(found.rule->id) + " at " + place, severity,
                                         found.says));
    }
    for (std::size_t i = 0; i < scripts.size(); ++i)
        if (std::ranges::find(result.findings, i, &Finding::file) == result.findings.end())
            out.cases.push_back({.suite = scripts[i].name, .name = "has no findings"});
    add_findings(std::move(list), {}, {}, out);
    return out;
}

}  // namespace ingot
