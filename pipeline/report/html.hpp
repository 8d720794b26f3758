// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/report/report.hpp"
#include "pipeline/report/totals.hpp"

#include <span>
#include <string>
#include <string_view>

/// The parts of the HTML page. Everything that a workspace holds goes through text().
namespace ingot::html {

/// Where a report stands on the page and in the JSON document.
struct View {
    std::string pointer;        ///< JSON pointer of the report: "" or "/workspaces/3".
    std::string id;             ///< Begins the ids of its sections: "" or "w3-".
    int heading = 2;            ///< Level of its sections' headings.
    std::size_t sources = 500;  ///< Lines in the list of sources.
};

/// Printable, with the characters that mean something to HTML escaped; fits attributes too.
std::string text(std::string_view raw);

/// A number that is in the JSON document at `pointer`; the page shows it grouped.
std::string number(std::int64_t value, const std::string& pointer);
/// The same, shown as a size.
std::string size(std::int64_t bytes, const std::string& pointer);
/// The same, shown as a time.
std::string duration(double seconds, const std::string& pointer);
/// The same, for milliseconds.
std::string milliseconds(double value, const std::string& pointer);
/// A sum over the JSON document: "/tables/*/sqlite/rows".
std::string sum(std::int64_t value, const std::string& pointers);

/// The icon of a verdict: "ok", "warn" or "bad".
std::string icon(std::string_view kind);
/// "<section id=…><h2>title</h2>body</section>"; `note` stands beside the title.
std::string section(const View& view, std::string_view id, std::string_view title,
                    const std::string& note, const std::string& body);
/// A whole page; `title` and `content` are markup.
std::string page(const std::string& title, const std::string& content);
/// The first line of a page: "ok", "warn" or "bad", and what it says.
std::string headline(std::string_view kind, std::string_view words);
struct Link {
    std::string_view id;
    std::string_view word;
};
/// Links to those of the sections that are there.
std::string contents(std::span<const Link> all, const std::string& sections);
/// A bar filled to `share` (0 to 1).
std::string bar(double share, std::string_view kind);

// Sections, empty where there is nothing to say.
std::string flow(const Report& report, const Totals& totals, const View& view);
std::string bytes(const Report& report, const View& view);
std::string families(const Report& report, const View& view);
std::string days(const Report& report, const View& view);
std::string tables(const Report& report, const View& view);
std::string quarantine(const Report& report, const Totals& totals, const View& view);
std::string sources(const Report& report, const View& view);
std::string timings(const Report& report, const View& view);
std::string notes(const Report& report, const View& view);
std::string schema_changes(const Report& report, const View& view);

/// "<dl>": who, where, when.
std::string facts(const Report& report, const View& view);
/// All sections of one report.
std::string body(const Report& report, const View& view);

}  // namespace ingot::html
