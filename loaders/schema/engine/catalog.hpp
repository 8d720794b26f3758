// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/target.hpp"

#include <map>
#include <set>

/// What a schema holds, read from the database's own catalog: objects are found by what they are, and
/// a plan is tried on a copy before anything runs.
namespace ingot::schema {

enum class RelationKind { table, partitioned, view, materialized_view, sequence, foreign };

struct Column {
    std::string name = {};
    std::string type = {};  ///< As format_type says it: "character varying(20)".
    bool not_null = false;
    std::optional<std::string> fallback = {};  ///< The DEFAULT's expression.
    bool generated = false;                    ///< Identity or computed.
    bool planned = false;  ///< Not in the database yet: an earlier step of the plan makes it.
    std::string generation = {};  ///< "GENERATED ALWAYS AS IDENTITY", …; empty: none.
    std::string collation = {};   ///< Empty: the type's default.
};

/// A table, view or sequence.
struct Relation {
    std::string name = {};
    RelationKind kind = RelationKind::table;
    std::vector<Column> columns = {};
    /// Of a view: its query. Of a sequence: its range. Of a table: how it is stored and partitioned.
    /// SQLite: the CREATE statement, of a view its query.
    std::string definition = {};
    bool populated = true;   ///< Of a materialized view.
    std::int64_t rows = 0;   ///< Estimated by the server; counted in SQLite.
    std::int64_t bytes = 0;  ///< With indexes and long values; 0 in SQLite.
    std::string owner = {};
    bool may_change = true;                   ///< The user of the connection owns it.
    std::string owned_by = {};                ///< Of a sequence: "table.column".
    std::set<std::string> uses = {};          ///< Of a view: relations that it reads.
    std::set<std::string> uses_columns = {};  ///< Of a view: "relation.column".
    bool planned = false;
    std::string stored_name = {};  ///< Its name in the database, while a plan renames it.

    bool is_table() const {
        return kind == RelationKind::table || kind == RelationKind::partitioned;
    }
    const Column* column(std::string_view column_name) const;
    Column* column(std::string_view column_name);
};

/// A key of an index, in the words of the server.
struct Key {
    std::string text = {};  ///< Column without quotes, or an expression.
    bool is_column = true;
    bool descending = false;
    bool nulls_first = false;         ///< Default: as PostgreSQL has it (first when descending).
    std::string operator_class = {};  ///< Empty: the type's default.
    std::string collation = {};       ///< Empty: the column's.

    bool operator==(const Key&) const = default;
};

struct Index {
    std::string name = {};
    std::string table = {};
    std::string method = "btree";
    std::vector<Key> keys = {};
    std::vector<std::string> included = {};
    std::optional<std::string> predicate = {};
    bool unique = false;
    bool primary = false;
    bool valid = true;  ///< False: a concurrent build failed or is under way.
    bool nulls_not_distinct = false;
    std::string constraint = {};  ///< That it belongs to.
    std::string definition = {};  ///< CREATE INDEX …
    std::int64_t bytes = 0;
    std::int64_t scans = 0;  ///< Since the statistics were reset.
    bool planned = false;
};

enum class ConstraintKind { primary, unique, check, foreign, exclusion };

struct Constraint {
    std::string name = {};
    std::string table = {};
    ConstraintKind kind = ConstraintKind::check;
    std::vector<std::string> columns = {};
    std::string definition = {};  ///< FOREIGN KEY (…) …, without NOT VALID.
    bool valid = true;
    std::string target = {};  ///< Of a foreign key: the table that it refers to.
    std::vector<std::string> target_columns = {};
    std::string index = {};      ///< Of a key: the index behind it.
    std::string on_delete = {};  ///< "CASCADE", "SET NULL", "RESTRICT", "NO ACTION", "SET DEFAULT".
    std::string on_update = {};
    bool planned = false;
};

struct Routine {
    std::string name = {};
    std::string signature = {};  ///< name(argument types)
    std::string language = {};
    std::string body = {};        ///< Text that is parsed when it runs; empty for BEGIN ATOMIC.
    std::string definition = {};  ///< CREATE FUNCTION …; of an aggregate empty.
};

struct Trigger {
    std::string name = {};
    std::string table = {};
    std::string definition = {};
};

/// Objects by name; foreign keys of other schemas that refer to these tables are not in it.
struct Catalog {
    Dialect dialect = Dialect::postgres;
    std::string schema = {};
    std::string user = {};
    int server_version = 0;  ///< 150020; SQLite: 3040001.
    bool may_create = true;  ///< In the schema.
    std::map<std::string, Relation> relations = {};
    std::map<std::string, Index> indexes = {};
    std::vector<Constraint> constraints = {};                    ///< By table and name.
    std::map<std::string, std::vector<std::string>> enums = {};  ///< Type → labels in their order.
    std::map<std::string, std::string> other_types = {};  ///< Domains and composites → kind.
    std::vector<Routine> routines = {};
    std::vector<Trigger> triggers = {};
    std::set<std::string> extensions = {};

    const Relation* relation(std::string_view name) const;
    const Relation* table(std::string_view name) const;  ///< Null when it is no table.
    const Column* column(std::string_view table, std::string_view name) const;
    const Index* index(std::string_view name) const;
    std::vector<const Index*> indexes_of(std::string_view table) const;
    std::vector<const Constraint*> constraints_of(std::string_view table) const;
    const Constraint* constraint(std::string_view table, std::string_view name) const;
    /// Foreign keys that refer to the table.
    std::vector<const Constraint*> referrers_of(std::string_view table) const;
    /// Views that read the relation, or one of its columns; by name.
    std::vector<std::string> views_on(std::string_view relation,
                                      std::string_view column = {}) const;
    /// What has the name: "a table", "an index", "a view"; empty: nothing. Relations, indexes and types
    /// share one space of names.
    std::string holder_of(std::string_view name) const;
    /// Planned tables and columns are there now: their statements have run. Views keep their mark: what
    /// columns they have, only the database tells.
    void settle();
};

/// Reads the whole schema in a few queries; one that does not exist is empty. Only reads.
Catalog read_catalog(Target& target);

/// One line for each object, sorted, that says all that pg_dump would: two equal lists are equal
/// schemas. Sizes, row counts and owners are left out.
std::vector<std::string> describe(const Catalog& catalog);

}  // namespace ingot::schema
