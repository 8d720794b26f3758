// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace ingot::json {

/// A time as a record gives it.
struct RecordTime {
    std::optional<Timestamp> utc;
    std::optional<std::string_view> raw;  ///< As written, when it had no zone or did not parse.
};

/// A string that is not blank, as it is; a number or boolean as it is written. Lives until the next
/// Document of this thread.
std::optional<std::string_view> scalar_of(Element element, Batch& out);

/// The first of several members that scalar_of takes.
std::optional<std::string_view>
first_scalar(Object object, std::initializer_list<std::string_view> keys, Batch& out);

/// The id of a task or checkpoint: text as it is, so that all sources that use it speak of one thing;
/// a number, which only counts within its file, as `<path>#<number>`.
std::optional<std::string> first_id(Object object, std::initializer_list<std::string_view> keys,
                                    Batch& out);

/// A string in any form of parse_time, or seconds, milliseconds or microseconds since 1970 as a
/// number or as text. A number below 1e8 (1973) is a duration or a counter, no time.
/// `written`: the value in the source, kept when it is no time; empty: as JSON writes it.
RecordTime time_of(Element element, std::string_view written, const Zone& zone, Batch& out);

/// The first of several members that is neither null nor blank, as a time.
RecordTime first_time(Object object, std::initializer_list<std::string_view> keys, const Zone& zone,
                      Batch& out);

/// The same, from an object whose own bytes are `text`: a value that is no time is kept as it stands
/// there, also a number that no type can hold.
RecordTime first_written_time(Object object, std::string_view text,
                              std::initializer_list<std::string_view> keys, const Zone& zone,
                              Batch& out);

}  // namespace ingot::json
