// SPDX-License-Identifier: MIT
#include "pipeline/report/document.hpp"
#include "pipeline/report/html.hpp"

#include <fmt/format.h>

namespace ingot::document {
namespace {

std::string_view kind_of(Mark mark) {
    switch (mark) {
        case Mark::none: return "calm";
        case Mark::open: return "open";
        case Mark::ok: return "ok";
        case Mark::warn: return "warn";
        case Mark::bad: return "bad";
    }
    return "calm";
}

std::string icon_of(Mark mark) { return mark == Mark::none ? "" : html::icon(kind_of(mark)); }

/// Statements of several lines keep them.
std::string lines(std::string_view raw) {
    std::string out;
    for (std::size_t end = 0; (end = raw.find('\n')) != std::string_view::npos;) {
        out += html::text(raw.substr(0, end)) + "\n";
        raw.remove_prefix(end + 1);
    }
    return out + html::text(raw);
}

bool is_number(const Cell& cell) {
    return cell.kind != Cell::Kind::text && cell.kind != Cell::Kind::code;
}

std::string cell_text(const Cell& cell) {
    const auto whole = static_cast<std::int64_t>(cell.number);
    if (is_number(cell) && cell.pointer.empty()) return html::text(shown(cell));
    switch (cell.kind) {
        case Cell::Kind::text: break;
        case Cell::Kind::code: return "<code>" + html::text(cell.text) + "</code>";
        case Cell::Kind::count: return html::number(whole, cell.pointer);
        case Cell::Kind::bytes: return html::size(whole, cell.pointer);
        case Cell::Kind::milliseconds: return html::milliseconds(cell.number, cell.pointer);
    }
    if (cell.mark == Mark::none) return html::text(cell.text);
    return icon_of(cell.mark) + " " + html::text(cell.text);
}

const char* class_of(const Cell& cell) {
    if (is_number(cell)) return " class=\"n\"";
    return cell.mark == Mark::none ? "" : " class=\"v\"";
}

std::string grid_text(const Grid& grid) {
    if (grid.rows.empty()) return "";
    std::string head;
    for (std::size_t i = 0; i < grid.head.size(); ++i) {
        bool numbers = false;
        for (const std::vector<Cell>& row : grid.rows) numbers |= is_number(row.at(i));
        head += fmt::format("<th scope=\"col\"{}>{}</th>", numbers ? " class=\"n\"" : "",
                            html::text(grid.head[i]));
    }
    std::string rows;
    for (const std::vector<Cell>& row : grid.rows) {
        rows += "<tr>";
        for (const Cell& cell : row)
            rows += fmt::format("<td{}>{}</td>", class_of(cell), cell_text(cell));
        rows += "</tr>\n";
    }
    return "<div class=\"scroll\" tabindex=\"0\"><table class=\"grid\">\n<thead><tr>" + head +
           "</tr></thead>\n<tbody>\n" + rows + "</tbody></table></div>\n";
}

std::string blocks_text(const std::vector<Block>& blocks);

std::string checks_text(const Items& list) {
    std::string text;
    for (const Item& item : list.items)
        text += fmt::format("<li>{}<div><p>{}</p>{}</div></li>\n",
                            item.mark == Mark::none ? "<i class=\"box\"></i>" : icon_of(item.mark),
                            html::text(item.title), blocks_text(item.body));
    return "<ul class=\"checks\">\n" + text + "</ul>\n";
}

std::string item_text(const Items& list, const Item& item) {
    std::string summary =
        fmt::format("{}<span class=\"rules {}\">{}</span><b>{}</b>",
                    item.mark == Mark::none ? "<i></i>" : icon_of(item.mark), kind_of(item.mark),
                    html::text(item.label), html::text(item.title));
    for (std::size_t i = 0; i < item.columns.size(); ++i)
        summary += fmt::format("<span class=\"n\" data-label=\"{}\">{}</span>",
                               html::text(list.heads.at(i)), cell_text(item.columns[i]));
    const std::string body = blocks_text(item.body);
    if (body.empty()) return "<div class=\"row line\"><div>" + summary + "</div></div>\n";
    return fmt::format("<details class=\"row\"{}><summary>{}</summary>\n<div>{}</div></details>\n",
                       item.is_open ? " open" : "", summary, body);
}

std::string items_text(const Items& list) {
    if (list.items.empty()) return "";
    if (list.is_checklist) return checks_text(list);
    std::string heads;
    for (const std::string& head : list.heads)
        heads += "<span class=\"n\">" + html::text(head) + "</span>";
    std::string text;
    for (const Item& item : list.items) text += item_text(list, item);
    return fmt::format("<div class=\"tables steps n{}\">\n<div class=\"row head\" "
                       "aria-hidden=\"true\"><span></span><span></span><span></span>{}</div>\n{}"
                       "</div>\n",
                       list.heads.size(), heads, text);
}

std::string block_text(const Block& block) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block.content))
        return fmt::format("<p class=\"{}\">{}{}</p>\n",
                           paragraph->mark == Mark::bad ? "error" : "say", icon_of(paragraph->mark),
                           html::text(paragraph->text));
    if (const auto* sample = std::get_if<Code>(&block.content))
        return "<pre class=\"code\" tabindex=\"0\">" + lines(sample->text) + "</pre>\n";
    if (const auto* grid = std::get_if<Grid>(&block.content)) return grid_text(*grid);
    return items_text(std::get<Items>(block.content));
}

std::string blocks_text(const std::vector<Block>& blocks) {
    std::string text;
    for (const Block& block : blocks) text += block_text(block);
    return text;
}

std::string facts_text(const std::vector<Fact>& facts) {
    std::string text;
    for (const Fact& fact : facts)
        if (!shown(fact.value).empty())
            text += fmt::format("<div{}><dt>{}</dt><dd>{}</dd></div>\n",
                                shown(fact.value).size() > 40 ? " class=\"wide\"" : "",
                                html::text(fact.name), cell_text(fact.value));
    return "<dl class=\"facts\">\n" + text + "</dl>\n";
}

}  // namespace

std::string html(const Document& document) {
    std::string sections;
    std::vector<html::Link> links;
    for (const Section& section : document.sections) {
        html::View view;
        view.heading = section.level;
        sections += html::section(view, section.id, html::text(section.title),
                                  html::text(section.note), blocks_text(section.blocks));
        if (section.level == 2) links.push_back({section.id, section.title});
    }
    std::string top = "<p class=\"eyebrow\">Ingot · " + html::text(document.command) + "</p>\n" +
                      html::headline(kind_of(document.verdict), html::text(document.title));
    if (!document.lede.empty()) top += "<p class=\"lede\">" + html::text(document.lede) + "</p>\n";
    if (!document.error.empty()) top += "<p class=\"error\">" + lines(document.error) + "</p>\n";
    return html::page(html::text(document.title + " – " + document.subject),
                      "<header class=\"top\">\n" + top + facts_text(document.facts) +
                          html::contents(links, sections) +
                          "</header>\n<main id=\"main\" tabindex=\"-1\">\n" + sections +
                          "</main>\n");
}

}  // namespace ingot::document
