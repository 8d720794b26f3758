// SPDX-License-Identifier: MIT
#include "loaders/schema/sql_meaning.hpp"

#include <algorithm>

namespace ingot::sql {
namespace {

/// Words that end a type or a default in a column's definition.
bool begins_column_constraint(const Token& token) {
    if (token.kind != TokenKind::word) return false;
    for (const char* word :
         {"NOT", "NULL", "DEFAULT", "PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "CONSTRAINT",
          "GENERATED", "COLLATE", "ON", "DEFERRABLE", "INITIALLY", "AUTOINCREMENT",
          "AUTO_INCREMENT", "COMMENT", "STORAGE", "AS", "USING"})
        if (token.is_word(word)) return true;
    return false;
}

Tokens up_to_constraint(Cursor& cursor, bool behind_first) {
    const Tokens all = cursor.rest();
    std::size_t count = 0;
    while (!cursor.done()) {
        if (!(behind_first && count == 0) && begins_column_constraint(cursor.peek())) break;
        if (cursor.peek().is_symbol("("))
            count += cursor.group().size() + 2;
        else {
            cursor.take();
            ++count;
        }
    }
    return all.subspan(0, std::min(count, all.size()));
}

/// [NOT VALID] [NULLS NOT DISTINCT] USING INDEX, wherever they stand behind a constraint.
void read_tail(Tokens tokens, Constraint& constraint) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const Cursor at(tokens.subspan(i));
        constraint.not_valid = constraint.not_valid || at.sees("NOT VALID");
        constraint.using_index = constraint.using_index || at.sees("USING INDEX");
        constraint.nulls_not_distinct =
            constraint.nulls_not_distinct || at.sees("NULLS NOT DISTINCT");
    }
}

Constraint of_column(const ColumnDefinition& column, ConstraintKind kind, const Token& token,
                     const std::string& name) {
    return {.kind = kind, .name = name, .token = token, .columns = {column.name}};
}

/// One of the things behind a column's type; moves on by at least one token.
void read_part(Cursor& cursor, ColumnDefinition& column, std::string& constraint_name) {
    const Token token = cursor.peek();
    const auto add = [&](ConstraintKind kind) -> Constraint& {
        column.constraints.push_back(of_column(column, kind, token, constraint_name));
        constraint_name.clear();
        return column.constraints.back();
    };
    if (cursor.accept("NOT NULL")) {
        column.not_null = true;
    } else if (cursor.accept("CONSTRAINT")) {
        if (const auto name = cursor.name()) constraint_name = name->name;
    } else if (cursor.accept("DEFAULT")) {
        column.has_default = true;
        column.fallback = up_to_constraint(cursor, true);
    } else if (cursor.accept("PRIMARY KEY")) {
        add(ConstraintKind::primary);
        column.not_null = true;
    } else if (cursor.accept("UNIQUE")) {
        add(ConstraintKind::unique).nulls_not_distinct = cursor.accept("NULLS NOT DISTINCT");
    } else if (cursor.accept("CHECK")) {
        add(ConstraintKind::check).body = cursor.group();
    } else if (cursor.accept("REFERENCES")) {
        add(ConstraintKind::foreign).target = cursor.name();
    } else if (cursor.accept("GENERATED") || cursor.accept("AS")) {
        column.generated = true;
    } else {
        cursor.take();
    }
}

}  // namespace

std::vector<std::string> column_names(Tokens group) {
    std::vector<std::string> names;
    for (const Tokens part : split_at_commas(group))
        names.push_back(part.size() == 1 && part[0].is_name() ? folded(part[0]) : joined(part));
    return names;
}

ColumnDefinition read_column(Tokens tokens) {
    Cursor cursor(tokens);
    ColumnDefinition column;
    column.token = cursor.take();
    column.name = folded(column.token);
    column.type_tokens = up_to_constraint(cursor, false);
    column.type = joined(column.type_tokens);
    std::string constraint_name;
    while (!cursor.done()) read_part(cursor, column, constraint_name);
    return column;
}

std::optional<Constraint> read_constraint(Tokens tokens) {
    Cursor cursor(tokens);
    Constraint constraint;
    constraint.token = cursor.peek();
    if (cursor.accept("CONSTRAINT"))
        if (const auto name = cursor.name()) constraint.name = name->name;
    if (cursor.accept("PRIMARY KEY")) {
        constraint.kind = ConstraintKind::primary;
    } else if (cursor.accept("UNIQUE")) {
        constraint.kind = ConstraintKind::unique;
        constraint.nulls_not_distinct = cursor.accept("NULLS NOT DISTINCT");
        if (cursor.peek().is_name() && cursor.sees("KEY")) cursor.take();
    } else if (cursor.accept("CHECK")) {
        constraint.kind = ConstraintKind::check;
        constraint.body = cursor.group();
    } else if (cursor.accept("FOREIGN KEY")) {
        constraint.kind = ConstraintKind::foreign;
    } else if (cursor.sees("EXCLUDE USING") ||
               (cursor.sees("EXCLUDE") && cursor.peek(1).is_symbol("("))) {
        constraint.kind = ConstraintKind::exclude;
    } else {
        return {};
    }
    if (constraint.kind != ConstraintKind::check) constraint.columns = column_names(cursor.group());
    if (cursor.accept("REFERENCES")) constraint.target = cursor.name();
    read_tail(cursor.rest(), constraint);
    return constraint;
}

}  // namespace ingot::sql
