// SPDX-License-Identifier: MIT
#include "pipeline/report/text_layout.hpp"

#include "pipeline/report/printable.hpp"

#include <algorithm>

namespace ingot::layout {
namespace {

/// Below this a line has no room to wrap in.
constexpr std::size_t kLeast = 20;

/// Breaks one line at its spaces; spaces at its beginning stay.
std::string broken(std::string_view line, std::size_t indent, std::size_t width) {
    const std::string margin(indent, ' ');
    const std::size_t room = width > indent + kLeast ? width - indent : std::string_view::npos;
    std::string out;
    std::size_t used = 0;
    const std::size_t first = std::min(line.find_first_not_of(' '), line.size());
    std::string_view gap = line.substr(0, first);
    line.remove_prefix(first);
    while (!line.empty()) {
        const std::size_t end = std::min(line.find(' '), line.size());
        const std::string_view word = line.substr(0, end);
        if (used > 0 && used + gap.size() + columns(word) > room) {
            out += "\n" + margin;
            used = 0;
            gap = {};
        }
        out.append(gap).append(word);
        used += gap.size() + columns(word);
        line.remove_prefix(end);
        const std::size_t next = std::min(line.find_first_not_of(' '), line.size());
        gap = line.substr(0, next);
        line.remove_prefix(next);
    }
    return out;
}

std::string padded(const std::string& text, std::size_t width, bool right) {
    const std::string space(width - std::min(width, columns(text)), ' ');
    return right ? space + text : text + space;
}

}  // namespace

std::size_t columns(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string hanging(std::string_view lead, std::string_view text, std::size_t width) {
    const std::string shown = printable_lines(text);
    std::string_view rest = shown;
    const std::size_t indent = columns(lead);
    std::string out(lead);
    for (std::size_t end = 0; (end = rest.find('\n')) != std::string_view::npos;) {
        out += broken(rest.substr(0, end), indent, width) + "\n" + std::string(indent, ' ');
        rest.remove_prefix(end + 1);
    }
    return out + broken(rest, indent, width) + "\n";
}

std::string grid(const std::vector<std::vector<std::string>>& rows, std::string_view aligned,
                 std::size_t indent, std::size_t width) {
    std::vector<std::size_t> widths(aligned.size(), 0);
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], columns(printable(row[i])));
    std::string out;
    for (const auto& row : rows) {
        std::string line(indent, ' ');
        for (std::size_t i = 0; i + 1 < row.size(); ++i)
            if (widths[i] > 0)
                line += padded(printable(row[i]), widths[i], aligned[i] == 'r') + "  ";
        const bool right = aligned.back() == 'r';
        if (width > 0 && !right && !row.back().empty() && columns(line) + kLeast > width) {
            line.erase(line.find_last_not_of(' ') + 1);
            out += line + "\n";
            line = std::string(indent + widths[0] + 2, ' ');
        }
        line = hanging(line, right ? padded(row.back(), widths.back(), true) : row.back(), width);
        line.erase(line.find_last_not_of(" \n") + 1);
        out += line + "\n";
    }
    return out;
}

}  // namespace ingot::layout
