// SPDX-License-Identifier: MIT
#include "loaders/schema/lint_rule.hpp"

#include "loaders/schema/condition.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot::lint {
namespace {

using namespace sql;

/// Calls `visit(i)` where tokens[i] is the name of a function that is called.
template <class Visit> void each_call(Tokens tokens, Visit&& visit) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
        if (tokens[i].kind == TokenKind::word && tokens[i + 1].is_symbol("(")) visit(i);
}

void unknown_encoding(const Look& look) {
    const Tokens tokens = look.statement.tokens;
    each_call(tokens, [&](std::size_t i) {
        if (!tokens[i].is_word("encode") && !tokens[i].is_word("decode")) return;
        std::size_t depth = 0;
        for (std::size_t at = i + 1; at + 1 < tokens.size() && at < i + 64; ++at) {
            if (tokens[at].is_symbol("(")) ++depth;
            if (tokens[at].is_symbol(")") && --depth == 0) return;
            if (depth != 1 || !tokens[at].is_symbol(",") || !tokens[at + 1].is_string()) continue;
            const std::string format = lower(content(tokens[at + 1]));
            if (format != "hex" && format != "base64" && format != "escape")
                look.report(tokens[at + 1], "unrecognized encoding '" + format + "'");
            return;
        }
    });
}

bool is_wordlike(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Whether a pattern has a `_` beside a letter or digit that nothing escapes: most likely it is meant
/// as itself.
bool has_loose_underscore(std::string_view pattern, char escape) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (escape != '\0' && pattern[i] == escape) {
            ++i;
            continue;
        }
        const bool beside = (i > 0 && is_wordlike(pattern[i - 1])) ||
                            (i + 1 < pattern.size() && is_wordlike(pattern[i + 1]));
        if (pattern[i] == '_' && beside) return true;
    }
    return false;
}

void like_underscore(const Look& look) {
    const Tokens tokens = look.statement.tokens;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (!tokens[i].is_word("LIKE") && !tokens[i].is_word("ILIKE")) continue;
        if (tokens[i + 1].kind != TokenKind::string) continue;
        Cursor behind(tokens.subspan(i + 2));
        char escape = look.options.dialect == Dialect::postgres ? '\\' : '\0';
        if (behind.accept("ESCAPE")) escape = (content(behind.peek()) + '\0')[0];
        const std::string pattern = content(tokens[i + 1]);
        if (has_loose_underscore(pattern, escape))
            look.report(tokens[i + 1], "_ stands for any character here");
    }
}

void and_or_brackets(const Look& look) {
    for (const Token& token : mixed_conditions(look.statement.tokens))
        look.report(token, "AND binds before OR, and no brackets say what is meant");
}

/// Whether the select list is one column that may not be NULL, or the condition says so.
bool excludes_null(Tokens query) {
    for (std::size_t i = 0; i + 2 < query.size(); ++i)
        if (Cursor(query.subspan(i)).sees("IS NOT NULL")) return true;
    return false;
}

bool selects_not_null(const Look& look, Tokens query) {
    Cursor cursor(query);
    cursor.accept("SELECT");
    cursor.accept("DISTINCT");
    auto column = cursor.name();
    if (!column || !cursor.accept("FROM")) return false;
    const auto table = cursor.name();
    if (!table) return false;
    const ColumnFacts* facts = look.whole.column(table->key(), column->name);
    return facts != nullptr && facts->not_null;
}

void not_in_null(const Look& look) {
    const Tokens tokens = look.statement.tokens;
    for (std::size_t i = 0; i + 3 < tokens.size(); ++i) {
        Cursor cursor(tokens.subspan(i));
        if (!cursor.accept("NOT IN") || !cursor.peek(1).is_word("SELECT")) continue;
        const Tokens query = cursor.group();
        if (!excludes_null(query) && !selects_not_null(look, query))
            look.report(tokens[i], "one NULL in this sub-select, and no row is returned at all");
        i += query.size();
    }
}

bool is_integer(const Look& look, Tokens tokens, std::size_t i) {
    const Token& token = tokens[i];
    if (token.kind == TokenKind::number)
        return token.text.find_first_not_of("0123456789") == std::string_view::npos;
    if (!token.is_name()) return false;
    const std::string type = look.whole.type_of_any(folded(token));
    static constexpr std::array<std::string_view, 9> integers{
        "int", "integer", "bigint", "smallint", "int4", "int8", "int2", "serial", "bigserial"};
    return std::find(integers.begin(), integers.end(), type) != integers.end();
}

