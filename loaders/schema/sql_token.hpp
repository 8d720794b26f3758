// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ingot::sql {

enum class TokenKind {
    word,    ///< Keyword or unquoted name.
    quoted,  ///< "name"; in SQLite also `name` and [name].
    string,  ///< '…' with its prefix (E, U&, B, X, N).
    dollar,  ///< $tag$…$tag$
    number,
    symbol,  ///< Bracket, comma, operator, …
    meta,    ///< A line of the client: \c, \gexec, in SQLite .read
    end      ///< Behind the last token; empty.
};

/// A piece of a script; `text` points into it.
struct Token {
    TokenKind kind = TokenKind::end;
    std::string_view text = {};

    /// The keyword, whatever its case.
    bool is_word(std::string_view word) const;
    bool is_symbol(std::string_view symbol) const {
        return kind == TokenKind::symbol && text == symbol;
    }
    bool is_name() const { return kind == TokenKind::word || kind == TokenKind::quoted; }
    bool is_string() const { return kind == TokenKind::string || kind == TokenKind::dollar; }
};

/// A name as the catalog has it: unquoted ones in lower case, quoted ones without their quotes.
std::string folded(const Token& token);

/// What a string or dollar string says, without quotes; escapes stay as they are, '' becomes '.
std::string content(const Token& token);

/// The text between the tags of a dollar string.
std::string_view dollar_body(std::string_view token);

}  // namespace ingot::sql
