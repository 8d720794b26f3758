// SPDX-License-Identifier: MIT
#include "pipeline/report/failure_report.hpp"

#include <nlohmann/json.hpp>

namespace ingot {

std::string failure_json(const RunError& error) {
    const nlohmann::ordered_json failure{{"schema_version", 1},
                                         {"ok", false},
                                         {"exit_code", static_cast<int>(error.exit)},
                                         {"error", error.what()}};
    return failure.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

document::Document failure_document(const std::string& command, const RunError& error) {
    document::Document failure{.verdict = document::Mark::bad,
                               .title = "ingot " + command + " failed",
                               .command = command,
                               .subject = command,
                               .error = error.what(),
                               .json = failure_json(error)};
    failure.cases.push_back({.suite = command,
                             .name = command,
                             .outcome = document::Case::Outcome::error,
                             .message = error.what()});
    return failure;
}

}  // namespace ingot
