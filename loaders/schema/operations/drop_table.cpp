// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// Drops a table. Only a backup has a way back from that.
class DropTable : public Operation {
public:
    explicit DropTable(const Spec& spec) : table_(spec.name("table")) {}

    std::string title() const override { return "drop table " + table_; }
    std::vector<std::string> tables() const override { return {table_}; }

    Assessment assess(const Context& context) const override {
        if (context.catalog.relation(table_) == nullptr) return done("there is none");
        if (auto unusable = unusable_table(context, table_)) return *unusable;
        const auto views = context.catalog.views_on(table_);
        if (!views.empty()) return impossible("views read it: " + joined(views));
        for (const Constraint* each : context.catalog.referrers_of(table_))
            if (each->table != table_)
                return impossible("the foreign key " + each->name + " of " + each->table +
                                  " refers to it");
        const std::int64_t rows = context.catalog.relation(table_)->rows;
        return to_do(std::to_string(rows) + " rows go with it; only a backup brings them back",
                     {{.sql = "DROP TABLE " + context.quoted_relation(table_),
                       .object = "table " + table_,
                       .effect = "the table " + table_ + " is gone",
                       .locks = {lock("AccessExclusive", "table", table_)},
                       .loss = "the rows that " + table_ + " had",
                       .irreversible = true}});
    }

    void apply(Catalog& catalog) const override {
        catalog.relations.erase(table_);
        std::erase_if(catalog.indexes,
                      [&](const auto& each) { return each.second.table == table_; });
        std::erase_if(catalog.constraints, [&](const auto& each) { return each.table == table_; });
    }

private:
    std::string table_;
};

}  // namespace

std::unique_ptr<Operation> read_drop_table(const Spec& spec) {
    return std::make_unique<DropTable>(spec);
}

}  // namespace ingot::schema
