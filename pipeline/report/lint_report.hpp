// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/lint.hpp"

#include "pipeline/report/document.hpp"

#include <string>
#include <vector>

namespace ingot {

/// Findings for people: place, what, why, what to write instead; then the counts.
std::string lint_text(const std::vector<lint::Script>& scripts, const lint::Result& result);

/// One JSON document with schema_version.
std::string lint_json(const std::vector<lint::Script>& scripts, const lint::Result& result);

/// One SARIF 2.1.0 document, as code hosts read it.
std::string lint_sarif(const std::vector<lint::Script>& scripts, const lint::Result& result);

/// For the files of --report.
document::Document lint_document(const std::vector<lint::Script>& scripts,
                                 const lint::Result& result);

}  // namespace ingot
