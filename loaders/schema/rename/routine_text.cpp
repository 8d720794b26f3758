// SPDX-License-Identifier: MIT
#include "loaders/schema/rename/rename_plan.hpp"
#include "loaders/schema/sql_lexer.hpp"

namespace ingot::schema::rename {
namespace {

/// Strings may hold SQL that is put together and run: EXECUTE 'SELECT … FROM "User"'. In them only
/// quoted names count, words are prose.
void collect(std::string_view text, bool in_string, const std::set<std::string>& tables,
             std::set<std::string>& found) {
    sql::Lexer lexer(text, Dialect::postgres, sql::Place::body);
    for (sql::Token token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next()) {
        const bool counts = in_string ? token.kind == sql::TokenKind::quoted : token.is_name();
        if (counts && tables.contains(folded(token))) found.insert(folded(token));
        if (token.is_string() && !in_string) collect(content(token), true, tables, found);
    }
}

}  // namespace

std::vector<std::string> tables_named_in(const Routine& routine,
                                         const std::set<std::string>& tables) {
    std::set<std::string> found;
    collect(routine.body, false, tables, found);
    return {found.begin(), found.end()};
}

}  // namespace ingot::schema::rename
