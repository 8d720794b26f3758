// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/table.hpp"

#include <concepts>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace ingot {

/// How a member of a record struct becomes a cell.
template <class M> struct Cell;
template <> struct Cell<std::string_view> {
    static constexpr Type type = Type::text;
    static Value value(std::string_view v) { return v; }
};
template <> struct Cell<std::int64_t> {
    static constexpr Type type = Type::integer;
    static Value value(std::int64_t v) { return v; }
};
template <> struct Cell<double> {
    static constexpr Type type = Type::real;
    static Value value(double v) { return v; }
};
template <> struct Cell<bool> {
    static constexpr Type type = Type::boolean;
    static Value value(bool v) { return std::int64_t{v}; }
};
template <> struct Cell<Json> {
    static constexpr Type type = Type::json;
    static Value value(Json v) { return v.text; }
};
template <> struct Cell<Bytes> {
    static constexpr Type type = Type::bytes;
    static Value value(Bytes v) { return v.data; }
};
template <> struct Cell<Timestamp> {
    static constexpr Type type = Type::time;
    static Value value(Timestamp v) { return v.us; }
};
template <class M> struct Cell<std::optional<M>> {
    static constexpr Type type = Cell<M>::type;
    static Value value(const std::optional<M>& v) { return v ? Cell<M>::value(*v) : Value{}; }
};

template <class> inline constexpr bool is_optional = false;
template <class M> inline constexpr bool is_optional<std::optional<M>> = true;

/// One column of a record: its SQL name, where the value lives, and what else is known of it.
template <class R, class M> struct Field {
    std::string_view name;
    M R::*member;
    Traits traits = {};
};
template <class R, class M> Field(std::string_view, M R::*) -> Field<R, M>;
template <class R, class M> Field(std::string_view, M R::*, Traits) -> Field<R, M>;

/// A record is a plain struct that names its table and lists its fields in column order.
template <class R>
concept Record = requires {
    { R::table } -> std::convertible_to<std::string_view>;
    R::fields();
};

/// Facts and their like carry these four first; the batch fills them in.
inline const std::vector<Column>& provenance() {
    static const std::vector<Column> columns{
        {"workspace_id", Type::integer, true, {.says = "Workspace of the source."}},
        {"source_id", Type::integer, true, {.says = "File that the row comes from."}},
        {"source_offset", Type::integer, true, {.says = "Byte offset of the record."}},
        {"source_seq", Type::integer, true, {.says = "Number of the row within its record."}}};
    return columns;
}

/// The columns that the struct itself lists.
template <Record R> std::vector<Column> own_columns() {
    return std::apply(
        []<class... M>(const Field<R, M>&... f) {
            return std::vector<Column>{Column{
                f.name, Cell<M>::type, !is_optional<M> || !f.traits.fallback.empty(), f.traits}...};
        },
        R::fields());
}

/// The table that a record struct describes. A struct may add: table_kind, says, table_key, references,
/// indexes, time_column, can_be_inferred.
template <Record R> const Table& table_of() {
    static const Table table = [] {
        Table t{.name = R::table,
                .says = {},
                .columns = {},
                .key = {},
                .references = {},
                .indexes = {}};
        if constexpr (requires { R::table_kind; }) t.kind = R::table_kind;
        if constexpr (requires { R::says; }) t.says = R::says;
        if (t.kind == Kind::fact) t.columns = provenance();
        if (t.kind == Kind::entity || t.kind == Kind::derived) t.columns = {provenance().front()};
        for (const Column& c : own_columns<R>()) t.columns.push_back(c);
        if constexpr (requires { R::can_be_inferred; })
            t.columns.push_back(
                {"inferred",
                 Type::boolean,
                 true,
                 {.fold = Fold::inferred, .says = "Only mentioned, never stated."}});
        if constexpr (requires { R::table_key; }) {
            t.key.assign(R::table_key.begin(), R::table_key.end());
        } else {
            t.key = {"workspace_id", "source_id", "source_offset", "source_seq"};
        }
        if constexpr (requires { R::references; })
            t.references.assign(R::references.begin(), R::references.end());
        if constexpr (requires { R::indexes; })
            t.indexes.assign(R::indexes.begin(), R::indexes.end());
        if constexpr (requires { R::time_column; }) t.time_column = R::time_column;
        if constexpr (requires { R::derives; }) t.derives = R::derives;
        return t;
    }();
    return table;
}

/// Appends the struct's own cells in column order.
template <Record R> void append_cells(std::vector<Value>& out, const R& record) {
    static constexpr auto fields = R::fields();
    std::apply(
        [&]<class... M>(const Field<R, M>&... f) {
            (out.push_back(Cell<M>::value(record.*f.member)), ...);
        },
        fields);
}

/// The inverse of Cell::value; a missing optional is nullopt. Requires: a cell of that type.
template <class M> void assign(M& member, const Value& value) {
    if constexpr (is_optional<M>) {
        member.reset();
        if (value.index() != 0) assign(member.emplace(), value);
    } else if constexpr (std::is_same_v<M, Json>) {
        member = {std::get<std::string_view>(value)};
    } else if constexpr (std::is_same_v<M, Bytes>) {
        member = {std::get<std::string_view>(value)};
    } else if constexpr (std::is_same_v<M, Timestamp>) {
        member = {std::get<std::int64_t>(value)};
    } else if constexpr (std::is_same_v<M, bool>) {
        member = std::get<std::int64_t>(value) != 0;
    } else {
        member = std::get<M>(value);
    }
}

/// The struct of a row that append_cells wrote; views point where the cells point.
template <Record R> R from_cells(std::span<const Value> cells) {
    R record;
    std::size_t at = 0;
    std::apply(
        [&]<class... M>(const Field<R, M>&... f) { (assign(record.*f.member, cells[at++]), ...); },
        R::fields());
    return record;
}

/// All cells of a bookkeeping record.
template <Record R> std::vector<Value> cells_of(const R& record) {
    std::vector<Value> cells;
    append_cells(cells, record);
    return cells;
}

}  // namespace ingot
