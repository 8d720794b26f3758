// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/report/schema_report.hpp"

/// Parts of what a schema command says on a terminal.
namespace ingot::schema_lines {

/// "  covered   text": a state in its column, text that hangs behind it.
std::string stated(std::string_view state, const std::string& text, std::size_t width);
/// The heading of a migration.
std::string migration(std::int64_t version, const std::string& name, const std::string& more);

std::string plan(const schema::Plan& plan, std::size_t width);
std::string down(const schema::DownPlan& plan, bool verbose, std::size_t width);
std::string verification(const SchemaReport& report, bool verbose, std::size_t width);
std::string rehearsal(const schema::Rehearsal& rehearsal, bool verbose, std::size_t width);
std::string answers(const PackFacts& about, const std::vector<schema::Answer>& answers,
                    std::size_t width);
std::string tables(const std::vector<schema::TableSize>& tables, std::size_t width);

}  // namespace ingot::schema_lines
