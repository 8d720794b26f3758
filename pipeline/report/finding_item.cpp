// SPDX-License-Identifier: MIT
#include "pipeline/report/finding_item.hpp"

#include "pipeline/report/figures.hpp"

namespace ingot {
namespace {

using document::Case;
using document::Code;
using document::Document;
using document::Item;
using document::Items;
using document::Mark;
using document::Paragraph;
using document::Section;

Mark mark_of(const std::string& severity) {
    if (severity == "error") return Mark::bad;
    return severity == "warning" ? Mark::warn : Mark::none;
}

}  // namespace

Mark FindingCounts::verdict() const {
    if (errors > 0) return Mark::bad;
    return warnings > 0 ? Mark::warn : Mark::ok;
}

std::string FindingCounts::title() const {
    return counted(errors, "error") + ", " + counted(warnings, "warning");
}

Item finding_item(const std::string& severity, std::string title, const std::string& why,
                  const std::string& mend) {
    Item item{.mark = mark_of(severity), .label = severity, .title = std::move(title)};
    if (!why.empty()) item.body.push_back({Paragraph{why}});
    if (!mend.empty()) item.body.push_back({Code{"sql", mend + ";"}});
    return item;
}

Case finding_case(std::string suite, std::string name, const std::string& severity,
                  const std::string& what) {
    Case one{.suite = std::move(suite), .name = std::move(name)};
    one.outcome = severity == "error" ? Case::Outcome::failed : Case::Outcome::skipped;
    one.message = severity + ": " + what;
    return one;
}

void add_findings(Items list, const std::vector<std::string>& notes,
                  const std::vector<std::string>& pack, Document& out) {
    if (!list.items.empty()) {
        Section section{.id = "findings", .title = "Findings"};
        section.blocks.push_back({std::move(list)});
        out.sections.push_back(std::move(section));
    }
    if (!notes.empty()) {
        Section section{.id = "notes", .title = "Notes"};
        for (const std::string& note : notes) section.blocks.push_back({Paragraph{note}});
        out.sections.push_back(std::move(section));
    }
    if (pack.empty()) return;
    Section section{.id = "pack", .title = "Files of the pack"};
    for (const std::string& file : pack) section.blocks.push_back({Code{"", file}});
    out.sections.push_back(std::move(section));
}

}  // namespace ingot
