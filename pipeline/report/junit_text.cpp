// SPDX-License-Identifier: MIT
#include "pipeline/report/junit_text.hpp"

#include "pipeline/report/printable.hpp"

#include <fmt/format.h>

namespace ingot::junit {

std::string xml(std::string_view raw) {
    std::string out;
    for (const char c : printable(raw)) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

void Suite::add(std::string_view group, std::string_view name, const std::string& content,
                double seconds) {
    ++tests;
    cases += fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml(group), xml(name));
    if (seconds >= 0) cases += fmt::format(" time=\"{:.3f}\"", seconds);
    cases += content.empty() ? "/>\n" : ">\n" + content + "    </testcase>\n";
}

std::string element(const char* name, const std::string& message, const std::string& text) {
    return fmt::format("      <{0} message=\"{1}\">{2}</{0}>\n", name, xml(message), text);
}

std::string property(const char* name, const std::string& value) {
    return fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name, xml(value));
}

std::string seconds_of(Timestamp time) { return format_time(time).substr(0, 19); }

}  // namespace ingot::junit
