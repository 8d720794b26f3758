// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The small pieces that log formats are made of.
namespace ingot::log_words {

/// Up to the first line feed.
std::string_view first_line(std::string_view text);

/// Without blanks and tabs at the start; line feeds stay.
std::string_view unindented(std::string_view text);

/// A logger's or agent's name: one word without brackets and bars.
bool is_name(std::string_view word);

/// A level where any word might stand: `INFO`, in capitals.
bool is_level(std::string_view word);

/// One of the levels that need no mention beside the severity: debug, info, warn, error, ….
bool is_usual_level(std::string_view word);

/// What an agent reports: `COMPLETE`, `IN-PROGRESS`, in capitals.
bool is_state(std::string_view word);

/// `PRE-BASH` as `pre_bash`.
std::string event_type_of(std::string_view word);

struct Tag {
    std::string_view word;
    std::string_view rest;  ///< Behind the bracket and blanks.
};

/// `[word] rest`; nullopt unless there is one name in the brackets.
std::optional<Tag> read_tag(std::string_view text);

/// The parts between separators, at most so many: the last one keeps the rest.
std::vector<std::string_view> split(std::string_view text, std::string_view separator,
                                    std::size_t at_most);

/// The fields of a row by RFC 4180: a field in quotes may hold separators, line ends and doubled
/// quotes. A quote that stands elsewhere is a character like others.
std::vector<std::string> fields_of(std::string_view row, char separator);

}  // namespace ingot::log_words
