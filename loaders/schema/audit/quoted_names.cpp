// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/finding.hpp"
#include "loaders/schema/audit/names.hpp"

#include <algorithm>

namespace ingot::schema::audit {
namespace {

std::string counted_columns(const Relation& relation) {
    const auto number = std::ranges::count_if(
        relation.columns, [](const Column& column) { return has_capitals(column.name); });
    if (number == 0) return ".";
    return ", and " + std::to_string(number) + " of its " +
           std::to_string(relation.columns.size()) + " columns as well.";
}

/// All columns of one table under another name: the old one, kept on purpose.
bool is_old_name(const Catalog& catalog, const Relation& view) {
    if (view.uses.size() != 1) return false;
    const Relation* table = catalog.relation(*view.uses.begin());
    return table != nullptr &&
           std::ranges::equal(view.columns, table->columns, {}, &Column::name, &Column::name);
}

constexpr const char* kWhy =
    "Without quotes PostgreSQL reads another name: every statement written by "
    "hand has to quote it, and those that do not fail.";

}  // namespace

void find_quoted_names(const Look& look) {
    if (look.catalog.dialect == Dialect::sqlite) return;  // it compares without case
    for (const auto& [name, relation] : look.catalog.relations) {
        if (!has_capitals(name) || relation.kind == RelationKind::sequence) continue;
        if (is_old_name(look.catalog, relation)) continue;
        const bool is_table = relation.is_table();
        look.report({.severity = Severity::advice,
                     .object = std::string(is_table ? "table " : "view ") + name,
                     .table = is_table ? name : "",
                     .what = "Its name needs quotes" + counted_columns(relation),
                     .why = kWhy,
                     .mend = "ALTER " + std::string(is_table ? "TABLE " : "VIEW ") +
                             qualified(look.target, name) + " RENAME TO " +
                             identifier(free_name(look.catalog, snake_case(name))),
                     .step = {}});
    }
    for (const auto& [name, labels] : look.catalog.enums)
        if (has_capitals(name))
            look.report({.severity = Severity::advice,
                         .object = "type " + name,
                         .table = {},
                         .what = "Its name needs quotes.",
                         .why = kWhy,
                         .mend = "ALTER TYPE " + qualified(look.target, name) + " RENAME TO " +
                                 identifier(free_name(look.catalog, snake_case(name))),
                         .step = {}});
}

}  // namespace ingot::schema::audit