/// a / b of integers; a name behind it must not be a call, a cast must not follow.
void integer_division(const Look& look) {
    const Tokens tokens = look.statement.tokens;
    for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
        if (!tokens[i].is_symbol("/") || !is_integer(look, tokens, i - 1)) continue;
        std::size_t right = i + 1;
        while (right + 2 < tokens.size() && tokens[right + 1].is_symbol(".") && right < i + 5)
            right += 2;
        const bool cast = right + 1 < tokens.size() &&
                          (tokens[right + 1].is_symbol("::") || tokens[right + 1].is_symbol("("));
        if (!cast && is_integer(look, tokens, right))
            look.report(tokens[i], "integer / integer drops the fraction");
    }
}

/// `x.k` of the equations behind ON, on the side of the table that the others are joined to.
void join_fan_out(const Look& look) {
    const Tokens tokens = look.statement.tokens;
    if (!contains_word(tokens, "GROUP")) return;
    bool sums = false;
    each_call(tokens, [&](std::size_t i) {
        for (const char* name : {"count", "sum", "avg"})
            sums = sums || (tokens[i].is_word(name) && i + 2 < tokens.size() &&
                            !tokens[i + 2].is_word("DISTINCT") && !tokens[i + 2].is_symbol("*"));
    });
    if (!sums) return;
    std::unordered_map<std::string, std::size_t> joined_to;
    for (std::size_t i = 0; i + 7 < tokens.size(); ++i) {
        if (!tokens[i].is_word("ON") || !tokens[i + 4].is_symbol("=") ||
            !tokens[i + 6].is_symbol("."))
            continue;
        for (const std::size_t side : {i + 1, i + 5}) {
            const std::string key = folded(tokens[side]) + "." + folded(tokens[side + 2]);
            if (tokens[side + 2].is_word("id") && ++joined_to[key] == 2)
                look.report(tokens[side], "several tables are joined to " + key +
                                              ": each row of one is counted once per row of the "
                                              "others");
        }
    }
}

constexpr Rule kRules[] = {
    {"unknown-encoding", Severity::error, For::postgres,
     "encode() and decode() know hex, base64 and escape; anything else is refused when it runs.",
     "hex; or a function with an alphabet of its own.", "SELECT encode(a, 'base32') FROM b;\n",
     "SELECT encode(a, 'hex') FROM b;\n", unknown_encoding},
    {"like-underscore", Severity::warning, For::both,
     "_ matches any one character: 'ix_event_%' also finds ix_events_…, and what is counted or "
     "deleted is more than was meant.",
     "'ix\\_event\\_%' (SQLite: with ESCAPE '\\'); starts_with(); or the exact names.",
     "SELECT 1 FROM a WHERE b LIKE 'ix_a_%';\n",
     "SELECT 1 FROM a WHERE b LIKE 'ix\\_a\\_%' ESCAPE '\\';\n", like_underscore},
    {"and-or-brackets", Severity::warning, For::both,
     "a AND b OR c is (a AND b) OR c: the last part stands without the condition before it.",
     "Brackets, also where the precedence is right.", "SELECT 1 FROM a WHERE b AND c OR d;\n",
     "SELECT 1 FROM a WHERE b AND (c OR d);\n", and_or_brackets},
    {"not-in-null", Severity::warning, For::both, "x NOT IN (…, NULL) is never true.",
     "NOT EXISTS (SELECT …), or WHERE … IS NOT NULL inside.",
     "SELECT 1 FROM a WHERE b NOT IN (SELECT c FROM d);\n",
     "SELECT 1 FROM a WHERE b NOT IN (SELECT c FROM d WHERE c IS NOT NULL);\n", not_in_null},
    {"integer-division", Severity::warning, For::both,
     "The quotient of integers is an integer: 90 / 120 = 0.",
     "Cast one side: a::numeric / b, or 1.0 * a / b; NULLIF(b, 0) against division by zero.",
     "SELECT 90 / 120;\n", "SELECT 90 / 120.0;\n", integer_division},
    {"join-fan-out", Severity::warning, For::both,
     "Joining two independent children to one parent pairs each row of one with each row of the "
     "other: sums and counts are multiplied, and so is the work.",
     "Aggregate each child in a sub-select of its own and join the results.",
     "SELECT p.id, count(t.id) FROM p LEFT JOIN t ON t.p_id = p.id LEFT JOIN e ON e.p_id = p.id "
     "GROUP BY p.id;\n",
     "SELECT p.id, count(t.id) FROM p LEFT JOIN t ON t.p_id = p.id GROUP BY p.id;\n", join_fan_out},
};

}  // namespace

std::span<const Rule> query_rules() { return kRules; }

}  // namespace ingot::lint
