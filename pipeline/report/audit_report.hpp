// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/audit/finding.hpp"

#include "pipeline/report/document.hpp"

#include <string>
#include <vector>

namespace ingot {

/// Findings for people: object, what, why, the statement that mends; then the counts, and the files of
/// the pack that was written. `verbose`: with what could not be judged.
std::string audit_text(const schema::Target& target, const schema::audit::Result& result,
                       const std::vector<std::string>& pack, bool verbose);

/// One JSON document with schema_version.
std::string audit_json(const schema::Target& target, const schema::audit::Result& result,
                       const std::vector<std::string>& pack);

/// For the files of --report.
document::Document audit_document(const schema::Target& target, const schema::audit::Result& result,
                                  const std::vector<std::string>& pack);

}  // namespace ingot
