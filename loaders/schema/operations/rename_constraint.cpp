// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// Renames a constraint; the index behind a key follows.
class RenameConstraint : public Operation {
public:
    explicit RenameConstraint(const Spec& spec)
        : table_(spec.name("table")), from_(spec.name("from")), to_(spec.name("to")) {}

    std::string title() const override {
        return "rename constraint " + from_ + " of " + table_ + " to " + to_;
    }
    std::vector<std::string> tables() const override { return {table_}; }

    Assessment assess(const Context& context) const override {
        if (auto unusable = unusable_table(context, table_)) return *unusable;
        if (context.catalog.dialect == Dialect::sqlite)
            return impossible("SQLite cannot rename a constraint");
        const Constraint* old = context.catalog.constraint(table_, from_);
        const Constraint* own = context.catalog.constraint(table_, to_);
        if (own != nullptr && old == nullptr) return done("it has the name");
        if (own != nullptr) return conflict(table_ + " has both " + from_ + " and " + to_);
        if (old == nullptr)
            return impossible("the table " + table_ + " has no constraint " + from_);
        if (!old->index.empty())
            if (auto taken = taken_name(context, to_)) return *taken;
        const auto statement = [&](const std::string& a, const std::string& b) {
            return "ALTER TABLE " + context.quoted_relation(table_) + " RENAME CONSTRAINT " +
                   identifier(a) + " TO " + identifier(b);
        };
        return to_do("", {{.sql = statement(from_, to_),
                           .object = "constraint " + to_,
                           .effect = from_ + " is called " + to_,
                           .locks = {lock("AccessExclusive", "table", table_)},
                           .undo = {statement(to_, from_)}}});
    }

    void apply(Catalog& catalog) const override {
        for (Constraint& each : catalog.constraints)
            if (each.table == table_ && each.name == from_) each.name = to_;
        auto node = catalog.indexes.extract(from_);
        if (node.empty()) return;
        node.mapped().name = node.mapped().constraint = to_;
        node.key() = to_;
        catalog.indexes.insert(std::move(node));
    }

private:
    std::string table_;
    std::string from_;
    std::string to_;
};

}  // namespace

std::unique_ptr<Operation> read_rename_constraint(const Spec& spec) {
    return std::make_unique<RenameConstraint>(spec);
}

}  // namespace ingot::schema
