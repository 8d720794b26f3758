// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// Words of JUnit's XML.
namespace ingot::junit {

/// Escaped, printable, with no character left that XML forbids.
std::string xml(std::string_view raw);

/// Cases as text, counted.
struct Suite {
    std::string cases = {};
    std::int64_t tests = 0, failures = 0, errors = 0, skipped = 0;

    /// `content` is markup; `seconds` below 0: not measured.
    void add(std::string_view group, std::string_view name, const std::string& content,
             double seconds = -1);
};

/// <failure message="…">text</failure>; `text` is markup.
std::string element(const char* name, const std::string& message, const std::string& text);
std::string property(const char* name, const std::string& value);

/// JUnit's times are local ones without a zone; ours are UTC.
std::string seconds_of(Timestamp time);

}  // namespace ingot::junit
