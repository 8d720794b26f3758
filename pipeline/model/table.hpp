// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/value.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ingot {

/// How an entity's column follows from its statements (and, for times, from facts).
enum class Fold { last, earliest, latest, messages, inferred };

/// What else a field says about its column.
struct Traits {
    Fold fold = Fold::last;
    std::string_view fallback = {};  ///< Entities: value when no statement has one ("$id": the id).
    std::string_view says = {};      ///< One sentence for the data dictionary.
    std::string_view domain = {};    ///< Allowed words, blank separated; empty: anything.
};

struct Column {
    std::string_view name;
    Type type = Type::text;
    bool required = false;  ///< NOT NULL.
    Traits traits = {};
};

/// A foreign key; workspace_id is part of it and is not listed.
struct Reference {
    std::string_view column;
    std::string_view table;
    std::string_view target;  ///< Column of `table`.
    std::string_view index_also =
        {};             ///< Further column of this key's index, for index-only reads.
    bool dates = true;  ///< Times of these facts fold into the entity's times.
};

/// A secondary index; workspace_id comes first and is not listed.
struct Index {
    std::string_view name;
    std::string_view columns;  ///< As in SQL: "status, last_activity".
    bool postgres_only = false;
};

/// Facts say what stands at one place of a file; entities are folded from statements; a derived
/// table is computed from facts; bookkeeping tells what was read.
enum class Kind { fact, entity, derived, bookkeeping };

struct Table;

/// Says which row of a derived table follows from a fact; empty: none does.
struct Derives {
    std::string_view table;
    std::string (*id)(const Table& fact, std::span<const Value> row);
};

/// The description of a table, from which DDL, INSERT, COPY, checksums and docs follow.
struct Table {
    std::string_view name;
    std::string_view says;  ///< One sentence for the data dictionary.
    Kind kind = Kind::fact;
    std::vector<Column> columns;        ///< All of them, key first, in column order.
    std::vector<std::string_view> key;  ///< Primary key columns.
    std::vector<Reference> references;
    std::vector<Index> indexes;
    std::string_view time_column = {};  ///< When the fact happened; empty: undated.
    std::optional<Derives> derives = {};

    /// Position of a column; columns.size() when there is none of that name.
    std::size_t position(std::string_view column) const {
        std::size_t i = 0;
        while (i < columns.size() && columns[i].name != column) ++i;
        return i;
    }
};

}  // namespace ingot
