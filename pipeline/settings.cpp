// SPDX-License-Identifier: MIT
#include "pipeline/settings.hpp"

#include "extractors/extractor.hpp"
#include "pipeline/model/errors.hpp"

#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ingot {
namespace {

using JsonDocument = nlohmann::ordered_json;

std::string text_of(const std::string& timezone, std::uint64_t max_record,
                    std::uint64_t snapshot_inline) {
    return fmt::format("timezone={} max-record={} snapshot-inline={}", timezone, max_record,
                       snapshot_inline);
}

}  // namespace

Settings settings_of(const Options& options) {
    try {
        return {.zone = Zone(options.timezone),
                .snapshot_inline = options.snapshot_inline,
                .max_record = options.max_record};
    } catch (const std::invalid_argument& error) {
        throw UsageError(std::string(error.what()) +
                         "; --timezone takes a name like Europe/Bucharest, or +03:00");
    }
}

std::string settings_text(const Options& options) {
    return text_of(options.timezone, options.max_record, options.snapshot_inline);
}

const std::string& extractors_text() {
    static const std::string text = [] {
        std::int64_t versions = 0;
        for (const Extractor* extractor : extractors()) versions += extractor->version;
        return fmt::format("extractors={} versions={}", extractors().size(), versions);
    }();
    return text;
}

std::string setting(const std::string& text, const std::string& name) {
    std::istringstream words(text);  // "name=value name=value"
    for (std::string word; words >> word;)
        if (word.starts_with(name + "=")) return word.substr(name.size() + 1);
    throw std::runtime_error("the settings \"" + text + "\" do not say " + name);
}

bool reads_alike(const std::string& then, const std::string& now) {
    if (then == now) return true;
    const bool same_rows = setting(then, "timezone") == setting(now, "timezone") &&
                           setting(then, "snapshot-inline") == setting(now, "snapshot-inline");
    return same_rows &&
           std::stoull(setting(then, "max-record")) > std::stoull(setting(now, "max-record"));
}

Settings settings_from(const std::string& text) {
    if (text.empty()) return {.zone = Zone(), .snapshot_inline = 0, .max_record = 0};  // no rows
    return {.zone = Zone(setting(text, "timezone")),
            .snapshot_inline = std::stoull(setting(text, "snapshot-inline")),
            .max_record = std::stoull(setting(text, "max-record"))};
}

std::string options_json(const Options& options) {
    const JsonDocument json{{"timezone", options.timezone},
                            {"max_record", options.max_record},
                            {"snapshot_inline", options.snapshot_inline},
                            {"archive", options.archive},
                            {"prune", options.prune},
                            {"only", options.only}};
    return json.dump(-1, ' ', false, JsonDocument::error_handler_t::replace);
}

std::string settings_text_of_run(const std::string& json) {
    const JsonDocument options = JsonDocument::parse(json);
    return text_of(options.at("timezone").get<std::string>(),
                   options.at("max_record").get<std::uint64_t>(),
                   options.at("snapshot_inline").get<std::uint64_t>());
}

}  // namespace ingot
