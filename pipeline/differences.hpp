// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/table.hpp"

#include <span>
#include <string>

namespace ingot {

/// A value as a person reads it: text quoted and cut, bytes by their number, NULL as NULL.
std::string shown_value(const Column& column, const Value& value);

/// What differs between two rows of a table, as one line: "byte 120, row 0: message: expected 'a', found
/// 'b'". A side that lacks the row is empty. Facts are told by their place, other rows by their key.
std::string shown_difference(const Table& table, std::span<const Value> expected,
                             std::span<const Value> found);

}  // namespace ingot
