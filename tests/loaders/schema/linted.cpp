// SPDX-License-Identifier: MIT
#include "tests/loaders/schema/linted.hpp"

namespace ingot::testing {

std::vector<std::string> linted(const std::string& text, const lint::Options& options) {
    std::vector<std::string> findings;
    for (const lint::Finding& found : lint::lint({{"a.sql", text}}, options).findings)
        findings.push_back(std::string(found.rule->id) + " " + std::to_string(found.position.line));
    return findings;
}

std::map<std::string, int> counted(const std::vector<lint::Script>& scripts,
                                   const lint::Options& options) {
    std::map<std::string, int> counts;
    for (const lint::Finding& found : lint::lint(scripts, options).findings)
        ++counts[std::string(found.rule->id)];
    return counts;
}

}  // namespace ingot::testing
