// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/finding.hpp"
#include "loaders/schema/audit/index_text.hpp"
#include "loaders/schema/audit/names.hpp"

/// A name is stale when it was made by rule from another table's name than the one it belongs to: only
/// renaming a table does that. Names that people chose prove nothing: idx_work_item_path may stand on
/// `tasks`, where work items are kept, without a table work_items ever having been there.
namespace ingot::schema::audit {
namespace {

constexpr const char* kWhy =
    "Messages and scripts that go by the name point to a table that it does "
    "not belong to; a new table of the old name takes the next free name.";

/// ix_AssistantFolder_userId and PK_AssistantFolder: mappers put the model's name there.
std::optional<std::string> model_in_name(std::string_view name,
                                         const std::vector<std::string>& columns) {
    const auto rest = without_convention(name);
    if (!rest || name.size() >= kLongestName) return {};
    const std::string tail = "_" + joined_names(columns);
    std::string model = *rest;
    if (model.ends_with(tail)) model.resize(model.size() - tail.size());
    const bool one_word = model.find('_') == std::string::npos;
    return one_word && has_capitals(model.substr(0, 1)) ? std::optional(model) : std::nullopt;
}

struct Stale {
    std::string table;  ///< In the name.
    std::string name;   ///< As it should be.
};

std::optional<Stale> stale(const std::string& name, const std::string& table,
                           const std::vector<std::string>& columns) {
    if (const auto made = table_in_made_name(name, columns))
        return *made == table ? std::nullopt
                              : std::optional(Stale{*made, with_table(name, *made, table)});
    const auto model = model_in_name(name, columns);
    if (!model || *model == table) return {};
    const std::size_t at = name.find(*model);
    return Stale{*model, name.substr(0, at) + with_table(name.substr(at), *model, table)};
}

std::string what(const Catalog& catalog, const Stale& found, const std::string& table) {
    return "Its name says " + found.table + ", it belongs to " + table +
           (catalog.relation(found.table) == nullptr ? "; there is no " + found.table + "."
                                                     : "; " + found.table + " is another one.");
}

std::vector<std::string> key_columns(const Index& index) {
    std::vector<std::string> columns;
    for (const Key& key : index.keys) columns.push_back(key.text);
    return columns;
}

void look_at_index(const Look& look, const Index& index) {
    const auto found = stale(index.name, index.table, key_columns(index));
    if (!found) return;
    const std::string to = free_name(look.catalog, found->name);
    look.report({.severity = Severity::warning,
                 .object = "index " + index.name,
                 .table = index.table,
                 .what = what(look.catalog, *found, index.table),
                 .why = kWhy,
                 .mend = rename_index_sql(look.target, index, to),
                 .step = look.catalog.dialect == Dialect::postgres
                             ? std::optional(rename_index_step(index, to))
                             : std::nullopt});
}

/// A key's constraint has the name of its index; both are renamed together.
void look_at_constraint(const Look& look, const Constraint& constraint) {
    const auto found = stale(constraint.name, constraint.table, constraint.columns);
    if (!found) return;
    const std::string to =
        constraint.index.empty() ? found->name : free_name(look.catalog, found->name);
    look.report({.severity = Severity::warning,
                 .object = "constraint " + constraint.name,
                 .table = constraint.table,
                 .what = what(look.catalog, *found, constraint.table),
                 .why = kWhy,
                 .mend = "ALTER TABLE " + qualified(look.target, constraint.table) +
                         " RENAME CONSTRAINT " + identifier(constraint.name) + " TO " +
                         identifier(to),
                 .step = rename_constraint_step(constraint, to)});
}

void look_at_sequence(const Look& look, const Relation& sequence) {
    const std::size_t dot = sequence.owned_by.find('.');
    if (sequence.kind != RelationKind::sequence || dot == std::string::npos) return;
    const std::string table = sequence.owned_by.substr(0, dot);
    const auto found = stale(sequence.name, table, {sequence.owned_by.substr(dot + 1)});
    if (!found) return;
    look.report({.severity = Severity::warning,
                 .object = "sequence " + sequence.name,
                 .table = table,
                 .what = what(look.catalog, *found, table),
                 .why = kWhy,
                 .mend = "ALTER SEQUENCE " + qualified(look.target, sequence.name) + " RENAME TO " +
                         identifier(free_name(look.catalog, found->name)),
                 .step = {}});
}

}  // namespace

void find_stale_names(const Look& look) {
    for (const auto& [name, index] : look.catalog.indexes)
        if (index.constraint.empty()) look_at_index(look, index);
    if (look.catalog.dialect == Dialect::sqlite) return;  // its constraints cannot be renamed
    for (const Constraint& constraint : look.catalog.constraints)
        look_at_constraint(look, constraint);
    for (const auto& [name, relation] : look.catalog.relations) look_at_sequence(look, relation);
}

}  // namespace ingot::schema::audit
