// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/sql_meaning.hpp"

#include <unordered_map>
#include <unordered_set>

namespace ingot::lint {

/// Where something was defined.
struct Where {
    std::size_t file = 0;
    sql::Position position = {};
};

enum class RelationKind { table, index, view, materialized_view, sequence, type };

/// What has a name that may be given once.
struct Relation {
    RelationKind kind = RelationKind::table;
    Where where = {};
    std::string table = {};  ///< Of an index.
};

struct ColumnFacts {
    std::string type = {};
    bool not_null = false;
    bool has_default = false;
    bool filled = false;  ///< ADD COLUMN … DEFAULT: the rows have the value already.
    bool added = false;   ///< By ALTER TABLE.
};

/// An index or constraint, by its name.
struct Owner {
    std::string name = {};
    bool is_constraint = false;
};

struct TableFacts {
    bool created = false;  ///< By CREATE TABLE in these files; false: only changed.
    Where where = {};
    std::unordered_map<std::string, ColumnFacts> columns = {};
    /// First columns of its keys and indexes, each set in alphabetical order: "a,b".
    std::unordered_set<std::string> prefixes = {};
    /// The same in the order of the index, with the index that has them; partial ones left out.
    std::unordered_map<std::string, Owner> ordered = {};
    /// Whole definitions of indexes, and their names.
    std::unordered_map<std::string, Owner> definitions = {};
    bool has_plain_unique_index = false;                   ///< Without expressions and condition.
    std::unordered_set<std::string> not_null_checks = {};  ///< Columns with CHECK (… IS NOT NULL).
};

/// What the files define. One that forgets is the database as it would be so far; one that does not
/// holds everything that the files define anywhere.
class Catalog {
public:
    explicit Catalog(bool forgets) : forgets_(forgets) {}

    void observe(const sql::Statement& statement, const sql::Meaning& meaning, Where where);

    const Relation* relation(const std::string& key) const;
    const TableFacts* table(const std::string& key) const;
    const ColumnFacts* column(const std::string& table, const std::string& name) const;
    /// The labels of an enum; null: no such type.
    const std::vector<std::string>* labels(const std::string& type) const;
    bool has_extension(const std::string& name) const { return extensions_.contains(name); }
    /// A view or foreign key of another table that needs this one (and its column, when one is
    /// given); empty: none. Looks at no more than the first few that mention it.
    std::string dependent(const std::string& table, const std::string& column) const;
    /// The index with the very definition, or one or a constraint whose first columns these are;
    /// empty: none. Requires: `index` is not observed yet.
    std::string covering(const sql::CreateIndex& index) const;
    /// The table whose dropping took this index away; empty: none.
    std::string dropped_with(const std::string& index) const;
    /// The type of a column of this name, when all tables that have one agree; else empty.
    std::string type_of_any(const std::string& column) const;

private:
    struct View {
        std::unordered_set<std::string> words;
    };

    void define(const std::string& key, RelationKind kind, Where where, std::string table = {});
    void forget(const std::string& key);
    void add_column(TableFacts& table, const sql::ColumnDefinition& column, bool by_alter);
    void add_key(TableFacts& facts, const std::vector<std::string>& columns, const Owner& owner);
    std::string canonical(const std::string& table) const;
    bool is_live(const Owner& owner) const;
    void own(std::unordered_map<std::string, Owner>& owners, const std::string& what,
             const Owner& owner);
    void add_constraint(const std::string& table, const sql::Constraint& constraint);
    void observe(const sql::CreateTable& create, Where where);
    void observe(const sql::CreateIndex& create, Where where);
    void observe(const sql::CreateView& create, Where where);
    void observe(const sql::CreateOther& create, Where where);
    void observe(const sql::AlterTable& alter, Where where);
    void observe(const sql::Drop& drop, Where where);
    void observe(const sql::Write&, Where) {}
    void change(const sql::AlterTable& alter, const sql::TableChange& change, Where where);
    void rename(const sql::AlterTable& alter, const std::string& to, Where where);

    bool forgets_;
    std::unordered_map<std::string, Relation> relations_;
    std::unordered_map<std::string, TableFacts> tables_;
    std::unordered_map<std::string, std::string> aliases_;  ///< New name of a table → its first.
    std::unordered_map<std::string, View> views_;
    std::unordered_map<std::string, std::vector<std::string>> mentions_;  ///< Word → views.
    std::unordered_map<std::string, std::vector<std::string>> referrers_;
    std::unordered_map<std::string, std::vector<std::string>> indexes_;  ///< Table → its indexes.
    std::unordered_map<std::string, std::string> dropped_with_;
    std::unordered_map<std::string, std::vector<std::string>> labels_;
    std::unordered_map<std::string, std::string> types_;  ///< Column → type; "?" where they differ.
    std::unordered_set<std::string> extensions_;
};

/// An index's name with its table's schema.
std::string index_key(const sql::CreateIndex& index);

}  // namespace ingot::lint
