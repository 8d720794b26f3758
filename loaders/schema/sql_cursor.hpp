// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/sql_token.hpp"

#include <optional>
#include <span>
#include <vector>

namespace ingot::sql {

using Tokens = std::span<const Token>;

/// The name of a relation or type, as the catalog has it.
struct Name {
    std::string schema = {};  ///< Empty: none was given, or public.
    std::string name = {};
    Token token = {};  ///< Its last part.

    /// "schema.name", or the name alone.
    std::string key() const { return schema.empty() ? name : schema + "." + name; }
};

/// Reads tokens from left to right; behind the last one there are only `end` tokens.
class Cursor {
public:
    explicit Cursor(Tokens tokens) : tokens_(tokens) {}

    bool done() const { return at_ >= tokens_.size(); }
    const Token& peek(std::size_t ahead = 0) const;
    Token take();
    /// Whether these words, divided by one blank, stand here.
    bool sees(std::string_view words) const;
    /// The same, and moves behind them.
    bool accept(std::string_view words);
    bool accept_symbol(std::string_view symbol);
    /// Moves behind the next such word outside brackets; false, at the end, when there is none.
    bool skip_behind(std::string_view word);
    /// A name with up to two dots; nothing when there is none.
    std::optional<Name> name();
    /// What is between the brackets that open here, and moves behind them; empty when none open.
    Tokens group();
    /// All that is left.
    Tokens rest() const { return tokens_.subspan(std::min(at_, tokens_.size())); }
    /// From here up to the next of these words outside brackets, or the end. The FROM of IS DISTINCT
    /// FROM does not count.
    Tokens until(std::initializer_list<std::string_view> words);

private:
    Tokens tokens_;
    std::size_t at_ = 0;
};

/// The parts between commas outside brackets.
std::vector<Tokens> split_at_commas(Tokens tokens);

/// The tokens with one blank between them, names and words folded.
std::string joined(Tokens tokens);

/// The first words outside brackets, for messages: at most 60 bytes.
std::string excerpt(Tokens tokens);

bool contains_word(Tokens tokens, std::string_view word);

}  // namespace ingot::sql
