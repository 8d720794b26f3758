// SPDX-License-Identifier: MIT
#include "loaders/schema/sql_meaning.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot::sql {
namespace {

/// INDEX name (…), KEY name (…): but `index numeric(10)` is a column.
bool is_inline_index(Tokens part) {
    Cursor cursor(part);
    if (cursor.accept("FULLTEXT") || cursor.accept("SPATIAL")) return true;
    if (!cursor.accept("INDEX") && !cursor.accept("KEY")) return false;
    if (cursor.peek().is_symbol("(")) return true;
    if (!cursor.peek().is_name() || !cursor.peek(1).is_symbol("(")) return false;
    static constexpr std::array<std::string_view, 10> types{
        "numeric", "decimal", "varchar", "char",      "character",
        "bit",     "varbit",  "time",    "timestamp", "float"};
    return std::find(types.begin(), types.end(), lower(cursor.peek().text)) == types.end();
}

void read_element(Tokens part, CreateTable& table) {
    if (part.empty() || part[0].is_word("LIKE")) return;
    if (is_inline_index(part)) {
        table.inline_indexes.push_back(part);
    } else if (auto constraint = read_constraint(part)) {
        table.constraints.push_back(*std::move(constraint));
    } else {
        ColumnDefinition column = read_column(part);
        for (const Constraint& own : column.constraints) table.constraints.push_back(own);
        table.columns.push_back(std::move(column));
    }
}

Meaning create_table(Cursor cursor, bool temporary) {
    CreateTable table;
    table.temporary = temporary;
    table.if_not_exists = cursor.accept("IF NOT EXISTS");
    const auto name = cursor.name();
    if (!name) return {};
    table.name = *name;
    table.has_columns = cursor.peek().is_symbol("(");
    for (const Tokens part : split_at_commas(cursor.group())) read_element(part, table);
    table.options = cursor.rest();
    for (const Constraint& constraint : table.constraints)
        if (constraint.kind == ConstraintKind::primary)
            for (ColumnDefinition& column : table.columns)
                if (std::find(constraint.columns.begin(), constraint.columns.end(), column.name) !=
                    constraint.columns.end())
                    column.not_null = true;
    return table;
}

/// A key of an index: its column, or the text of its expression without ASC, DESC and operator class.
void read_key(Tokens part, CreateIndex& index) {
    const bool plain = !part.empty() && part[0].is_name() &&
                       (part.size() == 1 || !(part[1].is_symbol("(") || part[1].is_symbol(".")));
    index.plain.push_back(plain);
    index.keys.push_back(plain ? folded(part[0]) : joined(part));
}

Meaning create_index(Cursor cursor, bool unique) {
    CreateIndex index;
    index.unique = unique;
    index.concurrently = cursor.accept("CONCURRENTLY");
    index.if_not_exists = cursor.accept("IF NOT EXISTS");
    if (!cursor.sees("ON")) index.name = cursor.name();
    if (!cursor.accept("ON")) return {};
    cursor.accept("ONLY");
    const auto table = cursor.name();
    if (!table) return {};
    index.table = *table;
    if (cursor.accept("USING")) index.method = lower(cursor.take().text);
    for (const Tokens part : split_at_commas(cursor.group())) read_key(part, index);
    while (!cursor.done()) {
        if (cursor.accept("NULLS NOT DISTINCT")) {
            index.nulls_not_distinct = true;
        } else if (cursor.accept("WHERE")) {
            index.condition = cursor.rest();
            break;
        } else {
            cursor.take();
        }
    }
    return index;
}

Meaning create_view(Cursor cursor, bool materialized, bool or_replace) {
    CreateView view;
    view.materialized = materialized;
    view.or_replace = or_replace;
    view.if_not_exists = cursor.accept("IF NOT EXISTS");
    const auto name = cursor.name();
    if (!name) return {};
    view.name = *name;
    view.query = cursor.skip_behind("AS") ? cursor.rest() : Tokens();
    return view;
}

Meaning create_other(Cursor cursor, bool or_replace) {
    CreateOther other;
    other.or_replace = or_replace;
    while (cursor.accept("FOREIGN") || cursor.accept("CONSTRAINT") || cursor.accept("EVENT") ||
           cursor.accept("VIRTUAL")) {
    }
    for (const char c : cursor.peek().is_name() ? cursor.take().text : std::string_view())
        other.kind += c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    other.if_not_exists = cursor.accept("IF NOT EXISTS");
    const auto name = cursor.name();
    if (!name) return {};
    other.name = *name;
    if (other.kind == "TYPE" && cursor.accept("AS ENUM"))
        for (const Token& token : cursor.group())
            if (token.is_string()) other.labels.push_back(content(token));
    return other;
}

Meaning create(Cursor cursor) {
    const bool or_replace = cursor.accept("OR REPLACE");
    bool temporary = false;
    while (cursor.accept("GLOBAL") || cursor.accept("LOCAL") || cursor.accept("UNLOGGED") ||
           cursor.accept("RECURSIVE") || cursor.sees("TEMP") || cursor.sees("TEMPORARY"))
        temporary = cursor.accept("TEMP") || cursor.accept("TEMPORARY") || temporary;
    if (cursor.accept("TABLE")) return create_table(cursor, temporary);
    if (cursor.accept("UNIQUE INDEX")) return create_index(cursor, true);
    if (cursor.accept("INDEX")) return create_index(cursor, false);
    if (cursor.accept("MATERIALIZED VIEW")) return create_view(cursor, true, or_replace);
    if (cursor.accept("VIEW")) return create_view(cursor, false, or_replace);
    return create_other(cursor, or_replace);
}

/// TABLE, INDEX, MATERIALIZED VIEW…: the kind behind ALTER and DROP, in upper case.
std::string object_kind(Cursor& cursor) {
    for (const char* kind : {"TABLE", "INDEX", "MATERIALIZED VIEW", "VIEW", "SEQUENCE", "TYPE",
                             "DOMAIN", "FUNCTION", "PROCEDURE", "SCHEMA", "DATABASE", "EXTENSION",
                             "TRIGGER", "POLICY", "CONSTRAINT", "COLUMN"})
        if (cursor.accept(kind)) return kind;
    return {};
}

Meaning drop(Cursor cursor) {
    Drop drop;
    drop.kind = object_kind(cursor);
    if (drop.kind.empty()) return {};
    drop.concurrently = cursor.accept("CONCURRENTLY");
    drop.if_exists = cursor.accept("IF EXISTS");
    while (const auto name = cursor.name()) {
        drop.names.push_back(*name);
        cursor.group();
        if (!cursor.accept_symbol(",")) break;
    }
    drop.cascade = contains_word(cursor.rest(), "CASCADE");
    return drop;
}

/// (a, b) = …, a = …: the assignments behind SET.
std::vector<Assignment> read_assignments(Tokens tokens) {
    std::vector<Assignment> all;
    for (const Tokens part : split_at_commas(tokens)) {
        Cursor cursor(part);
        Assignment assignment;
        assignment.token = cursor.peek();
        if (cursor.peek().is_symbol("("))
            assignment.columns = column_names(cursor.group());
        else if (const auto name = cursor.name())
            assignment.columns = {name->name};
        if (cursor.accept_symbol("=")) assignment.value = cursor.rest();
        all.push_back(std::move(assignment));
    }
    return all;
}

Meaning write(Cursor cursor, Write::Kind kind) {
    Write write;
    write.kind = kind;
    if (kind == Write::Kind::erase && !cursor.accept("FROM")) return {};
    if (kind == Write::Kind::truncate) cursor.accept("TABLE");
    cursor.accept("ONLY");
    const auto table = cursor.name();
    if (!table) return {};
    write.table = *table;
    cursor.accept_symbol("*");
    cursor.accept("AS");
    if (cursor.peek().is_name() && !cursor.sees("SET") && !cursor.sees("WHERE") &&
        !cursor.sees("USING") && !cursor.sees("RETURNING"))
        write.alias = folded(cursor.take());
    if (kind == Write::Kind::update) {
        if (!cursor.accept("SET")) return {};
        write.assignments = read_assignments(cursor.until({"FROM", "WHERE", "RETURNING"}));
    }
    write.has_where = cursor.skip_behind("WHERE");
    write.where = cursor.rest();
    return write;
}

/// WITH … and EXPLAIN … before the statement proper.
void skip_prefix(Cursor& cursor) {
    if (cursor.accept("EXPLAIN")) {
        cursor.group();
        while (cursor.accept("ANALYZE") || cursor.accept("VERBOSE")) {
        }
    }
    if (cursor.sees("WITH")) cursor.until({"SELECT", "INSERT", "UPDATE", "DELETE", "MERGE"});
}

Meaning alter(Cursor cursor) {
    AlterTable alter;
    alter.kind = object_kind(cursor);
    cursor.accept("IF EXISTS");
    cursor.accept("ONLY");
    const auto name = cursor.name();
    if (alter.kind.empty() || !name) return {};
    alter.name = *name;
    cursor.accept_symbol("*");
    for (const Tokens part : split_at_commas(cursor.rest()))
        if (!part.empty()) alter.changes.push_back(read_change(part));
    return alter;
}

}  // namespace

Meaning meaning_of(const Statement& statement) {
    Cursor cursor(statement.tokens);
    skip_prefix(cursor);
    if (cursor.accept("CREATE")) return create(cursor);
    if (cursor.accept("ALTER")) return alter(cursor);
    if (cursor.accept("DROP")) return drop(cursor);
    if (cursor.accept("UPDATE")) return write(cursor, Write::Kind::update);
    if (cursor.accept("DELETE")) return write(cursor, Write::Kind::erase);
    if (cursor.accept("TRUNCATE")) return write(cursor, Write::Kind::truncate);
    return {};
}

}  // namespace ingot::sql
