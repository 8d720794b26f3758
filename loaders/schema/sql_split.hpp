// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/sql_lexer.hpp"

#include <optional>

namespace ingot::sql {

/// Both from 1; columns count characters.
struct Position {
    std::size_t line = 1;
    std::size_t column = 1;
};

/// Turns places of a text into lines and columns. Quick when asked in the order of the text.
class Positions {
public:
    explicit Positions(std::string_view text);
    Position of(const char* place);

private:
    std::string_view text_;
    std::vector<std::size_t> lines_;  ///< Offsets of their first bytes.
    std::size_t last_ = 0;            ///< The place asked for last…
    Position last_position_;          ///< …and the answer.
};

/// One statement of a script, or of the body of a function.
struct Statement {
    std::string_view text = {};   ///< From its first token to its last, without the semicolon.
    std::vector<Token> tokens;    ///< Never empty.
    Position position = {};       ///< Of the first token.
    std::size_t transaction = 0;  ///< Number of the BEGIN…COMMIT of the text; 0: none.
    bool in_body = false;         ///< Of a function or DO block.
    bool in_conditional = false;  ///< Between \if and \endif: perhaps it does not run.

    bool in_transaction() const { return transaction != 0; }
};

/// Cuts a script into statements as psql and SQLite's shell do: not at a semicolon in a string, a
/// comment, brackets, BEGIN ATOMIC or a trigger's BEGIN…END. Linear in the text.
class Splitter {
public:
    /// `text` and `positions` must live as long as the statements. `text` may be a part of what the
    /// positions are of: the body of a function, which is also cut behind BEGIN, THEN, ELSE and LOOP.
    Splitter(std::string_view text, Dialect dialect, Place place, Positions& positions)
        : lexer_(text, dialect, place), dialect_(dialect), place_(place), positions_(positions) {}

    /// Reads the next statement into `statement`; false at the end.
    bool next(Statement& statement);
    const std::vector<Remark>& remarks() const { return lexer_.remarks; }
    const std::vector<Note>& notes() const { return lexer_.notes; }
    /// Whether the text ends inside BEGIN…COMMIT.
    bool in_transaction() const { return transaction_ != 0; }

private:
    bool take(const Token& token, Statement& statement);
    bool take_word(const Token& token, Statement& statement);
    bool take_client_line(const Token& token, Statement& statement);
    bool ends_body_part(const Token& token) const;
    void finish(Statement& statement);
    void follow_transaction(Statement& statement);

    Lexer lexer_;
    Dialect dialect_;
    Place place_;
    Positions& positions_;
    std::size_t brackets_ = 0;
    std::size_t blocks_ = 0;  ///< BEGIN and CASE that have not ended.
    bool is_routine_ = false;
    std::size_t conditionals_ = 0;
    std::size_t transactions_ = 0;  ///< Seen so far.
    std::size_t transaction_ = 0;   ///< The open one.
};

/// The body of a function, procedure or DO block in a language that is SQL, as it stands between its
/// dollar quotes.
std::optional<std::string_view> body_of(const Statement& statement);

}  // namespace ingot::sql
