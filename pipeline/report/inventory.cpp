// SPDX-License-Identifier: MIT
#include "pipeline/inventory.hpp"

#include "pipeline/report/printable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ingot {
namespace {

using JsonDocument = nlohmann::ordered_json;

std::string joined(const std::map<std::string, std::int64_t>& counts) {
    std::string out;
    for (const auto& [name, number] : counts)
        out += fmt::format("{}{} {}", out.empty() ? "" : ", ", name, number);
    return out;
}

/// Sources that are not simply loaded or unmapped, each with its reason.
std::string odd_sources(const Inventory& inventory) {
    std::string out;
    for (const SourcePlan& source : inventory.plan.sources) {
        if (source.status == "loaded" || source.status == "unmapped") continue;
        std::string line = source.source.path;
        if (!source.file.link_target.empty()) line += " -> " + source.file.link_target;
        if (!source.error.empty()) line += " (" + source.error + ")";
        out += fmt::format("  {:<11} {}\n", source.status, printable(line));
    }
    return out.empty() ? "" : "\nnot read\n" + out;
}

std::string schemas(const Inventory& inventory) {
    std::string out;
    for (const StateSchema& table : inventory.databases)
        out += "\n" + printable(fmt::format("{}: {} ({})", table.path, table.table,
                                            fmt::join(table.columns, ", ")));
    if (!out.empty()) out += "\n";
    for (const auto& [extractor, paths] : inventory.key_paths) {
        out += "\nkeys of " + extractor + "\n";
        for (const auto& [path, types] : paths)
            out += fmt::format("  {:<60} {}\n", printable(path), joined(types));
    }
    return out;
}

JsonDocument source_json(const SourcePlan& source) {
    return {{"path", source.source.path},
            {"status", source.status},
            {"family", source.family},
            {"extractor", source.extractor == nullptr ? JsonDocument(nullptr)
                                                      : JsonDocument(source.extractor->name)},
            {"bytes", source.file.size},
            {"link_target", source.file.link_target.empty()
                                ? JsonDocument(nullptr)
                                : JsonDocument(source.file.link_target)},
            {"error", source.error.empty() ? JsonDocument(nullptr) : JsonDocument(source.error)}};
}

}  // namespace

std::string text_inventory(const Inventory& inventory, const Workspace& workspace,
                           const Options& options) {
    std::string out = fmt::format("scan     {}\n", printable(workspace.path));
    for (const std::string& other : workspace.others)
        out += "note     another workspace below, not part of this one: " + printable(other) + "\n";
    out += fmt::format("\n{:<11} {:>7} {:>14}{}  extractors\n", "family", "files", "bytes",
                       options.records ? fmt::format(" {:>10} {:>9}", "records", "rejected") : "");
    for (const auto& [name, family] : inventory.families)
        out += fmt::format(
            "{:<11} {:>7} {:>14}{}  {}\n", name, family.files, family.bytes,
            options.records ? fmt::format(" {:>10} {:>9}", family.records, family.rejected) : "",
            joined(family.extractors));
    out += "\nsources  " + joined(inventory.statuses) + "\n" + odd_sources(inventory);
    out += "\nbiggest\n";
    for (const SourcePlan* source : inventory.biggest)
        out += fmt::format("  {:>14}  {}\n", source->source.size, printable(source->source.path));
    return out + schemas(inventory);
}

std::string json_inventory(const Inventory& inventory, const Workspace& workspace,
                           const Options& options) {
    JsonDocument families = JsonDocument::array();
    for (const auto& [name, family] : inventory.families)
        families.push_back(
            {{"family", name},
             {"files", family.files},
             {"bytes", family.bytes},
             {"records", options.records ? JsonDocument(family.records) : JsonDocument(nullptr)},
             {"rejected", options.records ? JsonDocument(family.rejected) : JsonDocument(nullptr)},
             {"extractors", family.extractors}});
    JsonDocument sources = JsonDocument::array();
    for (const SourcePlan& source : inventory.plan.sources) sources.push_back(source_json(source));
    JsonDocument databases = JsonDocument::array();
    for (const StateSchema& table : inventory.databases)
        databases.push_back(
            {{"path", table.path}, {"table", table.table}, {"columns", table.columns}});
    const JsonDocument document{
        {"schema_version", 1},
        {"workspace",
         {{"id", std::to_string(workspace.id)},
          {"name", workspace.name},
          {"path", workspace.path},
          {"host", workspace.host}}},
        {"other_workspaces", workspace.others},
        {"statuses", inventory.statuses},
        {"families", families},
        {"sources", sources},
        {"databases", options.schema ? databases : JsonDocument(nullptr)},
        {"key_paths", options.schema ? JsonDocument(inventory.key_paths) : JsonDocument(nullptr)}};
    return document.dump(2, ' ', false, JsonDocument::error_handler_t::replace) + "\n";
}

}  // namespace ingot
