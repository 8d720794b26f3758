// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"
#include "loaders/schema/sql_lexer.hpp"

namespace ingot::schema {
namespace {

/// ADD COLUMN without constraint: a catalog change, unless its default must be computed for each row.
class AddColumn : public Operation {
public:
    explicit AddColumn(const Spec& spec)
        : table_(spec.name("table")), column_(spec.name("column")), type_(spec.text("type")),
          fallback_(spec.maybe("default")), not_null_(spec.flag("not_null", false)) {
        if (not_null_ && !fallback_)
            spec.fail("a new column can only be not_null with a default; else fill it, then "
                      "set_not_null");
    }

    std::string title() const override {
        return "add column " + table_ + "." + column_ + " " + type_ +
               (fallback_ ? " default " + *fallback_ : "") + (not_null_ ? " not null" : "");
    }
    std::vector<std::string> tables() const override { return {table_}; }
    bool reads_no_rows() const override { return true; }

    Assessment assess(const Context& context) const override {
        if (auto unusable = unusable_table(context, table_)) return *unusable;
        const std::string type = canonical_type(context, type_);
        if (const Column* column = context.catalog.column(table_, column_)) {
            if (column->planned || type == canonical_type(context, column->type))
                return done("it is there");
            return conflict("the column is there with the type " + column->type);
        }
        if (context.catalog.dialect == Dialect::postgres) {
            const Explained explained = explain(context, "SELECT NULL::" + type_);
            if (!explained.error.empty()) return impossible(explained.error);
        }
        return to_do("", {addition(context)});
    }

    void apply(Catalog& catalog) const override {
        Relation& table = catalog.relations[table_];
        if (table.column(column_) != nullptr) return;
        table.columns.push_back({.name = column_, .type = type_, .not_null = not_null_});
        table.columns.back().fallback = fallback_;
        table.columns.back().planned = true;
    }

private:
    /// PostgreSQL keeps a constant default in the catalog; a volatile one is written into every row.
    bool rewrites(const Context& context) const {
        if (!fallback_ || context.catalog.dialect == Dialect::sqlite) return false;
        std::vector<std::string> words;
        sql::Lexer lexer(*fallback_, Dialect::postgres, sql::Place::body);
        for (sql::Token token = lexer.next(); token.kind != sql::TokenKind::end;
             token = lexer.next())
            if (token.is_name()) words.push_back(literal(sql::folded(token)));
        if (words.empty()) return false;
        return context.target.ask(
                   "SELECT bool_or(provolatile = 'v') FROM pg_proc WHERE proname IN (" +
                   joined(words) + ")") == "t";
    }

    Action addition(const Context& context) const {
        const std::string table = context.quoted_relation(table_);
        const std::string column = identifier(column_);
        const std::string changed =
            column + " IS NOT NULL" +
            (fallback_ ? " AND " + column + " <> (" + *fallback_ + ")" : "");
        return {.sql = "ALTER TABLE " + table + " ADD COLUMN " + column + " " + type_ +
                       (fallback_ ? " DEFAULT " + *fallback_ : "") + (not_null_ ? " NOT NULL" : ""),
                .object = "column " + table_ + "." + column_,
                .effect = table_ + " has the column " + column_,
                .locks = {lock("AccessExclusive", "table", table_)},
                .effort = rewrites(context) ? Effort::rewrite : Effort::catalog,
                .undo = {"ALTER TABLE " + table + " DROP COLUMN " + column},
                .loss_query = "SELECT count(*) FROM " + table + " WHERE " + changed,
                .loss = "values in " + table_ + "." + column_};
    }

    std::string table_;
    std::string column_;
    std::string type_;
    std::optional<std::string> fallback_;
    bool not_null_;
};

}  // namespace

std::unique_ptr<Operation> read_add_column(const Spec& spec) {
    return std::make_unique<AddColumn>(spec);
}

}  // namespace ingot::schema
