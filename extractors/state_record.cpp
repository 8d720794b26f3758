// SPDX-License-Identifier: MIT
#include "extractors/state_record.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <cmath>

namespace ingot {
namespace {

bool is_container(std::string_view text) { return text.starts_with('{') || text.starts_with('['); }

}  // namespace

std::size_t StateRecord::position(std::string_view column) const {
    return static_cast<std::size_t>(std::ranges::find(table_.columns, column) -
                                    table_.columns.begin());
}

const StateValue& StateRecord::value(std::string_view column) const {
    static const StateValue null;
    const std::size_t at = position(column);
    return at < values_.size() ? values_[at] : null;
}

void StateRecord::set_taken(std::string_view column, bool is_taken) {
    if (const std::size_t at = position(column); at < taken_.size()) taken_[at] = is_taken;
}

std::optional<std::string_view> StateRecord::text(std::string_view column) {
    const StateValue& found = value(column);
    std::optional<std::string_view> text;
    if (const auto* as_text = std::get_if<std::string_view>(&found)) text = *as_text;
    if (const auto* integer = std::get_if<std::int64_t>(&found))
        text = out_.keep(std::to_string(*integer));
    if (const auto* real = std::get_if<double>(&found)) text = out_.keep(written_real(*real));
    if (text) take(column);
    return text;
}

/// A key too long for an index is shortened later: then the column stays in rest() too.
std::optional<std::string_view> StateRecord::take_key(std::string_view column,
                                                      std::string_view key) {
    if (trimmed(key).empty()) return {};
    set_taken(column, key.size() <= kLongestKey);
    return key;
}

std::optional<std::string_view> StateRecord::name(std::string_view column) {
    const auto found = text(column);
    return found ? take_key(column, *found) : std::nullopt;
}

std::optional<std::string_view> StateRecord::id(std::string_view column) {
    const auto* integer = std::get_if<std::int64_t>(&value(column));
    if (integer == nullptr) return name(column);
    return take_key(column, out_.keep(piece_.source.path + "#" + std::to_string(*integer)));
}

std::optional<std::string_view> StateRecord::bytes(std::string_view column) {
    const auto* blob = std::get_if<Bytes>(&value(column));
    if (blob == nullptr) return text(column);
    take(column);
    return blob->data;
}

std::optional<double> StateRecord::real(std::string_view column) {
    const StateValue& found = value(column);
    const auto number = number_of(found);
    if (number && fits_double(found)) take(column);
    return number;
}

std::optional<Timestamp> StateRecord::time(std::string_view column) {
    const StateValue& found = value(column);
    std::optional<Timestamp> time;
    if (const auto number = number_of(found)) {
        time = from_epoch(*number);
    } else if (const auto* text = std::get_if<std::string_view>(&found)) {
        if (const auto read = parse_time(trimmed(*text), piece_.settings.zone)) time = read->utc;
    }
    if (time) take(column);
    return time;
}

std::string StateRecord::clean(std::string_view text) {
    if (is_clean_text(text)) return std::string(text);
    ++out_.tally.repaired;
    return cleaned(text);
}

std::string StateRecord::written(const StateValue& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    if (const auto* text = std::get_if<std::string_view>(&value)) return json_string(clean(*text));
    if (const auto* blob = std::get_if<Bytes>(&value))
        return R"({"$blob":")" + hex_digits(blob->data) + "\"}";
    const auto* real = std::get_if<double>(&value);
    if (real == nullptr) return "null";
    return std::isfinite(*real) ? written_real(*real) : json_string(written_real(*real));
}

std::string StateRecord::embedded(const StateValue& value) {
    const auto* text = std::get_if<std::string_view>(&value);
    const std::string_view json = text != nullptr ? trimmed(*text) : std::string_view();
    return is_container(json) && is_json_text(json) ? std::string(json) : written(value);
}

std::string StateRecord::member(std::size_t column, std::string_view json) {
    return json_string(clean(table_.columns[column])) + ":" + std::string(json);
}

std::optional<Json> StateRecord::rest(std::string_view own) {
    const std::size_t own_at = own.empty() ? values_.size() : position(own);
    std::string members;
    for (std::size_t i = 0; i < values_.size(); ++i)
        if (!taken_[i] && i != own_at && values_[i].index() != 0)
            members += (members.empty() ? "" : ",") + member(i, embedded(values_[i]));
    const StateValue own_value = own_at < values_.size() ? values_[own_at] : StateValue();
    if (own_value.index() == 0)
        return members.empty() ? std::nullopt : std::optional(Json{out_.keep("{" + members + "}")});
    const auto* text = std::get_if<std::string_view>(&own_value);
    const std::string own_json =
        text != nullptr && is_json_text(*text) ? std::string(trimmed(*text)) : written(own_value);
    if (members.empty()) return Json{out_.keep(own_json)};
    if (!own_json.starts_with('{') || text == nullptr)
        return Json{out_.keep("{" + members + "," + member(own_at, own_json) + "}")};
    const std::string_view inner =
        trimmed(std::string_view(own_json).substr(1, own_json.size() - 2));
    return Json{out_.keep("{" + members + (inner.empty() ? "" : ",") + std::string(inner) + "}")};
}

Json StateRecord::all() {
    std::string members;
    for (std::size_t i = 0; i < values_.size(); ++i)
        members += (members.empty() ? "" : ",") + member(i, written(values_[i]));
    return {out_.keep("{" + members + "}")};
}

}  // namespace ingot
