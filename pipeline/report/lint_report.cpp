// SPDX-License-Identifier: MIT
#include "pipeline/report/lint_report.hpp"

#include "pipeline/report/figures.hpp"
#include "pipeline/report/printable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iterator>

namespace ingot {
namespace {

using lint::Finding;
using lint::Severity;
using JsonDocument = nlohmann::ordered_json;

std::string counted(std::size_t number, const char* one) {
    return grouped(static_cast<std::int64_t>(number)) + " " + one + (number == 1 ? "" : "s");
}

std::string dumped(const JsonDocument& document) {
    return document.dump(2, ' ', false, JsonDocument::error_handler_t::replace);
}

/// A file name as a relative reference: what is no plain character is escaped.
std::string uri(const std::string& name) {
    std::string text;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') ||
                           std::string_view("-._~/").find(c) != std::string_view::npos;
        if (plain)
            text += c;
        else
            fmt::format_to(std::back_inserter(text), "%{:02X}", static_cast<unsigned char>(c));
    }
    return text.starts_with('/') ? "file://" + text : text;
}

JsonDocument sarif_rules() {
    JsonDocument list = JsonDocument::array();
    for (const lint::Rule& rule : lint::rules())
        list.push_back({{"id", rule.id},
                        {"shortDescription", {{"text", rule.id}}},
                        {"fullDescription", {{"text", rule.why}}},
                        {"help", {{"text", "Instead: " + std::string(rule.instead)}}},
                        {"defaultConfiguration", {{"level", name_of(rule.severity)}}}});
    return list;
}

JsonDocument sarif_result(const std::vector<lint::Script>& scripts, const Finding& found) {
    const JsonDocument place{
        {"artifactLocation", {{"uri", uri(scripts[found.file].name)}, {"index", found.file}}},
        {"region", {{"startLine", found.position.line}, {"startColumn", found.position.column}}}};
    return {{"ruleId", found.rule->id},
            {"ruleIndex", found.rule - lint::rules().data()},
            {"level", name_of(found.severity)},
            {"message",
             {{"text", found.says + ". " + std::string(found.rule->why) +
                           " Instead: " + std::string(found.rule->instead)}}},
            {"locations", JsonDocument::array({JsonDocument{{"physicalLocation", place}}})}};
}

}  // namespace

std::string lint_text(const std::vector<lint::Script>& scripts, const lint::Result& result) {
    std::string text;
    for (const Finding& found : result.findings)
        text += fmt::format("{}:{}:{}: {} {}\n    what     {}\n    why      {}\n    instead  {}\n",
                            printable(scripts[found.file].name), found.position.line,
                            found.position.column, name_of(found.severity), found.rule->id,
                            printable(found.says), found.rule->why, found.rule->instead);
    if (!result.findings.empty()) text += "\n";
    text += counted(scripts.size(), "file") + ", " + counted(result.statements, "statement") +
            ": " + counted(result.count(Severity::error), "error") + ", " +
            counted(result.count(Severity::warning), "warning") + ", " +
            counted(result.count(Severity::note), "note");
    if (result.silenced > 0) text += "; " + counted(result.silenced, "finding") + " silenced";
    return text + "\n";
}

std::string lint_json(const std::vector<lint::Script>& scripts, const lint::Result& result) {
    JsonDocument files = JsonDocument::array();
    for (const lint::Script& script : scripts) files.push_back(script.name);
    JsonDocument findings = JsonDocument::array();
    for (const Finding& found : result.findings)
        findings.push_back({{"rule", found.rule->id},
                            {"severity", name_of(found.severity)},
                            {"file", scripts[found.file].name},
                            {"line", found.position.line},
                            {"column", found.position.column},
                            {"message", found.says},
                            {"why", found.rule->why},
                            {"instead", found.rule->instead}});
    return dumped({{"schema_version", 1},
                   {"tool_version", INGOT_VERSION},
                   {"files", files},
                   {"statements", result.statements},
                   {"counts",
                    {{"error", result.count(Severity::error)},
                     {"warning", result.count(Severity::warning)},
                     {"note", result.count(Severity::note)},
                     {"silenced", result.silenced}}},
                   {"findings", findings}});
}

std::string lint_sarif(const std::vector<lint::Script>& scripts, const lint::Result& result) {
    JsonDocument artifacts = JsonDocument::array();
    for (const lint::Script& script : scripts)
        artifacts.push_back({{"location", {{"uri", uri(script.name)}}}});
    JsonDocument results = JsonDocument::array();
    for (const Finding& found : result.findings) results.push_back(sarif_result(scripts, found));
    const JsonDocument driver{
        {"name", "ingot"}, {"version", INGOT_VERSION}, {"rules", sarif_rules()}};
    const JsonDocument run{{"tool", {{"driver", driver}}},
                           {"columnKind", "unicodeCodePoints"},
                           {"artifacts", artifacts},
                           {"results", results}};
    return dumped({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", JsonDocument::array({run})}});
}

}  // namespace ingot
