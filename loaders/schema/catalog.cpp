// SPDX-License-Identifier: MIT
#include "loaders/schema/catalog.hpp"

#include "loaders/schema/definition.hpp"

#include <algorithm>

namespace ingot::lint {
namespace {

using namespace sql;

/// Hostile files may have thousands of dependents; the first few are enough.
constexpr std::size_t kMostDependents = 64;

RelationKind kind_of(const std::string& kind) {
    return kind == "SEQUENCE" ? RelationKind::sequence : RelationKind::type;
}

}  // namespace

void Catalog::define(const std::string& key, RelationKind kind, Where where, std::string table) {
    relations_.try_emplace(key, Relation{.kind = kind, .where = where, .table = std::move(table)});
    dropped_with_.erase(key);
}

void Catalog::forget(const std::string& key) {
    if (!forgets_) return;
    relations_.erase(key);
    tables_.erase(key);
    views_.erase(key);
    labels_.erase(key);
    const auto own = indexes_.find(key);
    if (own == indexes_.end()) return;
    for (const std::string& index : own->second)
        if (relations_.erase(index) > 0) dropped_with_[index] = key;
    indexes_.erase(own);
}

std::string Catalog::canonical(const std::string& table_key) const {
    const auto found = aliases_.find(table_key);
    return found == aliases_.end() ? table_key : found->second;
}

bool Catalog::is_live(const Owner& owner) const {
    return owner.is_constraint || relations_.contains(owner.name);
}

void Catalog::own(std::unordered_map<std::string, Owner>& owners, const std::string& what,
                  const Owner& owner) {
    const auto [entry, is_new] = owners.try_emplace(what, owner);
    if (!is_new && !is_live(entry->second)) entry->second = owner;
}

void Catalog::add_key(TableFacts& facts, const std::vector<std::string>& columns,
                      const Owner& owner) {
    std::vector<std::string> sorted;
    std::string ordered;
    for (std::size_t i = 0; i < std::min(columns.size(), kMostKeyColumns); ++i) {
        sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), columns[i]), columns[i]);
        ordered += (i == 0 ? "" : ",") + columns[i];
        facts.prefixes.insert(comma_list(sorted));
        own(facts.ordered, ordered, owner);
    }
}

void Catalog::add_column(TableFacts& table, const ColumnDefinition& column, bool by_alter) {
    table.columns[column.name] = {.type = column.type,
                                  .not_null = column.not_null,
                                  .has_default = column.has_default || column.generated,
                                  .filled = by_alter && column.has_default,
                                  .added = by_alter};
    const auto [known, is_new] = types_.try_emplace(column.name, column.type);
    if (!is_new && known->second != column.type) known->second = "?";
}

void Catalog::add_constraint(const std::string& table, const Constraint& constraint) {
    TableFacts& facts = tables_[canonical(table)];
    if (constraint.kind == ConstraintKind::primary || constraint.kind == ConstraintKind::unique) {
        add_key(
            facts, constraint.columns,
            {.name = constraint.name.empty() ? "the key" : constraint.name, .is_constraint = true});
        facts.has_plain_unique_index = true;
    }
    if (constraint.kind == ConstraintKind::foreign && constraint.target)
        referrers_[constraint.target->key()].push_back(table);
    const Tokens body = constraint.body;
    for (std::size_t i = 0; i + 3 < body.size(); ++i)
        if (body[i].is_name() && Cursor(body.subspan(i + 1)).sees("IS NOT NULL"))
            facts.not_null_checks.insert(folded(body[i]));
}

void Catalog::observe(const CreateTable& create, Where where) {
    const std::string key = create.name.key();
    if (relations_.contains(key) && create.if_not_exists) return;
    define(key, RelationKind::table, where);
    TableFacts& table = tables_[key];
    table.created = true;
    table.where = where;
    for (const ColumnDefinition& column : create.columns) add_column(table, column, false);
    for (const Constraint& constraint : create.constraints) add_constraint(key, constraint);
}

void Catalog::observe(const CreateIndex& create, Where where) {
    const std::string table = create.table.key();
    const std::string key = index_key(create);
    if (!key.empty()) {
        if (relations_.contains(key) && create.if_not_exists) return;
        define(key, RelationKind::index, where, table);
        indexes_[table].push_back(key);
    }
    TableFacts& facts = tables_[canonical(table)];
    own(facts.definitions, definition_of(create), {.name = key, .is_constraint = false});
    const bool plain = std::all_of(create.plain.begin(), create.plain.end(),
                                   [](bool is_plain) { return is_plain; });
    if (create.condition.empty() && plain && (create.method.empty() || create.method == "btree")) {
        add_key(facts, create.keys, {.name = key, .is_constraint = false});
        if (create.unique) facts.has_plain_unique_index = true;
    }
}

void Catalog::observe(const CreateView& create, Where where) {
    const std::string key = create.name.key();
    define(key, create.materialized ? RelationKind::materialized_view : RelationKind::view, where);
    View view;
    for (const Token& token : create.query)
        if (token.is_name()) view.words.insert(folded(token));
    for (const std::string& word : view.words) mentions_[word].push_back(key);
    views_[key] = std::move(view);
}

void Catalog::observe(const CreateOther& create, Where where) {
    if (create.kind == "EXTENSION") extensions_.insert(create.name.name);
    if (create.kind != "TYPE" && create.kind != "DOMAIN" && create.kind != "SEQUENCE") return;
    define(create.name.key(), kind_of(create.kind), where);
    if (!create.labels.empty()) labels_[create.name.key()] = create.labels;
}

