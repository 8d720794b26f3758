// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/batch.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace ingot::json {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;
using Array = simdjson::dom::array;

/// One parsed JSON value. Parsing checks everything; text() keeps the source's own bytes, from which
/// json_text cuts verbatim slices. Strings of root() live until the next Document of this thread.
class Document {
public:
    /// Requires: readable 64 bytes past the end (any slice of a piece is).
    /// Throws RowError: bad_json, bad_utf8, too_deep. Numbers that no 64-bit integer or double can
    /// hold read as null, lone surrogates as U+FFFD.
    explicit Document(std::string_view text);

    Element root() const { return root_; }
    std::string_view text() const { return text_; }
    bool is_object() const { return root_.is_object(); }
    bool is_array() const { return root_.is_array(); }
    /// Throws RowError wrong_type.
    Object object() const;

private:
    simdjson::dom::parser& parser_for(std::size_t size);
    void parse_masked(simdjson::error_code first_error);

    std::string_view text_;
    std::unique_lock<std::mutex> one_large_at_a_time_;
    std::unique_ptr<simdjson::dom::parser> large_parser_;
    std::string masked_;
    Element root_;
};

/// Whether the text is one valid JSON value. Same requirement as Document's.
bool is_valid(std::string_view text);

// One value: what it cannot be read as is nullopt.
std::optional<std::int64_t> as_integer(Element element);              ///< Whole doubles too.
std::optional<Timestamp> as_time(Element element, const Zone& zone);  ///< As optional_time below.

// Field readers. Absent and null are nullopt, another type is RowError wrong_type.
std::string_view text(Object object, std::string_view key);  ///< Throws missing_field too.
std::optional<std::string_view> optional_text(Object object, std::string_view key);
std::optional<std::int64_t> optional_integer(Object object, std::string_view key);
std::optional<double> optional_real(Object object, std::string_view key);
std::optional<bool> optional_bool(Object object, std::string_view key);
std::optional<Object> optional_object(Object object, std::string_view key);
std::optional<Array> optional_array(Object object, std::string_view key);
/// A string in any form of parse_time, or a number of seconds, milliseconds or microseconds.
/// Throws RowError bad_time.
std::optional<Timestamp> optional_time(Object object, std::string_view key, const Zone& zone);

// Lenient readers: another type is nullopt too.
std::optional<std::string_view> text_if(Object object, std::string_view key);
std::optional<std::int64_t> integer_if(Object object, std::string_view key);
std::optional<double> real_if(Object object,
                              std::string_view key);  ///< Numbers, and text that is one.
std::optional<bool> bool_if(Object object, std::string_view key);
std::optional<Object> object_if(Object object, std::string_view key);
std::optional<Array> array_if(Object object, std::string_view key);
std::optional<Timestamp> time_if(Object object, std::string_view key, const Zone& zone);
/// A string as it is, a number or boolean as it is written; kept by the batch.
std::optional<std::string_view> scalar_if(Object object, std::string_view key, Batch& out);
/// The first of several keys that has a value other than null.
std::optional<std::string_view> first_key(Object object,
                                          std::initializer_list<std::string_view> keys);

/// A member's value in the source's own bytes; nullopt when absent or null.
std::optional<Json> raw_member(std::string_view object_text, std::string_view key);

}  // namespace ingot::json
