// SPDX-License-Identifier: MIT
#include "extractors/fields.hpp"

#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"

#include <charconv>

namespace ingot::json {
namespace {

constexpr double kEarliestEpoch = 1e8;

std::optional<Timestamp> epoch_time(double value) {
    return value >= kEarliestEpoch ? from_epoch(value) : std::nullopt;
}

std::optional<Timestamp> epoch_text(std::string_view text) {
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    return read.ec == std::errc{} && read.ptr == end ? epoch_time(value) : std::nullopt;
}

}  // namespace

std::optional<std::string_view> scalar_of(Element element, Batch& out) {
    if (element.is_null() || element.is_object() || element.is_array()) return {};
    std::string_view text;
    if (element.get(text)) return out.keep(simdjson::minify(element));
    if (trimmed(text).empty()) return {};
    return text;
}

std::optional<std::string_view>
first_scalar(Object object, std::initializer_list<std::string_view> keys, Batch& out) {
    for (const std::string_view key : keys) {
        Element element;
        if (object[key].get(element)) continue;
        if (const auto value = scalar_of(element, out)) return value;
    }
    return {};
}

std::optional<std::string> first_id(Object object, std::initializer_list<std::string_view> keys,
                                    Batch& out) {
    for (const std::string_view key : keys) {
        const auto id = first_scalar(object, {key}, out);
        if (!id) continue;
        return text_if(object, key) ? std::string(*id) : out.source().path + "#" + std::string(*id);
    }
    return {};
}

RecordTime time_of(Element element, std::string_view written, const Zone& zone, Batch& out) {
    double number = 0;
    std::string_view text;
    std::optional<Timestamp> epoch;
    if (!element.get(text)) {
        text = trimmed(text);
        if (const auto time = parse_time(text, zone))
            return {time->utc, time->has_zone ? std::nullopt : std::optional(text)};
        epoch = epoch_text(text);
    } else if (!element.get(number)) {
        epoch = epoch_time(number);
    }
    if (epoch) return {epoch, {}};
    if (text.empty()) text = written;
    return {{},
            out.keep(text.empty() ? std::string(simdjson::minify(element)) : std::string(text))};
}

RecordTime first_time(Object object, std::initializer_list<std::string_view> keys, const Zone& zone,
                      Batch& out) {
    for (const std::string_view key : keys) {
        Element element;
        if (object[key].get(element) || element.is_null()) continue;
        if (element.is_string() && !scalar_of(element, out)) continue;
        return time_of(element, {}, zone, out);
    }
    return {};
}

RecordTime first_written_time(Object object, std::string_view text,
                              std::initializer_list<std::string_view> keys, const Zone& zone,
                              Batch& out) {
    for (const std::string_view key : keys) {
        Element element;
        if (object[key].get(element)) continue;
        if (element.is_string()) {
            if (scalar_of(element, out)) return time_of(element, {}, zone, out);
            continue;
        }
        const std::string_view written = json_text::member(text, key);
        if (!element.is_null()) return time_of(element, written, zone, out);
        if (!written.empty() && written != "null") return {{}, out.keep(written)};
    }
    return {};
}

}  // namespace ingot::json