void Catalog::rename(const AlterTable& alter, const std::string& to, Where where) {
    const std::string from = alter.name.key();
    Name renamed = alter.name;
    renamed.name = to;
    const std::string key = renamed.key();
    const Relation* old = relation(from);
    const Relation copy =
        old != nullptr ? *old : Relation{.kind = RelationKind::table, .where = where, .table = {}};
    if (!forgets_) {
        aliases_.try_emplace(key, canonical(from));
    } else if (auto table = tables_.extract(from); !table.empty()) {
        table.key() = key;
        tables_.insert(std::move(table));
    }
    if (forgets_) relations_.erase(from);
    relations_.try_emplace(key, copy);
}

void Catalog::change(const AlterTable& alter, const TableChange& change, Where where) {
    const std::string key = alter.name.key();
    if (change.change == Change::rename) return rename(alter, change.new_name, where);
    if (change.change == Change::add_constraint) return add_constraint(key, change.constraint);
    TableFacts& table = tables_[canonical(key)];
    if (change.change == Change::add_column) {
        if (change.if_exists && table.columns.contains(change.name)) return;
        add_column(table, change.column, true);
        for (const Constraint& constraint : change.column.constraints)
            add_constraint(key, constraint);
    } else if (change.change == Change::set_default) {
        table.columns[change.name].has_default = true;
    } else if (change.change == Change::set_not_null) {
        table.columns[change.name].not_null = true;
    } else if (forgets_ && change.change == Change::drop_column) {
        table.columns.erase(change.name);
    } else if (forgets_ && change.change == Change::rename_column) {
        auto column = table.columns.extract(change.name);
        if (column.empty()) return;
        column.key() = change.new_name;
        table.columns.insert(std::move(column));
    }
}

void Catalog::observe(const AlterTable& alter, Where where) {
    if (alter.kind == "TYPE") {
        const Cursor cursor(alter.changes.empty() ? Tokens() : alter.changes[0].tokens);
        const auto labels = labels_.find(alter.name.key());
        if (labels != labels_.end() && cursor.sees("ADD VALUE"))
            for (const Token& token : alter.changes[0].tokens)
                if (token.is_string()) labels->second.push_back(content(token));
        return;
    }
    if (alter.kind != "TABLE" &&
        !(alter.changes.size() == 1 && alter.changes[0].change == Change::rename))
        return;
    for (const TableChange& each : alter.changes) change(alter, each, where);
}

void Catalog::observe(const Drop& drop, Where) {
    if (drop.kind == "TRIGGER" || drop.kind == "POLICY" || drop.kind == "FUNCTION") return;
    for (const Name& name : drop.names) forget(name.key());
    if (forgets_ && drop.kind == "EXTENSION")
        for (const Name& name : drop.names) extensions_.erase(name.name);
}

void Catalog::observe(const Statement&, const Meaning& meaning, Where where) {
    std::visit(
        [this, where](const auto& what) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(what)>, std::monostate>)
                observe(what, where);
        },
        meaning);
}

const Relation* Catalog::relation(const std::string& key) const {
    const auto found = relations_.find(key);
    return found == relations_.end() ? nullptr : &found->second;
}

const TableFacts* Catalog::table(const std::string& key) const {
    const auto found = tables_.find(canonical(key));
    return found == tables_.end() ? nullptr : &found->second;
}

const ColumnFacts* Catalog::column(const std::string& table_key, const std::string& name) const {
    const TableFacts* facts = table(table_key);
    if (facts == nullptr) return nullptr;
    const auto found = facts->columns.find(name);
    return found == facts->columns.end() ? nullptr : &found->second;
}

const std::vector<std::string>* Catalog::labels(const std::string& type) const {
    const auto found = labels_.find(type);
    return found == labels_.end() ? nullptr : &found->second;
}

std::string Catalog::covering(const CreateIndex& index) const {
    const TableFacts* facts = table(index.table.key());
    if (facts == nullptr) return {};
    const auto find = [this](const auto& owners, const std::string& what) {
        const auto found = owners.find(what);
        return found == owners.end() || !is_live(found->second) ? std::string()
                                                                : found->second.name;
    };
    const std::string equal = find(facts->definitions, definition_of(index));
    const bool plain =
        std::find(index.plain.begin(), index.plain.end(), false) == index.plain.end();
    const bool comparable = index.condition.empty() && plain && !index.unique &&
                            (index.method.empty() || index.method == "btree");
    return !equal.empty() || !comparable ? equal : find(facts->ordered, comma_list(index.keys));
}

std::string Catalog::dropped_with(const std::string& index) const {
    const auto found = dropped_with_.find(index);
    return found == dropped_with_.end() ? std::string() : found->second;
}

std::string Catalog::type_of_any(const std::string& column) const {
    const auto found = types_.find(column);
    return found == types_.end() ? std::string() : found->second;
}

std::string Catalog::dependent(const std::string& table_key, const std::string& column) const {
    const std::string name = table_key.substr(table_key.find('.') + 1);
    if (const auto found = mentions_.find(name); found != mentions_.end())
        for (std::size_t i = 0; i < std::min(found->second.size(), kMostDependents); ++i) {
            const auto view = views_.find(found->second[i]);
            if (view == views_.end()) continue;
            if (column.empty() || view->second.words.contains(column))
                return "view " + found->second[i];
        }
    if (!column.empty()) return {};
    const auto found = referrers_.find(table_key);
    if (found == referrers_.end()) return {};
    for (std::size_t i = 0; i < std::min(found->second.size(), kMostDependents); ++i)
        if (found->second[i] != table_key && tables_.contains(found->second[i]))
            return "foreign key of " + found->second[i];
    return {};
}

}  // namespace ingot::lint
