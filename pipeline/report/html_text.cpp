// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/html.hpp"
#include "pipeline/report/printable.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ingot::html {
namespace {

std::string data(std::string_view value, std::string_view attribute, const std::string& pointer,
                 const std::string& shown) {
    return fmt::format("<data value=\"{}\" data-{}=\"{}\">{}</data>", value, attribute, pointer,
                       shown);
}

}  // namespace

std::string text(std::string_view raw) {
    std::string out;
    for (const char c : printable(raw)) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string number(std::int64_t value, const std::string& pointer) {
    return data(std::to_string(value), "json", pointer, grouped(value));
}

std::string size(std::int64_t bytes, const std::string& pointer) {
    return data(std::to_string(bytes), "json", pointer, size_text(bytes));
}

std::string duration(double seconds, const std::string& pointer) {
    return data(fmt::format("{}", seconds), "json", pointer, duration_text(seconds));
}

std::string milliseconds(double value, const std::string& pointer) {
    return data(fmt::format("{}", value), "json", pointer, milliseconds_text(value));
}

std::string sum(std::int64_t value, const std::string& pointers) {
    return data(std::to_string(value), "sum", pointers, grouped(value));
}

std::string icon(std::string_view kind) {
    return fmt::format("<svg class=\"icon {0}\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><use "
                       "href=\"#icon-{0}\"/></svg>",
                       kind);
}

std::string section(const View& view, std::string_view id, std::string_view title,
                    const std::string& note, const std::string& body) {
    return fmt::format(
        "<section id=\"{0}{1}\" aria-labelledby=\"{0}{1}-h\">\n<header><h{2} id=\"{0}{1}-h\">{3}"
        "</h{2}>{4}</header>\n{5}</section>\n",
        view.id, id, view.heading, title, note.empty() ? "" : "<p>" + note + "</p>", body);
}

std::string bar(double share, std::string_view kind) {
    return fmt::format("<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" "
                       "aria-hidden=\"true\"><rect class=\"track\" width=\"100\" height=\"8\"/>"
                       "<rect class=\"{}\" width=\"{:.2f}\" height=\"8\"/></svg>",
                       kind, std::clamp(share, 0.0, 1.0) * 100);
}

}  // namespace ingot::html
