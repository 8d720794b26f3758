// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// SET NOT NULL without a scan under AccessExclusive: a validated CHECK proves it beforehand
/// (PostgreSQL 12 on: https://www.postgresql.org/docs/15/sql-altertable.html).
class SetNotNull : public Operation {
public:
    explicit SetNotNull(const Spec& spec)
        : table_(spec.name("table")), column_(spec.name("column")) {}

    std::string title() const override { return "set " + table_ + "." + column_ + " not null"; }
    std::vector<std::string> tables() const override { return {table_}; }

    Assessment assess(const Context& context) const override {
        if (auto unusable = unusable_table(context, table_)) return *unusable;
        if (auto missing = missing_column(context, table_, {column_})) return *missing;
        const bool helper_is_there = context.catalog.constraint(table_, helper()) != nullptr;
        if (context.catalog.column(table_, column_)->not_null && !helper_is_there)
            return done("it is not null");
        if (context.catalog.dialect == Dialect::sqlite)
            return impossible("SQLite cannot set a column NOT NULL");
        return to_do(helper_is_there ? "a run that ended left its check behind" : "",
                     actions(context, helper_is_there));
    }

    void apply(Catalog& catalog) const override {
        if (Column* column = catalog.relations[table_].column(column_)) column->not_null = true;
    }

private:
    std::string helper() const { return "ingot_" + column_.substr(0, 40) + "_not_null"; }

    std::vector<Action> actions(const Context& context, bool helper_is_there) const {
        const std::string alter = "ALTER TABLE " + context.quoted_relation(table_) + " ";
        const std::string drop = alter + "DROP CONSTRAINT IF EXISTS " + identifier(helper());
        std::vector<Action> all;
        if (!helper_is_there)
            all.push_back({.sql = alter + "ADD CONSTRAINT " + identifier(helper()) + " CHECK (" +
                                  identifier(column_) + " IS NOT NULL) NOT VALID",
                           .object = "constraint " + helper(),
                           .effect = "new rows of " + table_ + " have a " + column_,
                           .locks = {lock("AccessExclusive", "table", table_)},
                           .undo = {drop}});
        all.push_back({.sql = alter + "VALIDATE CONSTRAINT " + identifier(helper()),
                       .object = "constraint " + helper(),
                       .effect = "all rows of " + table_ + " have a " + column_,
                       .locks = {lock("ShareUpdateExclusive", "table", table_)},
                       .effort = Effort::scan,
                       .transactional = false});
        all.push_back({.sql = alter + "ALTER COLUMN " + identifier(column_) + " SET NOT NULL",
                       .object = "column " + table_ + "." + column_,
                       .effect = table_ + "." + column_ + " is not null",
                       .locks = {lock("AccessExclusive", "table", table_)},
                       .undo = {alter + "ALTER COLUMN " + identifier(column_) + " DROP NOT NULL"}});
        all.push_back({.sql = alter + "DROP CONSTRAINT " + identifier(helper()),
                       .object = "constraint " + helper(),
                       .effect = "the check that helped is gone",
                       .locks = {lock("AccessExclusive", "table", table_)},
                       .cleanup = true});
        return all;
    }

    std::string table_;
    std::string column_;
};

}  // namespace

std::unique_ptr<Operation> read_set_not_null(const Spec& spec) {
    return std::make_unique<SetNotNull>(spec);
}

}  // namespace ingot::schema
