// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/content.hpp"

#include "pipeline/model/ledger.hpp"

#include <map>
#include <string>
#include <vector>

namespace ingot {

/// What does not fit in the rows of `sources` themselves: an id that is not its path's, numbers of rows and
/// rejects that are not those of source_tables. Each line begins with the path.
std::vector<std::string> ledger_findings(const Ledger& ledger,
                                         const std::map<std::string, SourceTallies>& stored,
                                         std::int64_t workspace_id);

/// Columns of sources that both ledgers know and that differ: of a copy all but run ids; of sources
/// `read_again` only what reading gives.
std::vector<std::string> ledger_differences(const Ledger& expected, const Ledger& found,
                                            bool read_again);

}  // namespace ingot
