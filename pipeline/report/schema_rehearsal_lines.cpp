// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/schema_text.hpp"
#include "pipeline/report/text_layout.hpp"

#include <fmt/format.h>

namespace ingot::schema_lines {

std::string rehearsal(const schema::Rehearsal& rehearsal, bool verbose, std::size_t width) {
    std::string text;
    for (const schema::RehearsalPhase& phase : rehearsal.phases) {
        text += stated(
            name_of(phase.verdict),
            fmt::format("{}: {}, {}", phase.name, phase.says, duration_text(phase.seconds)), width);
        for (const std::string& detail : phase.details)
            text += layout::hanging("              ", detail, width);
    }
    if (verbose) text += tables(rehearsal.sample, width);
    text += rehearsal.passed() ? "\nThe rehearsal went well.\n" : "\nThe rehearsal failed.\n";
    return text + "Fingerprint " + rehearsal.fingerprint + "\n";
}

}  // namespace ingot::schema_lines
