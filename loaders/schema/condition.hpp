// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/sql_cursor.hpp"

namespace ingot::lint {

/// The tokens at which AND and OR meet in one condition without brackets; one per condition.
std::vector<sql::Token> mixed_conditions(sql::Tokens tokens);

}  // namespace ingot::lint
