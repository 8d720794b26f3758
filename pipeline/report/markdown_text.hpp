// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Words of GitHub's Markdown. What a workspace or a database holds is markup nowhere.
namespace ingot::markdown {

using Cells = std::vector<std::string>;

/// Foreign text as code in a line or a table's cell: nothing in it is markup, a mention or a link.
std::string code(std::string_view raw);

/// Foreign text within a sentence.
std::string text(std::string_view raw);

/// A block of code, each line behind `indent`; line feeds stay.
std::string fenced(std::string_view raw, std::string_view language, std::string_view indent = "");

std::string row(const Cells& cells);

/// `aligned`: a letter per column, r stands to the right. Empty when there are no rows.
std::string table(const Cells& head, const std::string& aligned, const std::string& rows);

}  // namespace ingot::markdown
