// SPDX-License-Identifier: MIT
#include "pipeline/report/document.hpp"
#include "pipeline/report/junit_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ingot::document {
namespace {

using junit::Suite;
using Outcome = Case::Outcome;

void add(Suite& suite, const Case& one) {
    std::string content;
    switch (one.outcome) {
        case Outcome::passed: break;
        case Outcome::failed:
            ++suite.failures;
            content = junit::element("failure", one.message, "");
            break;
        case Outcome::error:
            ++suite.errors;
            content = junit::element("error", one.message, "");
            break;
        case Outcome::skipped:
            ++suite.skipped;
            content = junit::element("skipped", one.message, "");
            break;
    }
    suite.add(one.suite, one.name, content, one.seconds);
}

std::string suite_text(const Document& document, const std::string& name, double seconds) {
    Suite suite;
    for (const Case& one : document.cases)
        if (one.suite == name) add(suite, one);
    return fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
        "skipped=\"{}\" time=\"{:.3f}\" timestamp=\"{}\">\n    <properties>\n{}{}{}"
        "    </properties>\n{}  </testsuite>\n",
        junit::xml(name), suite.tests, suite.failures, suite.errors, suite.skipped, seconds,
        junit::seconds_of(document.started_at), junit::property("command", document.command),
        junit::property("subject", document.subject),
        junit::property("exit_code", std::to_string(document.exit_code)), suite.cases);
}

}  // namespace

std::string junit(const Document& document) {
    std::string suites;
    std::vector<std::string> names;
    for (const Case& one : document.cases)
        if (std::ranges::find(names, one.suite) == names.end()) names.push_back(one.suite);
    for (const std::string& name : names) {
        double seconds = 0;
        for (const Case& one : document.cases)
            if (one.suite == name) seconds += std::max(one.seconds, 0.0);
        suites += suite_text(document, name, seconds);
    }
    const auto number_of = [&](Outcome outcome) {
        return std::ranges::count(document.cases, outcome, &Case::outcome);
    };
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ingot\" "
                       "tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{:.3f}\">\n{}"
                       "</testsuites>\n",
                       document.cases.size(), number_of(Outcome::failed), number_of(Outcome::error),
                       document.seconds, suites);
}

}  // namespace ingot::document
