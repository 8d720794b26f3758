// SPDX-License-Identifier: MIT
#include "extractors/json.hpp"

#include "pipeline/model/json_text.hpp"

#include <charconv>
#include <cmath>
#include <cstring>

namespace ingot::json {
namespace {

/// A DOM may need 13 bytes per byte of text: large documents are parsed one at a time, and their
/// parser is let go.
constexpr std::size_t kLarge = std::size_t{8} << 20U;
constexpr std::size_t kDeepest = 1024;

Reason reason_of(simdjson::error_code error) {
    if (error == simdjson::UTF8_ERROR) return Reason::bad_utf8;
    if (error == simdjson::DEPTH_ERROR) return Reason::too_deep;
    if (error == simdjson::CAPACITY) return Reason::too_long;
    return Reason::bad_json;
}

bool is_surrogate(std::string_view s, std::size_t at, char low, char high) {
    if (at + 6 > s.size() || s[at] != '\\' || s[at + 1] != 'u') return false;
    const char second = static_cast<char>(s[at + 3] | 0x20);
    const char digit = s[at + 3] >= '8' && s[at + 3] <= '9' ? s[at + 3] : second;
    return (s[at + 2] == 'd' || s[at + 2] == 'D') && digit >= low && digit <= high;
}

/// Overwrites lone surrogate escapes of the string that starts at `at`; returns its end.
std::size_t mask_string(std::string& text, std::size_t at) {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] != '\\') continue;
        const bool high = is_surrogate(text, at, '8', 'b');
        if (high && is_surrogate(text, at + 6, 'c', 'f')) {
            at += 11;
        } else if (high || is_surrogate(text, at, 'c', 'f')) {
            std::memcpy(&text[at], "\\ufffd", 6);
            at += 5;
        } else {
            ++at;
        }
    }
    return at + 1;
}

/// Overwrites a number that neither a 64-bit integer nor a double can hold; returns its end.
std::size_t mask_number(std::string& text, std::size_t at) {
    const std::size_t end = std::min(text.find_first_not_of("+-.0123456789eE", at), text.size());
    double value = 0;
    const auto read = std::from_chars(text.data() + at, text.data() + end, value);
    const bool is_integer =
        std::string_view(text).substr(at, end - at).find_first_of(".eE") == std::string_view::npos;
    const bool too_large =
        read.ec == std::errc::result_out_of_range || (is_integer && std::fabs(value) > 9.2e18);
    if (too_large && end - at >= 4) {
        text.replace(at, end - at, "null" + std::string(end - at - 4, ' '));
    }
    return end;
}

/// A copy of the same length in which what simdjson refuses though JSON allows it is replaced.
std::string masked_copy(std::string_view text) {
    std::string copy(text);
    for (std::size_t at = 0; at < copy.size();) {
        if (copy[at] == '"') {
            at = mask_string(copy, at);
        } else if (copy[at] == '-' || (copy[at] >= '0' && copy[at] <= '9')) {
            at = mask_number(copy, at);
        } else {
            ++at;
        }
    }
    return copy;
}

[[noreturn]] void wrong_type(std::string_view key, std::string_view wanted) {
    throw RowError(Reason::wrong_type,
                   "\"" + std::string(key) + "\" is not " + std::string(wanted));
}

/// The member, unless it is absent or null.
std::optional<Element> present(Object object, std::string_view key) {
    Element element;
    if (object[key].get(element) || element.is_null()) return {};
    return element;
}

template <class T> std::optional<T> get_if(Object object, std::string_view key) {
    const auto element = present(object, key);
    T value;
    if (!element || element->get(value)) return {};
    return value;
}

template <class T>
std::optional<T> get(Object object, std::string_view key, std::string_view wanted) {
    const auto value = get_if<T>(object, key);
    if (!value && present(object, key)) wrong_type(key, wanted);
    return value;
}

}  // namespace

