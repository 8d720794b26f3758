// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/finding.hpp"
#include "loaders/schema/audit/index_text.hpp"
#include "loaders/schema/sql_cursor.hpp"
#include "loaders/schema/sql_lexer.hpp"

#include <algorithm>
#include <set>

namespace ingot::schema::audit {
namespace {

using sql::Token;
using sql::Tokens;

std::vector<Token> tokens_of(std::string_view text, Dialect dialect) {
    std::vector<Token> tokens;
    sql::Lexer lexer(text, dialect, sql::Place::body);
    for (Token token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next())
        tokens.push_back(token);
    return tokens;
}

/// The same without brackets around all of it, and without a cast behind it: (status)::text.
Tokens bare(Tokens tokens) {
    for (std::size_t before = 0; before != tokens.size();) {
        before = tokens.size();
        for (std::size_t i = 1; i + 1 < tokens.size(); ++i)
            if (tokens[i].is_symbol("::") &&
                std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1, tokens.end(),
                            [](const Token& token) { return token.is_name(); }))
                tokens = tokens.first(i);
        sql::Cursor cursor(tokens);
        const Tokens inside = cursor.group();
        if (cursor.done() && inside.size() + 2 == tokens.size()) tokens = inside;
    }
    return tokens;
}

bool is_literal(Tokens tokens) {
    if (tokens.size() == 2 && tokens[0].is_symbol("-")) tokens = tokens.subspan(1);
    return tokens.size() == 1 &&
           (tokens[0].is_string() || tokens[0].kind == sql::TokenKind::number ||
            tokens[0].is_word("true") || tokens[0].is_word("false"));
}

/// The column that a condition leaves one value: a IS NULL, a = 'x', a, NOT a.
std::optional<std::string> fixed_column(Tokens tokens) {
    tokens = bare(tokens);
    if (tokens.size() == 3 && tokens[0].is_name() && tokens[1].is_word("is") &&
        (tokens[2].is_word("null") || tokens[2].is_word("true") || tokens[2].is_word("false")))
        return folded(tokens[0]);
    if (tokens.size() == 2 && tokens[0].is_word("not") && tokens[1].is_name())
        return folded(tokens[1]);
    if (tokens.size() == 1 && tokens[0].is_name()) return folded(tokens[0]);
    const auto equals =
        std::ranges::find_if(tokens, [](const Token& t) { return t.is_symbol("="); });
    const auto left = static_cast<std::size_t>(equals - tokens.begin());
    if (equals == tokens.end() || !is_literal(bare(tokens.subspan(left + 1)))) return {};
    const Tokens column = bare(tokens.first(left));
    return column.size() == 1 && column[0].is_name() ? std::optional(folded(column[0]))
                                                     : std::nullopt;
}

/// Of conditions that AND joins; OR fixes nothing.
std::set<std::string> fixed_columns(Tokens predicate) {
    std::set<std::string> columns;
    sql::Cursor cursor(bare(predicate));
    if (sql::Cursor(bare(predicate)).skip_behind("OR")) return {};
    while (!cursor.done()) {
        if (const auto column = fixed_column(cursor.until({"AND"}))) columns.insert(*column);
        cursor.take();
    }
    return columns;
}

}  // namespace

/// A unique index over a constant is no mistake: it allows one such row.
void find_constant_keys(const Look& look) {
    for (const auto& [name, index] : look.catalog.indexes) {
        if (!index.predicate || index.unique || !index.valid) continue;
        const std::vector<Token> tokens = tokens_of(*index.predicate, look.catalog.dialect);
        const std::set<std::string> fixed = fixed_columns(tokens);
        const bool constant = std::ranges::all_of(
            index.keys, [&](const Key& key) { return key.is_column && fixed.contains(key.text); });
        if (!constant) continue;
        look.report({.severity = Severity::warning,
                     .object = "index " + name,
                     .table = index.table,
                     .what = "All its entries have the same key: " + index_words(index) + ".",
                     .why = "It finds nothing that the condition alone does not say; a key that "
                            "queries ask for, with the same condition, would.",
                     .mend = drop_index_sql(look.catalog, look.target, index),
                     .step = drop_index_step(look.catalog, index)});
    }
}

}  // namespace ingot::schema::audit
