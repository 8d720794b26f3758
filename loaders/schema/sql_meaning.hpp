// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/sql_cursor.hpp"
#include "loaders/schema/sql_split.hpp"

#include <variant>

namespace ingot::sql {

enum class ConstraintKind { primary, unique, check, foreign, exclude };

/// A constraint of a table, or of a column (then `columns` holds that one).
struct Constraint {
    ConstraintKind kind = ConstraintKind::check;
    std::string name = {};  ///< Empty: the database makes one.
    Token token = {};       ///< Where it begins.
    std::vector<std::string> columns = {};
    std::optional<Name> target = {};  ///< The table that a foreign key names.
    Tokens body = {};                 ///< The condition of a check.
    bool not_valid = false;
    bool using_index = false;
    bool nulls_not_distinct = false;
};

struct ColumnDefinition {
    std::string name = {};
    Token token = {};
    std::string type = {};  ///< Lower case, one blank between words: "varchar ( 20 )".
    Tokens type_tokens = {};
    bool not_null = false;
    bool has_default = false;
    Tokens fallback = {};    ///< The DEFAULT's expression.
    bool generated = false;  ///< Identity or a computed column.
    std::vector<Constraint> constraints = {};
};

struct CreateTable {
    Name name = {};
    bool temporary = false;
    bool if_not_exists = false;
    bool has_columns = false;  ///< False for AS SELECT, PARTITION OF…
    std::vector<ColumnDefinition> columns = {};
    std::vector<Constraint> constraints = {};  ///< Those of columns too.
    std::vector<Tokens> inline_indexes = {};   ///< INDEX name (column), as MySQL has it.
    Tokens options = {};                       ///< Behind the columns.
};

struct CreateIndex {
    bool unique = false;
    bool concurrently = false;
    bool if_not_exists = false;
    std::optional<Name> name = {};
    Name table = {};
    std::string method = {};
    std::vector<std::string> keys = {};  ///< Columns by name; expressions as their text.
    std::vector<bool> plain = {};        ///< Whether the key is a column.
    Tokens condition = {};               ///< Behind WHERE.
    bool nulls_not_distinct = false;
};

struct CreateView {
    Name name = {};
    bool materialized = false;
    bool if_not_exists = false;
    bool or_replace = false;
    Tokens query = {};
};

/// CREATE TYPE, DOMAIN, SEQUENCE, EXTENSION, FUNCTION, TRIGGER…
struct CreateOther {
    std::string kind = {};  ///< Upper case.
    Name name = {};
    bool if_not_exists = false;
    bool or_replace = false;
    std::vector<std::string> labels = {};  ///< Of an enum.
};

enum class Change {
    add_column,
    add_constraint,
    drop_column,
    drop_constraint,
    set_type,
    set_default,
    drop_default,
    set_not_null,
    drop_not_null,
    validate,
    rename,
    rename_column,
    rename_constraint,
    other
};

/// One action of ALTER TABLE.
struct TableChange {
    Change change = Change::other;
    Tokens tokens = {};      ///< The whole action; never empty in a parsed statement.
    bool if_exists = false;  ///< IF EXISTS, or IF NOT EXISTS of an added column.
    bool cascade = false;
    std::string name = {};      ///< The column or constraint.
    std::string new_name = {};  ///< Of a renaming.
    ColumnDefinition column = {};
    Constraint constraint = {};
    Tokens expression = {};  ///< The default, or the new type and its USING.
};

struct AlterTable {
    std::string kind = {};  ///< TABLE, INDEX, VIEW, MATERIALIZED VIEW, TYPE, SEQUENCE…
    Name name = {};
    std::vector<TableChange> changes = {};
};

struct Drop {
    std::string kind = {};  ///< TABLE, INDEX, MATERIALIZED VIEW…
    bool concurrently = false;
    bool if_exists = false;
    bool cascade = false;
    std::vector<Name> names = {};
};

struct Assignment {
    std::vector<std::string> columns = {};
    Token token = {};
    Tokens value = {};
};

/// UPDATE, DELETE or TRUNCATE of one table.
struct Write {
    enum class Kind { update, erase, truncate };
    Kind kind = Kind::update;
    Name table = {};
    std::string alias = {};
    std::vector<Assignment> assignments = {};
    bool has_where = false;
    Tokens where = {};
};

using Meaning = std::variant<std::monostate, CreateTable, CreateIndex, CreateView, CreateOther,
                             AlterTable, Drop, Write>;

/// What the statement does, as far as the rules ask; monostate for all else. Never fails.
Meaning meaning_of(const Statement& statement);

/// A column definition, as in CREATE TABLE and ADD COLUMN.
ColumnDefinition read_column(Tokens tokens);
/// [CONSTRAINT name] CHECK, FOREIGN KEY, UNIQUE…; nothing when it is none.
std::optional<Constraint> read_constraint(Tokens tokens);
/// One action of ALTER TABLE; what is not known is `other`.
TableChange read_change(Tokens tokens);
/// The columns of "(a, b)"; expressions as their text.
std::vector<std::string> column_names(Tokens group);

}  // namespace ingot::sql