Document::Document(std::string_view text) : text_(text) {
    if (text.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
    simdjson::dom::parser& parser = parser_for(text_.size());
    const auto error = parser.parse(text_.data(), text_.size(), false).get(root_);
    if (error) parse_masked(error);
}

simdjson::dom::parser& Document::parser_for(std::size_t size) {
    static std::mutex large;
    thread_local simdjson::dom::parser parser;
    if (size <= kLarge) return parser;
    one_large_at_a_time_ = std::unique_lock(large);
    large_parser_ = std::make_unique<simdjson::dom::parser>();
    return *large_parser_;
}

void Document::parse_masked(simdjson::error_code first_error) {
    masked_ = masked_copy(text_);
    if (masked_ == text_)
        throw RowError(reason_of(first_error), simdjson::error_message(first_error));
    simdjson::dom::parser& parser = large_parser_ ? *large_parser_ : parser_for(0);
    const auto error = parser.parse(masked_).get(root_);
    if (error) throw RowError(reason_of(error), simdjson::error_message(error));
}

Object Document::object() const {
    Object object;
    if (root_.get(object)) throw RowError(Reason::wrong_type, "the record is not a JSON object");
    return object;
}

bool is_valid(std::string_view text) {
    try {
        const Document document(text);
        return true;
    } catch (const RowError&) {
        return false;
    }
}

std::optional<std::int64_t> as_integer(Element element) {
    std::int64_t integer = 0;
    if (!element.get(integer)) return integer;
    double real = 0;
    const bool whole = !element.get(real) && real == std::floor(real) && std::fabs(real) < 9e15;
    return whole ? std::optional(static_cast<std::int64_t>(real)) : std::nullopt;
}

std::optional<Timestamp> as_time(Element element, const Zone& zone) {
    double number = 0;
    if (!element.get(number)) return from_epoch(number);
    std::string_view text;
    if (element.get(text)) return {};
    const auto time = parse_time(text, zone);
    return time ? std::optional(time->utc) : std::nullopt;
}

std::string_view text(Object object, std::string_view key) {
    if (const auto value = optional_text(object, key)) return *value;
    throw RowError(Reason::missing_field, "\"" + std::string(key) + "\" is missing");
}

std::optional<std::string_view> optional_text(Object object, std::string_view key) {
    return get<std::string_view>(object, key, "a string");
}

std::optional<std::int64_t> optional_integer(Object object, std::string_view key) {
    const auto element = present(object, key);
    if (!element) return {};
    if (const auto value = as_integer(*element)) return value;
    wrong_type(key, "an integer");
}

std::optional<double> optional_real(Object object, std::string_view key) {
    return get<double>(object, key, "a number");
}

std::optional<bool> optional_bool(Object object, std::string_view key) {
    return get<bool>(object, key, "true or false");
}

std::optional<Object> optional_object(Object object, std::string_view key) {
    return get<Object>(object, key, "an object");
}

std::optional<Array> optional_array(Object object, std::string_view key) {
    return get<Array>(object, key, "an array");
}

std::optional<Timestamp> optional_time(Object object, std::string_view key, const Zone& zone) {
    const auto element = present(object, key);
    if (!element) return {};
    if (const auto time = as_time(*element, zone)) return time;
    throw RowError(Reason::bad_time, "\"" + std::string(key) + "\" is not a time");
}

std::optional<std::string_view> text_if(Object object, std::string_view key) {
    return get_if<std::string_view>(object, key);
}

std::optional<std::int64_t> integer_if(Object object, std::string_view key) {
    const auto element = present(object, key);
    return element ? as_integer(*element) : std::nullopt;
}

std::optional<double> real_if(Object object, std::string_view key) {
    if (const auto number = get_if<double>(object, key)) return number;
    const auto written = text_if(object, key);
    double value = 0;
    if (!written) return {};
    const auto read = std::from_chars(written->data(), written->data() + written->size(), value);
    return read.ec == std::errc{} && read.ptr == written->data() + written->size()
               ? std::optional(value)
               : std::nullopt;
}

std::optional<bool> bool_if(Object object, std::string_view key) {
    return get_if<bool>(object, key);
}
std::optional<Object> object_if(Object object, std::string_view key) {
    return get_if<Object>(object, key);
}
std::optional<Array> array_if(Object object, std::string_view key) {
    return get_if<Array>(object, key);
}

std::optional<Timestamp> time_if(Object object, std::string_view key, const Zone& zone) {
    const auto element = present(object, key);
    return element ? as_time(*element, zone) : std::nullopt;
}

std::optional<std::string_view> scalar_if(Object object, std::string_view key, Batch& out) {
    const auto element = present(object, key);
    if (!element || element->is_object() || element->is_array()) return {};
    std::string_view text;
    if (!element->get(text)) return text;
    return out.keep(simdjson::minify(*element));
}

std::optional<std::string_view> first_key(Object object,
                                          std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys)
        if (present(object, key)) return key;
    return {};
}

std::optional<Json> raw_member(std::string_view object_text, std::string_view key) {
    const std::string_view value = json_text::member(object_text, key);
    if (value.empty() || value == "null") return {};
    return Json{value};
}

}  // namespace ingot::json
