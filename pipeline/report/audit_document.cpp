// SPDX-License-Identifier: MIT
#include "pipeline/report/audit_report.hpp"
#include "pipeline/report/finding_item.hpp"

#include <algorithm>

namespace ingot {

using document::Document;
using document::Items;
using schema::audit::Finding;
using schema::audit::Severity;

document::Document audit_document(const schema::Target& target, const schema::audit::Result& result,
                                  const std::vector<std::string>& pack) {
    const auto number_of = [&](Severity severity) {
        return static_cast<std::int64_t>(result.count(severity));
    };
    const FindingCounts counts{number_of(Severity::error), number_of(Severity::warning)};
    Document out{.verdict = counts.verdict(),
                 .title = result.findings.empty() ? "Nothing to mend" : counts.title(),
                 .command = "schema audit",
                 .subject = target.name(),
                 .json = audit_json(target, result, pack) + "\n"};
    out.facts = {
        {"Database", document::code(target.name())},
        {"Schema", document::code(target.schema())},
        {"Tables", document::count(static_cast<std::int64_t>(result.tables), "/tables")},
        {"Indexes", document::count(static_cast<std::int64_t>(result.indexes), "/indexes")},
        {"Constraints",
         document::count(static_cast<std::int64_t>(result.constraints), "/constraints")}};
    Items list{.heads = {}, .items = {}};
    for (const Finding& found : result.findings) {
        const std::string name(found.check);
        list.items.push_back(finding_item(std::string(name_of(found.severity)),
                                          found.object + ": " + found.what, found.why, found.mend));
        out.cases.push_back(
            finding_case(name, found.object, std::string(name_of(found.severity)), found.what));
    }
    for (const schema::audit::Check& check : schema::audit::checks())
        if (std::ranges::find(result.findings, check.name, &Finding::check) ==
            result.findings.end())
            out.cases.push_back(
                {.suite = std::string(check.name), .name = std::string(check.says)});
    add_findings(std::move(list), result.notes, pack, out);
    return out;
}

}  // namespace ingot
