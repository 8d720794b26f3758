// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/rename/rename_plan.hpp"
#include "loaders/schema/rename/source_scan.hpp"

#include "pipeline/report/document.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ingot {

/// A rename plan, the SQL in source files that it touches, and the files of the pack.
struct RenameReport {
    const schema::Target& target;
    const schema::rename::Plan& plan;
    std::optional<schema::rename::Scan> scan = {};
    std::vector<std::string> pack = {};
};

std::string rename_text(const RenameReport& report);

/// One JSON document with schema_version.
std::string rename_json(const RenameReport& report);

/// For the files of --report.
document::Document rename_document(const RenameReport& report);

}  // namespace ingot
