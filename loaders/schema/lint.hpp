// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/lint_rule.hpp"

namespace ingot::lint {

/// A file to look at.
struct Script {
    std::string name;
    std::string text;
};

/// What one rule found at one place.
struct Finding {
    const Rule* rule = nullptr;
    Severity severity = Severity::warning;
    std::size_t file = 0;  ///< Place in the list of scripts.
    sql::Position position = {};
    std::string says;  ///< What is wrong here, in one sentence.
};

struct Result {
    std::vector<Finding> findings;  ///< By file, line, column, rule.
    std::size_t statements = 0;
    std::size_t silenced = 0;  ///< By comments.

    std::size_t count(Severity severity) const;
};

/// Looks at all scripts in their order, as one migration after the other. Reads nothing else, never
/// throws for what they hold, and takes time in proportion to their size.
Result lint(const std::vector<Script>& scripts, const Options& options);

}  // namespace ingot::lint
