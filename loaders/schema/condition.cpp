// SPDX-License-Identifier: MIT
#include "loaders/schema/condition.hpp"

#include <algorithm>
#include <array>

namespace ingot::lint {
namespace {

using sql::Token;
using sql::TokenKind;

/// A condition, or a bracket or CASE within one.
struct Level {
    bool is_case = false;
    bool has_and = false;
    bool has_or = false;
    bool reported = false;
    bool between = false;  ///< The next AND belongs to BETWEEN.

    void restart() { *this = {.is_case = is_case}; }
};

/// Words that no condition goes across.
bool ends_condition(const Token& token) {
    static constexpr std::array<std::string_view, 32> words{
        "WHERE",  "ON",     "HAVING",  "WHEN",   "THEN",   "ELSE",      "SELECT", "SET",
        "FROM",   "JOIN",   "GROUP",   "ORDER",  "UNION",  "RETURNING", "USING",  "CHECK",
        "VALUES", "IF",     "ELSIF",   "RETURN", "LOOP",   "WHILE",     "CREATE", "INSERT",
        "UPDATE", "DELETE", "EXECUTE", "AS",     "BEFORE", "AFTER",     "LIMIT",  "WINDOW"};
    return std::any_of(words.begin(), words.end(),
                       [&token](std::string_view word) { return token.is_word(word); });
}

/// Takes AND or OR into account; true when this is where the two meet.
bool mixes(Level& level, bool is_and) {
    if (is_and && level.between) {
        level.between = false;
        return false;
    }
    (is_and ? level.has_and : level.has_or) = true;
    const bool mixed = level.has_and && level.has_or && !level.reported;
    level.reported = level.reported || mixed;
    return mixed;
}

}  // namespace

std::vector<Token> mixed_conditions(sql::Tokens tokens) {
    std::vector<Token> found;
    if (!contains_word(tokens, "OR") || !contains_word(tokens, "AND")) return found;
    std::vector<Level> levels(1);
    const auto close = [&levels](bool is_case) {
        if (levels.size() > 1 && levels.back().is_case == is_case) levels.pop_back();
    };
    for (const Token& token : tokens) {
        if (token.is_symbol("("))
            levels.push_back({});
        else if (token.is_symbol(")"))
            close(false);
        else if (token.is_symbol(",") || token.is_symbol(";") || token.is_symbol(":="))
            levels.back().restart();
        else if (token.kind != TokenKind::word)
            continue;
        else if (token.is_word("CASE"))
            levels.push_back({.is_case = true});
        else if (token.is_word("END"))
            close(true);
        else if (token.is_word("BETWEEN"))
            levels.back().between = true;
        else if (token.is_word("AND") || token.is_word("OR")) {
            if (mixes(levels.back(), token.is_word("AND"))) found.push_back(token);
        } else if (ends_condition(token))
            levels.back().restart();
    }
    return found;
}

}  // namespace ingot::lint
