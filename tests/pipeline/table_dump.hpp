// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

namespace ingot::testing {

/// Each table that has rows as text: a line of column names, then the rows by their key, where the
/// source's path stands for its id. Cells are between tabs, with \t \n \r \\ and \N (NULL) as in
/// COPY; bytes that are no text as \x and hex digits; what is longer than 512 bytes is cut and hashed.
/// Left out is what differs from run to run or machine to machine: bookkeeping of runs, versions and
/// archive, the workspace, inodes, hashes and checksums.
std::map<std::string, std::string> dump_tables(const std::string& database);

}  // namespace ingot::testing
