// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/errors.hpp"
#include "pipeline/report/document.hpp"

namespace ingot {

/// One JSON document for a command that ended before it had anything to report; ends with a line feed.
std::string failure_json(const RunError& error);

/// The same for the files of --report. `command`: "schema audit".
document::Document failure_document(const std::string& command, const RunError& error);

}  // namespace ingot
