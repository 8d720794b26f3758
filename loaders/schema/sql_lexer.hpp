// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/ddl.hpp"
#include "loaders/schema/sql_token.hpp"

#include <vector>

namespace ingot::sql {

/// Where the text stands: a script may hold lines for the client, a function's body may not.
enum class Place { script, body };

/// Something that the reader of a script must know and that is no statement.
struct Remark {
    enum class Kind { unterminated, client_command, delimiter, copy_tail };
    Kind kind;
    std::string_view text;  ///< Where it stands.
    std::string says;
};

/// A comment that speaks to Ingot (`ingot:…`), and what stands behind it.
struct Note {
    std::string_view text;
    const char* target = nullptr;  ///< The token after it; null: none.
};

/// Cuts SQL into tokens, comments left out. Linear in the text, whatever it holds; a quote or comment
/// without an end reaches to the end of the text and is a remark.
class Lexer {
public:
    /// `text` must stay alive as long as the tokens.
    Lexer(std::string_view text, Dialect dialect, Place place)
        : text_(text), dialect_(dialect), place_(place) {}

    /// The next token; kind `end` from the end of the text on.
    Token next();
    /// Moves to the line after the current one and takes all up to a line `\.` away. Behind it the
    /// lexer goes on.
    void skip_copy_data();
    /// The rest of the current line, taken away.
    std::string_view take_line();
    /// Whether only blanks stand before `token` and behind it on its line.
    bool alone_on_its_line(const Token& token) const;

    std::vector<Remark> remarks;
    std::vector<Note> notes;

private:
    void skip_blanks_and_comments();
    void skip_line_comment();
    void skip_block_comment();
    void note(std::string_view comment);
    Token quoted(char quote, std::size_t begin, std::size_t from, bool escapes);
    Token dollar();
    Token word();
    Token number();
    Token op();
    Token meta();
    bool at_line_start() const;
    Token take(TokenKind kind, std::size_t begin, std::size_t end);
    char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

    std::string_view text_;
    Dialect dialect_;
    Place place_;
    std::size_t at_ = 0;
    std::size_t notes_pending_ = 0;  ///< Notes from here on have no target yet.
};

}  // namespace ingot::sql
