// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/report/document.hpp"

/// What the documents of lint, audit and rename-plan have in common.
namespace ingot {

struct FindingCounts {
    std::int64_t errors = 0;
    std::int64_t warnings = 0;

    document::Mark verdict() const;
    std::string title() const;  ///< "1 error, 2 warnings"
};

/// `severity`: error, warning or anything weaker. `mend`: SQL, empty for none.
document::Item finding_item(const std::string& severity, std::string title, const std::string& why,
                            const std::string& mend);
/// An error fails; what is weaker does not.
document::Case finding_case(std::string suite, std::string name, const std::string& severity,
                            const std::string& what);

/// Sections for findings, for what could not be judged and for the files of a pack.
void add_findings(document::Items list, const std::vector<std::string>& notes,
                  const std::vector<std::string>& pack, document::Document& out);

}  // namespace ingot
