// SPDX-License-Identifier: MIT
#include "pipeline/report/rename_report.hpp"

#include <nlohmann/json.hpp>

namespace ingot {
namespace {

using JsonDocument = nlohmann::ordered_json;
using schema::rename::NewName;
using schema::rename::Scan;
using schema::rename::TablePlan;
using schema::rename::Use;

JsonDocument table_json(Dialect dialect, const TablePlan& table) {
    JsonDocument names = JsonDocument::array();
    for (const NewName& each : table.names)
        names.push_back({{"kind", each.kind}, {"from", each.from}, {"to", each.to}});
    const bool own = dialect == Dialect::postgres;
    return {{"from", table.from},
            {"to", table.to},
            {"rows", table.rows},
            {"bytes", table.bytes},
            {"names", names},
            {"foreign_keys", table.keys_out},
            {"referring_keys", table.keys_in},
            {"views", table.views},
            {"triggers", table.triggers},
            {"routines", table.routines},
            {"conflicts", table.conflicts},
            {"advice", table.advice},
            {"lock", own ? "AccessExclusive" : "Exclusive"},
            {"effort", "catalog"},
            {"statements", table.statements},
            {"expected_ms", table.expected_ms}};
}

JsonDocument scan_json(const Scan& scan) {
    JsonDocument uses = JsonDocument::array();
    for (const Use& use : scan.uses)
        uses.push_back(
            {{"file", use.file}, {"line", use.line}, {"table", use.table}, {"text", use.text}});
    return {{"files", scan.files}, {"left_out", scan.left_out}, {"uses", uses}};
}

}  // namespace

std::string rename_json(const RenameReport& report) {
    JsonDocument tables = JsonDocument::array();
    for (const TablePlan& table : report.plan.tables)
        tables.push_back(table_json(report.plan.dialect, table));
    const JsonDocument document{{"schema_version", 1},
                                {"tool_version", INGOT_VERSION},
                                {"database", report.target.name()},
                                {"schema", report.target.schema()},
                                {"rows", report.plan.rows},
                                {"expected_ms", report.plan.expected_ms},
                                {"disk_bytes", report.plan.disk_bytes},
                                {"conflicts", report.plan.conflicts()},
                                {"tables", tables},
                                {"left", report.plan.left},
                                {"scan", report.scan ? scan_json(*report.scan) : JsonDocument()},
                                {"pack", report.pack}};
    return document.dump(2, ' ', false, JsonDocument::error_handler_t::replace);
}

}  // namespace ingot
