// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/table.hpp"

#include <span>
#include <string>

namespace ingot {

/// The data dictionary in Markdown: every table and column with its meaning, printed from the
/// descriptions that the DDL is made of.
std::string data_dictionary(std::span<const Table* const> tables);

}  // namespace ingot
