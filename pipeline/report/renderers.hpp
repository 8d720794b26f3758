// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/report/document.hpp"
#include "pipeline/report/report.hpp"

#include <span>
#include <string>
#include <string_view>

namespace ingot {

/// What is rendered: one report, or those of several workspaces.
struct ReportSet {
    std::span<const Report> reports;
    bool is_list = false;  ///< Rendered as a list of workspaces even when it has one, or none.
};

/// A format of --report: one line each in the list of renderers.
struct Renderer {
    std::string_view ending;
    std::string (*render)(const ReportSet& set);
    std::string (*render_document)(const document::Document& document);
};

/// The renderer for a file's name. Throws UsageError for an ending that has none.
const Renderer& renderer_for(std::string_view file);

std::string render_json(const ReportSet& set);
/// One page without any outside request, for light and dark, keyboard and phone.
std::string render_html(const ReportSet& set);
/// JUnit XML: a suite per workspace, a case per rule and table.
std::string render_junit(const ReportSet& set);
std::string render_markdown(const ReportSet& set);

}  // namespace ingot
