// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/spec.hpp"

#include <string>
#include <vector>

namespace ingot::schema {

/// A TOML document of two levels: keys at the top, and lists of tables ([[step]]) by name.
struct Document {
    Spec top;
    std::map<std::string, std::vector<Spec>> lists;
};

/// Reads it. Tables in tables are no more than name = text. Throws RunError with file and line.
Document read_toml(const std::string& text, const std::string& file);

}  // namespace ingot::schema
