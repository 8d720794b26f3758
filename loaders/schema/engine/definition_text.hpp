// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace ingot::schema {

/// Lines of describe() in a form that a dump and its reload leave as it is, sorted. PostgreSQL words
/// `x IN ('a', 'b')` over a varchar anew when it reads its own text again: casts to text and to varchar
/// without a length, and brackets that only they needed, are left out; nothing else is. So are indexes
/// that are not valid, which pg_dump passes over.
std::vector<std::string> lasting_definitions(std::vector<std::string> lines);

/// The expression without those casts.
std::string without_text_casts(const std::string& expression);

}  // namespace ingot::schema
