// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// A default for rows to come; those that are there keep what they have.
class SetDefault : public Operation {
public:
    explicit SetDefault(const Spec& spec)
        : table_(spec.name("table")), column_(spec.name("column")), value_(spec.text("default")) {}

    std::string title() const override {
        return "set default of " + table_ + "." + column_ + " to " + value_;
    }
    std::vector<std::string> tables() const override { return {table_}; }
    bool reads_no_rows() const override { return true; }

    Assessment assess(const Context& context) const override {
        if (auto unusable = unusable_table(context, table_)) return *unusable;
        if (auto missing = missing_column(context, table_, {column_})) return *missing;
        if (context.catalog.dialect == Dialect::sqlite)
            return impossible("SQLite cannot change a default; give it with add_column");
        const Column& column = *context.catalog.column(table_, column_);
        if (column.fallback && same_value(context, *column.fallback, value_, column.type))
            return done("it is the default");
        const Explained explained =
            explain(context, "SELECT CAST((" + value_ + ") AS " + column.type + ")");
        if (!explained.error.empty()) return impossible(explained.error);
        const std::string alter = "ALTER TABLE " + context.quoted_relation(table_) +
                                  " ALTER COLUMN " + identifier(column_);
        return to_do(column.fallback ? "now it is " + *column.fallback : "it has none",
                     {{.sql = alter + " SET DEFAULT " + value_,
                       .object = "default of " + table_ + "." + column_,
                       .effect = "new rows of " + table_ + " have " + column_ + " = " + value_,
                       .locks = {lock("AccessExclusive", "table", table_)},
                       .undo = {column.fallback ? alter + " SET DEFAULT " + *column.fallback
                                                : alter + " DROP DEFAULT"}}});
    }

    void apply(Catalog& catalog) const override {
        if (Column* column = catalog.relations[table_].column(column_)) column->fallback = value_;
    }

private:
    std::string table_;
    std::string column_;
    std::string value_;
};

}  // namespace

std::unique_ptr<Operation> read_set_default(const Spec& spec) {
    return std::make_unique<SetDefault>(spec);
}

}  // namespace ingot::schema
