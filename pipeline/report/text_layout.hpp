// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Lines for a terminal. `width` is its number of columns; 0: lines are as long as they are.
namespace ingot::layout {

/// How many columns a printable text takes, one per character.
std::size_t columns(std::string_view text);

/// Foreign text behind `lead`; what does not fit goes on below where it began. Its line feeds stay.
std::string hanging(std::string_view lead, std::string_view text, std::size_t width);

/// Columns as wide as their widest cell; cells are made printable. `aligned`: a letter per column,
/// r stands to the right. The last column may be longer than the line and is wrapped.
std::string grid(const std::vector<std::vector<std::string>>& rows, std::string_view aligned,
                 std::size_t indent, std::size_t width);

}  // namespace ingot::layout
