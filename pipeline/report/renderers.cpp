// SPDX-License-Identifier: MIT
#include "pipeline/report/renderers.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

std::string json_of(const document::Document& document) { return document.json; }

constexpr std::array kRenderers{
    Renderer{".json", render_json, json_of},
    Renderer{".html", render_html, document::html},
    Renderer{".xml", render_junit, document::junit},
    Renderer{".md", render_markdown, document::markdown},
};

}  // namespace

const Renderer& renderer_for(std::string_view file) {
    const std::string name = lower(file.substr(file.find_last_of('/') + 1));
    const auto found = std::ranges::find_if(
        kRenderers, [&](const Renderer& renderer) { return name.ends_with(renderer.ending); });
    if (found != kRenderers.end()) return *found;
    std::string endings;
    for (const Renderer& renderer : kRenderers)
        endings += (endings.empty() ? "" : ", ") + std::string(renderer.ending);
    throw UsageError("--report " + std::string(file) +
                     ": the ending names the format, which is one of " + endings);
}

std::string render_json(const ReportSet& set) {
    return set.is_list ? json_reports({set.reports.begin(), set.reports.end()})
                       : json_report(set.reports.front());
}

}  // namespace ingot
