// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/spec.hpp"

#include <set>
#include <string>
#include <vector>

namespace ingot::schema {

/// A TOML document of two levels: keys at the top, and lists of tables ([[step]]) by name.
struct Document {
    Spec top;
    std::map<std::string, std::vector<Spec>> lists;
    std::map<std::string, std::string> places = {};  ///< Key at the top → "file:line".
};

/// Reads it. Tables in tables are no more than name = text; those named in `sections` are lists of one
/// instead, which can hold more. Throws RunError with file and line.
Document read_toml(const std::string& text, const std::string& file,
                   const std::set<std::string>& sections = {});

}  // namespace ingot::schema
