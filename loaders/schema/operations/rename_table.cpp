// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

#include <algorithm>

namespace ingot::schema {
namespace {

/// Renames a table with what carries its name, and may leave a view under the old name. Foreign keys,
/// views and indexes follow the table by themselves; only their names stay behind.
class RenameTable : public Operation {
public:
    explicit RenameTable(const Spec& spec)
        : from_(spec.name("from")), to_(spec.name("to")), view_(spec.flag("view", false)) {}

    std::string title() const override {
        return "rename table " + from_ + " to " + to_ +
               (view_ ? ", with a view for the old name" : "");
    }
    std::vector<std::string> tables() const override { return {from_}; }

    Assessment assess(const Context& context) const override {
        const Relation* old = context.catalog.relation(from_);
        const bool is_there = context.catalog.table(to_) != nullptr;
        const bool old_is_view = old != nullptr && old->kind == RelationKind::view;
        if (is_there && (old == nullptr ? !view_ : old_is_view && view_))
            return leftovers(context).empty()
                       ? done("it has the new name")
                       : conflict("it has the new name, but not what belongs to it: " +
                                  joined(leftovers(context)));
        if (is_there && old == nullptr)
            return to_do("only the view is missing", {compatibility_view(context)});
        if (auto unusable = unusable_table(context, from_)) return *unusable;
        if (auto taken = taken_name(context, to_)) return *taken;
        for (const auto& [object, name] : new_names(context.catalog)) {
            if (name.size() > 63)
                return impossible("the name " + name + " of " + object + " would have " +
                                  std::to_string(name.size()) + " bytes, 63 is the most");
            if (object != "constraint" && !context.catalog.holder_of(name).empty())
                return conflict("the name " + name + " is taken by " +
                                context.catalog.holder_of(name));
        }
        return to_do("", actions(context));
    }

    void apply(Catalog& catalog) const override {
        auto node = catalog.relations.extract(from_);
        if (node.empty()) return;
        Relation& table = node.mapped();
        if (table.stored_name.empty() && !table.planned) table.stored_name = from_;
        table.planned = true;
        table.name = to_;
        node.key() = to_;
        catalog.relations.insert(std::move(node));
        rename_in(catalog);
        if (!view_) return;
        Relation view{.name = from_, .kind = RelationKind::view};
        view.planned = true;
        view.uses = {to_};
        catalog.relations[from_] = view;
    }

private:
    static bool carries(const std::string& name, const std::string& table) {
        return name.starts_with(table + "_");
    }
    std::string new_name(const std::string& name) const { return to_ + name.substr(from_.size()); }

    /// Constraints and indexes whose names begin with the old one: kind → new name.
    std::vector<std::pair<std::string, std::string>> new_names(const Catalog& catalog) const {
        std::vector<std::pair<std::string, std::string>> names;
        for (const Constraint* each : catalog.constraints_of(from_))
            if (carries(each->name, from_)) names.emplace_back("constraint", new_name(each->name));
        for (const Index* each : catalog.indexes_of(from_))
            if (each->constraint.empty() && carries(each->name, from_))
                names.emplace_back("index", new_name(each->name));
        return names;
    }

    /// Names of the old table that are still on the new one.
    std::vector<std::string> leftovers(const Context& context) const {
        std::vector<std::string> names;
        for (const Constraint* each : context.catalog.constraints_of(to_))
            if (carries(each->name, from_) && !carries(each->name, to_))
                names.push_back(each->name);
        for (const Index* each : context.catalog.indexes_of(to_))
            if (each->constraint.empty() && carries(each->name, from_) && !carries(each->name, to_))
                names.push_back(each->name);
        return names;
    }

    void rename_in(Catalog& catalog) const {
        for (Constraint& each : catalog.constraints) {
            if (each.target == from_) each.target = to_;
            if (each.table != from_) continue;
            each.table = to_;
            if (carries(each.name, from_)) each.name = new_name(each.name);
            if (carries(each.index, from_)) each.index = new_name(each.index);
        }
        std::map<std::string, Index> indexes;
        for (auto& [name, index] : catalog.indexes) {
            if (index.table == from_) {
                index.table = to_;
                if (carries(index.name, from_)) index.name = new_name(index.name);
                if (carries(index.constraint, from_)) index.constraint = new_name(index.constraint);
            }
            indexes[index.name] = index;
        }
        catalog.indexes = std::move(indexes);
        for (auto& [name, relation] : catalog.relations)
            if (relation.uses.erase(from_) != 0) relation.uses.insert(to_);
    }

