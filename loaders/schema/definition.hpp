// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/sql_meaning.hpp"

namespace ingot::lint {

/// PostgreSQL takes no more columns in an index.
inline constexpr std::size_t kMostKeyColumns = 32;

/// What an index is, without its name: method, keys, condition, whether it is unique.
std::string definition_of(const sql::CreateIndex& index);

/// "a,b" of the first kMostKeyColumns.
std::string comma_list(const std::vector<std::string>& names);

/// The same in alphabetical order.
std::string sorted_list(std::vector<std::string> names);

}  // namespace ingot::lint
