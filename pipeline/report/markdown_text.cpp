// SPDX-License-Identifier: MIT
#include "pipeline/report/markdown_text.hpp"

#include "pipeline/report/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace ingot::markdown {
namespace {

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 128;
}

/// Punctuation that could mean something where it stands. A colon or a dot between letters could begin
/// a link, an underscore within a word means nothing.
bool needs_backslash(std::string_view shown, std::size_t at) {
    const char c = shown[at];
    const char before = at == 0 ? ' ' : shown[at - 1];
    const char after = at + 1 == shown.size() ? ' ' : shown[at + 1];
    if (c == '_') return !is_word(before) || !is_word(after);
    if (c == ':') return after == '/';
    if (c == '.') return at >= 3 && shown.substr(at - 3, 3) == "www";
    if (c == '#' || c == '+' || c == '-') return at == 0;
    return std::string_view("\\`*[]<>|~&@!").find(c) != std::string_view::npos;
}

}  // namespace

std::string code(std::string_view raw) {
    std::string shown = printable(raw);
    if (shown.empty()) return "";
    std::size_t longest = 0;
    std::size_t run = 0;
    std::string escaped;
    for (const char c : shown) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
        escaped += c == '|' ? "\\|" : std::string(1, c);
    }
    const std::string fence(longest + 1, '`');
    const bool touches = escaped.front() == '`' || escaped.back() == '`' || escaped.front() == ' ';
    return fence + (touches ? " " : "") + escaped + (touches ? " " : "") + fence;
}

std::string text(std::string_view raw) {
    const std::string shown = printable(raw);
    std::string out;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if (needs_backslash(shown, i)) out += '\\';
        out += shown[i];
    }
    return out;
}

std::string fenced(std::string_view raw, std::string_view language, std::string_view indent) {
    const std::string shown = printable_lines(raw);
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : shown) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
    const std::string fence(std::max<std::size_t>(longest + 1, 3), '`');
    std::string out = fmt::format("{}{}{}\n{}", indent, fence, language, indent);
    for (const char c : shown) {
        out += c;
        if (c == '\n') out += indent;
    }
    return fmt::format("{}\n{}{}\n", out, indent, fence);
}

std::string row(const Cells& cells) { return fmt::format("| {} |\n", fmt::join(cells, " | ")); }

std::string table(const Cells& head, const std::string& aligned, const std::string& rows) {
    Cells lines;
    for (const char c : aligned) lines.push_back(c == 'r' ? "---:" : "---");
    return rows.empty() ? "" : row(head) + row(lines) + rows + "\n";
}

}  // namespace ingot::markdown
