// SPDX-License-Identifier: MIT
#include "pipeline/report/document.hpp"
#include "pipeline/report/figures.hpp"
#include "pipeline/report/markdown_text.hpp"

#include <fmt/format.h>

namespace ingot::document {
namespace {

std::string cell_text(const Cell& cell) {
    if (cell.kind == Cell::Kind::code) return markdown::code(cell.text);
    const std::string text = markdown::text(shown(cell));
    const bool stands_out = cell.mark == Mark::warn || cell.mark == Mark::bad;
    return stands_out && !text.empty() ? "**" + text + "**" : text;
}

bool is_number(const Cell& cell) {
    return cell.kind != Cell::Kind::text && cell.kind != Cell::Kind::code;
}

std::string grid_text(const Grid& grid, const std::string& indent) {
    if (grid.rows.empty()) return "";
    std::string lines = indent + markdown::row(grid.head) + indent + "|";
    for (std::size_t i = 0; i < grid.head.size(); ++i) {
        bool numbers = false;
        for (const std::vector<Cell>& row : grid.rows) numbers |= is_number(row.at(i));
        lines += numbers ? " ---: |" : " --- |";
    }
    lines += "\n";
    for (const std::vector<Cell>& row : grid.rows) {
        markdown::Cells cells;
        for (const Cell& cell : row) cells.push_back(cell_text(cell));
        lines += indent + markdown::row(cells);
    }
    return lines + "\n";
}

std::string blocks_text(const std::vector<Block>& blocks, const std::string& indent);

std::string item_text(const Items& list, const Item& item, const std::string& indent) {
    std::string text = indent + (item.mark == Mark::ok ? "- [x] " : "- [ ] ");
    if (!item.label.empty()) text += "**" + markdown::text(item.label) + "** ";
    text += markdown::text(item.title);
    for (std::size_t i = 0; i < item.columns.size(); ++i)
        if (!shown(item.columns[i]).empty())
            text += "; " + list.heads.at(i) + " " + cell_text(item.columns[i]);
    const std::string body = blocks_text(item.body, indent + "  ");
    return text + "\n" + (body.empty() ? "" : "\n" + body);
}

std::string block_text(const Block& block, const std::string& indent) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block.content)) {
        const bool stands_out = paragraph->mark == Mark::bad || paragraph->mark == Mark::warn;
        const std::string text = markdown::text(paragraph->text);
        return indent + (stands_out ? "**" + text + "**" : text) + "\n\n";
    }
    if (const auto* sample = std::get_if<Code>(&block.content))
        return markdown::fenced(sample->text, sample->language, indent) + "\n";
    if (const auto* grid = std::get_if<Grid>(&block.content)) return grid_text(*grid, indent);
    const Items& list = std::get<Items>(block.content);
    std::string text;
    for (const Item& item : list.items) text += item_text(list, item, indent);
    return text.ends_with("\n\n") || text.empty() ? text : text + "\n";
}

std::string blocks_text(const std::vector<Block>& blocks, const std::string& indent) {
    std::string text;
    for (const Block& block : blocks) text += block_text(block, indent);
    return text;
}

}  // namespace

std::string markdown(const Document& document) {
    std::string text = "# " + markdown::text(document.title) + "\n\n";
    if (!document.lede.empty()) text += markdown::text(document.lede) + "\n\n";
    if (!document.error.empty()) text += "**Error:** " + markdown::code(document.error) + "\n\n";
    std::string facts;
    for (const Fact& fact : document.facts)
        if (const std::string value = cell_text(fact.value); !value.empty())
            facts += markdown::row({fact.name, value});
    text += markdown::table({"", ""}, "ll", facts);
    for (const Section& section : document.sections) {
        text += std::string(static_cast<std::size_t>(section.level), '#') + " " +
                markdown::text(section.title) + "\n\n";
        if (!section.note.empty()) text += markdown::text(section.note) + "\n\n";
        text += blocks_text(section.blocks, "");
    }
    text.erase(text.find_last_not_of('\n') + 1);
    return text + "\n";
}

}  // namespace ingot::document
