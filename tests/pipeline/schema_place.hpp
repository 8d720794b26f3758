// SPDX-License-Identifier: MIT
#pragma once

#include "tests/pipeline/program.hpp"
#include "tests/pipeline/temp_folder.hpp"

namespace ingot::testing {

/// A directory with packs and profiles of a test's own, where the program has its state as well.
class SchemaPlace {
public:
    /// Runs `ingot schema COMMAND …` there.
    Finished schema(const std::string& command, const std::vector<std::string>& more) const;

    /// Writes a file of the pack `mine`, which needs no more than it.
    void write_pack(const std::string& file, const std::string& text) const;
    /// Writes ./ingot.NAME.toml.
    void write_profile(const std::string& name, const std::string& text) const;
    void write(const std::string& file, const std::string& text) const;

    /// Empty: there is none.
    std::string content(const std::string& file) const;
    /// Lines of the file that remembers rehearsals.
    std::string rehearsals() const { return content("state/ingot/rehearsed"); }
    std::string path(const std::string& file) const { return (folder_.path() / file).string(); }

private:
    TempFolder folder_;
};

/// The word behind "Fingerprint ".
std::string fingerprint_in(const std::string& output);

}  // namespace ingot::testing
