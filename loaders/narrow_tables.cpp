// SPDX-License-Identifier: MIT
#include "loaders/narrow_tables.hpp"

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {
namespace {

Table without(Table table, std::string_view name) {
    std::erase_if(table.columns, [&](const Column& column) { return column.name == name; });
    return table;
}

}  // namespace

const Table& runs_without_report() {
    static const Table table = without(table_of<ImportRun>(), "report");
    return table;
}

const Table& segments_without_payload() {
    static const Table table = without(table_of<SourceSegment>(), "payload");
    return table;
}

}  // namespace ingot