    Action rename(const std::string& before, const std::string& after, const std::string& object,
                  const std::string& what) const {
        return {.sql = before,
                .object = object,
                .effect = what,
                .locks = {lock("AccessExclusive", "table", from_)},
                .undo = {after}};
    }

    Action compatibility_view(const Context& context) const {
        return {.sql = "CREATE VIEW " + context.quoted_relation(from_) + " AS SELECT * FROM " +
                       context.quoted_relation(to_),
                .object = "view " + from_,
                .effect = "rows of " + to_ + " are read and written through " + from_ + ", too",
                .undo = {"DROP VIEW " + context.quoted_relation(from_)}};
    }

    std::vector<Action> actions(const Context& context) const {
        const std::string old = context.quoted_relation(from_);
        const std::string fresh = context.quoted_relation(to_);
        std::vector<Action> all{rename("ALTER TABLE " + old + " RENAME TO " + identifier(to_),
                                       "ALTER TABLE " + fresh + " RENAME TO " + identifier(from_),
                                       "table " + to_, to_ + " has the rows of " + from_)};
        if (context.catalog.dialect == Dialect::sqlite) {
            rename_sqlite_indexes(context, all);
        } else {
            for (const Constraint* each : context.catalog.constraints_of(from_))
                if (carries(each->name, from_)) all.push_back(constraint_name(fresh, each->name));
            for (const Index* each : context.catalog.indexes_of(from_))
                if (each->constraint.empty() && carries(each->name, from_))
                    all.push_back(relation_name(context, "INDEX", each->name));
            for (const auto& [name, relation] : context.catalog.relations)
                if (relation.kind == RelationKind::sequence && carries(name, from_) &&
                    relation.owned_by.starts_with(from_ + "."))
                    all.push_back(relation_name(context, "SEQUENCE", name));
        }
        if (view_) all.push_back(compatibility_view(context));
        return all;
    }

    Action constraint_name(const std::string& table, const std::string& name) const {
        const auto statement = [&](const std::string& a, const std::string& b) {
            return "ALTER TABLE " + table + " RENAME CONSTRAINT " + identifier(a) + " TO " +
                   identifier(b);
        };
        return rename(statement(name, new_name(name)), statement(new_name(name), name),
                      "constraint " + new_name(name), name + " is called " + new_name(name));
    }

    Action relation_name(const Context& context, const std::string& kind,
                         const std::string& name) const {
        const auto statement = [&](const std::string& a, const std::string& b) {
            return "ALTER " + kind + " " + context.quoted_relation(a) + " RENAME TO " +
                   identifier(b);
        };
        return rename(statement(name, new_name(name)), statement(new_name(name), name),
                      (kind == "INDEX" ? "index " : "sequence ") + new_name(name),
                      name + " is called " + new_name(name));
    }

    /// SQLite has no ALTER INDEX: dropped and made again. Its own are named by itself.
    void rename_sqlite_indexes(const Context& context, std::vector<Action>& all) const {
        for (const Index* each : context.catalog.indexes_of(from_)) {
            if (!carries(each->name, from_) || !each->constraint.empty()) continue;
            const std::size_t bracket = each->definition.find('(');
            const auto definition = [&](const std::string& name, const std::string& table) {
                return std::string("CREATE ") + (each->unique ? "UNIQUE " : "") + "INDEX " +
                       identifier(name) + " ON " + identifier(table) + " " +
                       each->definition.substr(bracket);
            };
            all.push_back({.sql = "DROP INDEX " + identifier(each->name),
                           .object = "index " + each->name,
                           .effect = each->name + " is gone",
                           .undo = {definition(each->name, to_)}});
            all.push_back({.sql = definition(new_name(each->name), to_),
                           .object = "index " + new_name(each->name),
                           .effect = each->name + " is called " + new_name(each->name),
                           .effort = Effort::build,
                           .undo = {"DROP INDEX " + identifier(new_name(each->name))}});
        }
    }

    std::string from_;
    std::string to_;
    bool view_;
};

}  // namespace

std::unique_ptr<Operation> read_rename_table(const Spec& spec) {
    return std::make_unique<RenameTable>(spec);
}

}  // namespace ingot::schema
