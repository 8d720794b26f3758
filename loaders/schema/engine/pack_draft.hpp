// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ingot::schema {

/// A step of a pack that is to be written: its keys and values in their order, "op" first.
struct DraftStep {
    using Words = std::vector<std::string>;
    using Value = std::variant<std::string, bool, Words>;
    std::vector<std::pair<std::string, Value>> fields = {};
};

/// A file of a pack: NNN_name.toml.
struct DraftFile {
    std::string name = {};  ///< Without its number and ending.
    std::string says = {};  ///< One sentence.
    std::vector<DraftStep> steps = {};
};

/// The file as TOML.
std::string draft_text(const DraftFile& file);

/// Writes pack.toml and the files, numbered from 001, below a directory that is made, or empty; returns
/// their paths. Throws RunError when it is not empty or cannot be written.
std::vector<std::string> write_draft(const std::string& directory, const std::string& says,
                                     const std::vector<DraftFile>& files);

}  // namespace ingot::schema
