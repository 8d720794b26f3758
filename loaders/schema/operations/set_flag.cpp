// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// Sets one value in a table of settings; the journal keeps the old one.
class SetFlag : public Operation {
public:
    explicit SetFlag(const Spec& spec)
        : table_(spec.name("table")), key_column_(spec.text("key_column")), key_(spec.text("key")),
          value_column_(spec.text("value_column")), value_(spec.text("value")) {}

    std::string title() const override { return "set flag " + key_ + " to " + value_; }
    std::vector<std::string> tables() const override { return {table_}; }

    Assessment assess(const Context& context) const override {
        if (context.catalog.table(table_) == nullptr)
            return impossible("there is no table " + table_);
        if (auto missing = missing_column(context, table_, {key_column_, value_column_}))
            return *missing;
        const std::string value = "CAST(" + literal(value_) + " AS " +
                                  context.catalog.column(table_, value_column_)->type + ")";
        const auto found = context.target.query(
            "SELECT CAST(" + identifier(value_column_) + " AS text), " + identifier(value_column_) +
            " = " + value + " FROM " + rows_of(context, table_) + " WHERE " +
            identifier(key_column_) + " = " + literal(key_));
        if (found.empty())
            return impossible(table_ + " has no row with " + key_column_ + " = " + key_);
        const std::string same = found[0][1].value_or("");
        if (same == "t" || same == "1") return done("it has the value");
        return to_do("now it is " + found[0][0].value_or("NULL"), {action(context, value)});
    }

    void apply(Catalog&) const override {}

private:
    Action action(const Context& context, const std::string& value) const {
        const std::string column = identifier(value_column_);
        Batches one{.table = table_,
                    .key = key_column_,
                    .columns = column,
                    .column_names = {value_column_},
                    .where = identifier(key_column_) + " = " + literal(key_) + " AND (" + column +
                             " IS NULL OR " + column + " <> " + value + ")",
                    .update = "UPDATE " + context.quoted_relation(table_) + " SET " + column +
                              " = " + value + " WHERE " + identifier(key_column_) +
                              " IN (${KEYS})"};
        return {.sql = one.update,
                .object = "flag " + key_,
                .effect = key_ + " is " + value_,
                .locks = {lock("RowExclusive", "table", table_)},
                .effort = Effort::rows,
                .transactional = false,
                .batches = std::move(one)};
    }

    std::string table_;
    std::string key_column_;
    std::string key_;
    std::string value_column_;
    std::string value_;
};

}  // namespace

std::unique_ptr<Operation> read_set_flag(const Spec& spec) {
    return std::make_unique<SetFlag>(spec);
}

}  // namespace ingot::schema
