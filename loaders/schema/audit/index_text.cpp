// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/index_text.hpp"

#include <algorithm>

namespace ingot::schema {
namespace {

using Words = DraftStep::Words;

void add_identity(DraftStep& step, const Index& index) {
    step.fields.emplace_back("table", index.table);
    step.fields.emplace_back("columns", key_words(index.keys));
    if (index.unique) step.fields.emplace_back("unique", true);
    if (index.predicate) step.fields.emplace_back("where", *index.predicate);
    if (index.method != "btree") step.fields.emplace_back("method", index.method);
}

/// "not null" conditions on its own columns hide no row that a foreign key has to find.
bool hides_nothing(const Index& index, const Words& columns) {
    if (!index.predicate) return true;
    return std::ranges::any_of(columns, [&](const std::string& column) {
        return index.predicate == column + " IS NOT NULL" ||
               index.predicate == identifier(column) + " IS NOT NULL";
    });
}

}  // namespace

Words key_words(std::span<const Key> keys) {
    Words words;
    for (const Key& key : keys) {
        std::string text = key.text;
        if (!key.operator_class.empty()) text += " " + key.operator_class;
        if (key.descending) text += " desc";
        if (key.nulls_first != key.descending)
            text += key.nulls_first ? " nulls first" : " nulls last";
        words.push_back(std::move(text));
    }
    return words;
}

std::string joined_words(const Words& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string index_words(const Index& index) {
    return "(" + joined_words(key_words(index.keys)) + ")" +
           (index.predicate ? " where " + *index.predicate : "");
}

bool allows_concurrently(const Catalog& catalog, std::string_view table) {
    const Relation* relation = catalog.relation(table);
    return catalog.dialect == Dialect::postgres && relation != nullptr &&
           relation->kind != RelationKind::partitioned;
}

std::string drop_index_sql(const Catalog& catalog, const Target& target, const Index& index) {
    return std::string("DROP INDEX ") +
           (allows_concurrently(catalog, index.table) ? "CONCURRENTLY " : "") +
           qualified(target, index.name);
}

std::string rename_index_sql(const Target& target, const Index& index, const std::string& to) {
    if (target.dialect() == Dialect::sqlite) return {};
    return "ALTER INDEX " + qualified(target, index.name) + " RENAME TO " + identifier(to);
}

std::string build_again_sql(const Target& target, const Index& index) {
    return "REINDEX INDEX CONCURRENTLY " + qualified(target, index.name);
}

DraftStep create_index_step(const Index& index, bool concurrently) {
    DraftStep step;
    step.fields.emplace_back("op", std::string("create_index"));
    step.fields.emplace_back("name", index.name);
    add_identity(step, index);
    step.fields.emplace_back("concurrently", concurrently);
    return step;
}

DraftStep drop_index_step(const Catalog& catalog, const Index& index) {
    DraftStep step;
    step.fields.emplace_back("op", std::string("drop_index"));
    step.fields.emplace_back("name", index.name);
    add_identity(step, index);
    if (!allows_concurrently(catalog, index.table)) step.fields.emplace_back("concurrently", false);
    return step;
}

DraftStep rename_index_step(const Index& index, const std::string& to) {
    DraftStep step;
    step.fields.emplace_back("op", std::string("rename_index"));
    add_identity(step, index);
    step.fields.emplace_back("from", index.name);
    step.fields.emplace_back("to", to);
    return step;
}

DraftStep rename_constraint_step(const Constraint& constraint, const std::string& to) {
    DraftStep step;
    step.fields.emplace_back("op", std::string("rename_constraint"));
    step.fields.emplace_back("table", constraint.table);
    step.fields.emplace_back("from", constraint.name);
    step.fields.emplace_back("to", to);
    return step;
}

bool same_beginning(const Index& index, const Index& other, std::size_t keys) {
    return index.table == other.table && index.method == other.method &&
           index.predicate == other.predicate && index.keys.size() >= keys &&
           other.keys.size() >= keys &&
           std::equal(index.keys.begin(), index.keys.begin() + static_cast<std::ptrdiff_t>(keys),
                      other.keys.begin());
}

bool serves(const Index& index, const Words& columns) {
    const bool ordered = index.method == "btree";
    const bool hashed = index.method == "hash" && columns.size() == 1;
    if (!index.valid || (!ordered && !hashed) || index.keys.size() < columns.size()) return false;
    if (!hides_nothing(index, columns)) return false;
    return std::all_of(
        index.keys.begin(), index.keys.begin() + static_cast<std::ptrdiff_t>(columns.size()),
        [&](const Key& key) {
            return key.is_column && std::ranges::find(columns, key.text) != columns.end();
        });
}

}  // namespace ingot::schema
