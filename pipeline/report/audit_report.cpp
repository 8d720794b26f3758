// SPDX-License-Identifier: MIT
#include "pipeline/report/audit_report.hpp"

#include "pipeline/report/figures.hpp"
#include "pipeline/report/pack_text.hpp"
#include "pipeline/report/printable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ingot {
namespace {

using schema::audit::Finding;
using schema::audit::Result;
using schema::audit::Severity;
using JsonDocument = nlohmann::ordered_json;

std::string counted_of(std::size_t number, std::string_view noun) {
    return counted(static_cast<std::int64_t>(number), noun);
}

std::string finding_text(const Finding& found) {
    const bool names_table = !found.table.empty() && found.object != "table " + found.table;
    std::string text =
        fmt::format("{:<7} {}: {}{}\n", name_of(found.severity), found.check,
                    printable(found.object), names_table ? " of " + printable(found.table) : "");
    text +=
        fmt::format("    what  {}\n    why   {}\n", printable(found.what), printable(found.why));
    if (!found.mend.empty()) text += fmt::format("    mend  {};\n", printable(found.mend));
    return text;
}

JsonDocument finding_json(const Finding& found) {
    const auto maybe = [](const std::string& text) {
        return text.empty() ? JsonDocument() : JsonDocument(text);
    };
    return {{"check", found.check},      {"severity", name_of(found.severity)},
            {"object", found.object},    {"table", maybe(found.table)},
            {"what", found.what},        {"why", found.why},
            {"mend", maybe(found.mend)}, {"in_pack", found.step.has_value()}};
}

}  // namespace

std::string audit_text(const schema::Target& target, const Result& result,
                       const std::vector<std::string>& pack, bool verbose) {
    std::string text;
    for (const Finding& found : result.findings) text += finding_text(found);
    if (!result.findings.empty()) text += "\n";
    if (verbose)
        for (const std::string& note : result.notes) text += "note: " + printable(note) + "\n";
    text += fmt::format("{}, schema {}: {}, {}, {}: {}, {}, {} advised\n", printable(target.name()),
                        printable(target.schema()), counted_of(result.tables, "table"),
                        result.indexes == 1
                            ? "1 index"
                            : grouped(static_cast<std::int64_t>(result.indexes)) + " indexes",
                        counted_of(result.constraints, "constraint"),
                        counted_of(result.count(Severity::error), "error"),
                        counted_of(result.count(Severity::warning), "warning"),
                        grouped(static_cast<std::int64_t>(result.count(Severity::advice))));
    return text + pack_text(pack);
}

std::string audit_json(const schema::Target& target, const Result& result,
                       const std::vector<std::string>& pack) {
    JsonDocument findings = JsonDocument::array();
    for (const Finding& found : result.findings) findings.push_back(finding_json(found));
    const JsonDocument document{{"schema_version", 1},
                                {"tool_version", INGOT_VERSION},
                                {"database", target.name()},
                                {"schema", target.schema()},
                                {"tables", result.tables},
                                {"indexes", result.indexes},
                                {"constraints", result.constraints},
                                {"counts",
                                 {{"error", result.count(Severity::error)},
                                  {"warning", result.count(Severity::warning)},
                                  {"advice", result.count(Severity::advice)}}},
                                {"findings", findings},
                                {"notes", result.notes},
                                {"pack", pack}};
    return document.dump(2, ' ', false, JsonDocument::error_handler_t::replace);
}

}  // namespace ingot
