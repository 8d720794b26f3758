// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/report/schema_report.hpp"

#include <nlohmann/json.hpp>

/// Parts of the JSON document of a schema command. A member that does not apply is null.
namespace ingot::schema_parts {

using Json = nlohmann::ordered_json;

/// null for no text.
Json filled(const std::string& text);

Json plan(const schema::Plan& plan);
Json down(const schema::DownPlan& plan);
Json run(const schema::RunResult& run);
Json verification(const SchemaReport& report);
Json rehearsal(const schema::Rehearsal& rehearsal);
Json answers(const PackFacts& about, const std::vector<schema::Answer>& answers);
Json tables(const std::vector<schema::TableSize>& tables);
Json drift(const std::vector<schema::Drift>& drift);
Json applied(const std::vector<schema::AppliedMigration>& applied);

}  // namespace ingot::schema_parts
