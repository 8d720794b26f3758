// SPDX-License-Identifier: MIT
#include "loaders/embedded.hpp"
#include "pipeline/report/html.hpp"

#include <fmt/format.h>

namespace ingot::html {
namespace {

/// What a page says before its style: nothing may be loaded, no script may run.
constexpr const char* kHead = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
)";

constexpr const char* kIcons = R"(<svg width="0" height="0" class="defs" aria-hidden="true"><defs>
<symbol id="icon-ok" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.2"/><path d="M4.6 8.3l2.3 2.3 4.5-5"/></symbol>
<symbol id="icon-warn" viewBox="0 0 16 16"><path class="shape" d="M8 .9l7.4 13.6H.6z"/><path d="M8 5.6v4.2M8 11.7v.9"/></symbol>
<symbol id="icon-bad" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.2"/><path d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6"/></symbol>
</defs></svg>
)";

}  // namespace

std::string page(const std::string& title, const std::string& content) {
    return kHead +
           fmt::format("<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n", title,
                       embedded::styles().front().text) +
           "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n" + kIcons + content +
           "</body>\n</html>\n";
}

std::string headline(std::string_view kind, std::string_view words) {
    return fmt::format("<h1 class=\"verdict {0}\">{1}<span>{2}</span></h1>\n", kind, icon(kind),
                       words);
}

std::string contents(std::span<const Link> all, const std::string& sections) {
    std::string links;
    for (const Link& link : all)
        if (sections.find(fmt::format("<section id=\"{}\"", link.id)) != std::string::npos)
            links += fmt::format("<a href=\"#{}\">{}</a>\n", link.id, text(link.word));
    return "<nav aria-label=\"Contents\">\n" + links + "</nav>\n";
}

}  // namespace ingot::html
