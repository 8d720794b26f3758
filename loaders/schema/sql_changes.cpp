// SPDX-License-Identifier: MIT
#include "loaders/schema/sql_meaning.hpp"

namespace ingot::sql {
namespace {

void read_added(Cursor cursor, TableChange& change) {
    if (auto constraint = read_constraint(cursor.rest())) {
        change.change = Change::add_constraint;
        change.name = constraint->name;
        change.constraint = *std::move(constraint);
        return;
    }
    cursor.accept("COLUMN");
    change.if_exists = cursor.accept("IF NOT EXISTS");
    if (!cursor.peek().is_name()) return;
    change.change = Change::add_column;
    change.column = read_column(cursor.rest());
    change.name = change.column.name;
}

void read_dropped(Cursor cursor, TableChange& change) {
    const bool constraint = cursor.accept("CONSTRAINT");
    if (!constraint) cursor.accept("COLUMN");
    change.if_exists = cursor.accept("IF EXISTS");
    if (!cursor.peek().is_name()) return;
    change.change = constraint ? Change::drop_constraint : Change::drop_column;
    change.name = folded(cursor.take());
    change.cascade = cursor.accept("CASCADE");
}

void read_altered(Cursor cursor, TableChange& change) {
    if (cursor.sees("CONSTRAINT")) return;
    cursor.accept("COLUMN");
    if (!cursor.peek().is_name()) return;
    change.name = folded(cursor.take());
    if (cursor.accept("SET NOT NULL"))
        change.change = Change::set_not_null;
    else if (cursor.accept("DROP NOT NULL"))
        change.change = Change::drop_not_null;
    else if (cursor.accept("SET DEFAULT"))
        change.change = Change::set_default;
    else if (cursor.accept("DROP DEFAULT"))
        change.change = Change::drop_default;
    else if (cursor.accept("TYPE") || cursor.accept("SET DATA TYPE"))
        change.change = Change::set_type;
    change.expression = cursor.rest();
}

void read_renamed(Cursor cursor, TableChange& change) {
    if (cursor.accept("TO")) {
        change.change = Change::rename;
        change.new_name = folded(cursor.peek());
        return;
    }
    const bool constraint = cursor.accept("CONSTRAINT");
    if (!constraint) cursor.accept("COLUMN");
    change.name = folded(cursor.take());
    if (!cursor.accept("TO")) return;
    change.change = constraint ? Change::rename_constraint : Change::rename_column;
    change.new_name = folded(cursor.peek());
}

}  // namespace

TableChange read_change(Tokens tokens) {
    TableChange change;
    change.tokens = tokens;
    Cursor cursor(tokens);
    if (cursor.accept("ADD"))
        read_added(cursor, change);
    else if (cursor.accept("DROP"))
        read_dropped(cursor, change);
    else if (cursor.accept("ALTER"))
        read_altered(cursor, change);
    else if (cursor.accept("RENAME"))
        read_renamed(cursor, change);
    else if (cursor.accept("VALIDATE CONSTRAINT")) {
        change.change = Change::validate;
        change.name = folded(cursor.peek());
    }
    return change;
}

}  // namespace ingot::sql
