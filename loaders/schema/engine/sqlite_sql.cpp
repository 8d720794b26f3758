// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/sqlite_sql.hpp"

namespace ingot::schema {

ParsedSql::ParsedSql(std::string text) : text_(std::move(text)) {
    sql::Positions positions(text_);
    sql::Splitter splitter(text_, Dialect::sqlite, sql::Place::body, positions);
    if (splitter.next(statement_)) meaning_ = sql::meaning_of(statement_);
}

std::vector<sql::Tokens> ParsedSql::elements() const {
    sql::Cursor cursor(statement_.tokens);
    while (!cursor.done() && !cursor.peek().is_symbol("(")) cursor.take();
    return sql::split_at_commas(cursor.group());
}

std::string written(sql::Tokens tokens) {
    if (tokens.empty()) return {};
    const char* begin = tokens.front().text.data();
    const std::string_view last = tokens.back().text;
    return {begin, last.data() + last.size()};
}

sql::Tokens without_order(sql::Tokens key) {
    while (key.size() > 1) {
        if (key.back().is_word("ASC") || key.back().is_word("DESC"))
            key = key.first(key.size() - 1);
        else if (key.size() > 2 && key[key.size() - 2].is_word("COLLATE"))
            key = key.first(key.size() - 2);
        else
            break;
    }
    return key;
}

std::map<std::string, std::string> collations_of(const ParsedSql& table) {
    std::map<std::string, std::string> collations;
    for (const sql::Tokens element : table.elements()) {
        sql::Cursor cursor(element);
        const sql::Token column = cursor.take();
        if (column.is_name() && cursor.skip_behind("COLLATE") && cursor.peek().is_name())
            collations[folded(column)] = folded(cursor.peek());
    }
    return collations;
}

}  // namespace ingot::schema
