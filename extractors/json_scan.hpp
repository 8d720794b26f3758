// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace ingot {

/// How far a JSON object or array reaches, judged by its brackets and strings alone.
struct Extent {
    enum class Kind {
        whole,       ///< `end` is behind its last bracket.
        broken,      ///< At `end` stands what no JSON value can have there.
        unfinished,  ///< The text ends before it does.
    };
    Kind kind = Kind::whole;
    std::size_t end = 0;
    /// Not whole: further places inside where a document may start, which are broken or unfinished
    /// with this one. Ascending.
    std::vector<std::size_t> open_starts = {};
};

/// Finds the ends of JSON values in a text that holds several, in any layout. It knows two things
/// that a parser does not tell: a string never crosses a line end, and a line that begins with `{`
/// at the margin is the start of a document unless the one before it can go on there. So a broken
/// document costs nothing but itself, and no byte is looked at more than a few times.
class JsonScan {
public:
    explicit JsonScan(std::string_view text) : text_(text) {}

    /// Requires: `{` or `[` at `at`. Documents start at most `margin` blanks into their line.
    Extent extent(std::size_t at, std::size_t margin);

    /// The first place behind `from`, on a later line, where a document plausibly starts: a line that
    /// begins with `{`, or with `}, {`, at most `margin` blanks in. npos when there is none.
    std::size_t next_start(std::size_t from, std::size_t margin);

    /// Position of the line feed that ends the line of `at`, or the text's end.
    std::size_t line_end(std::size_t at);

    /// Behind the closing quote of the string that starts at `at`; npos when it does not end in its
    /// line.
    std::size_t string_end(std::size_t at);

private:
    std::size_t start_in_line(std::size_t line, std::size_t margin) const;

    std::string_view text_;
    std::size_t line_begin_ = 1;  ///< Of the line that line_end_ ends; none yet.
    std::size_t line_end_ = 0;
};

/// Whether a line, without its end, is a mark that git leaves in a file with a merge conflict.
bool is_conflict_marker(std::string_view line);

}  // namespace ingot
