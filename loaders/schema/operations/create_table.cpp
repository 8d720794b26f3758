// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"
#include "loaders/schema/sql_meaning.hpp"

#include <set>

namespace ingot::schema {
namespace {

/// A new table from the text behind its name: "(id uuid PRIMARY KEY, …)".
class CreateTable : public Operation {
public:
    explicit CreateTable(const Spec& spec)
        : table_(spec.name("table")), definition_(spec.text("definition")) {
        read_columns(spec);
    }

    std::string title() const override { return "create table " + table_; }
    std::vector<std::string> tables() const override { return {}; }

    Assessment assess(const Context& context) const override {
        const Relation* relation = context.catalog.table(table_);
        if (relation != nullptr) return compare(context, *relation);
        if (auto taken = taken_name(context, table_)) return *taken;
        if (!context.catalog.may_create)
            return impossible(context.catalog.user + " may not create tables in " +
                              context.catalog.schema);
        for (const std::string& target : targets_)
            if (target != table_ && context.catalog.table(target) == nullptr)
                return impossible("there is no table " + target + " to refer to");
        const std::string name = context.quoted_relation(table_);
        std::vector<Lock> locks;
        for (const std::string& target : targets_)
            if (target != table_) locks.push_back(lock("ShareRowExclusive", "table", target));
        return to_do("", {{.sql = "CREATE TABLE " + name + " " + definition_,
                           .object = "table " + table_,
                           .effect = "the table " + table_ + " exists",
                           .locks = std::move(locks),
                           .undo = {"DROP TABLE " + name},
                           .loss_query = "SELECT count(*) FROM " + name,
                           .loss = "rows of " + table_}});
    }

    void apply(Catalog& catalog) const override {
        Relation made{.name = table_};
        made.columns = columns_;
        made.planned = true;
        catalog.relations[table_] = std::move(made);
    }

private:
    void read_columns(const Spec& spec) {
        const std::string text = "CREATE TABLE x " + definition_;
        sql::Positions positions(text);
        sql::Splitter splitter(text, Dialect::postgres, sql::Place::script, positions);
        sql::Statement statement;
        if (!splitter.next(statement)) spec.fail("'definition' is empty");
        const sql::Meaning meaning = sql::meaning_of(statement);
        const auto* create = std::get_if<sql::CreateTable>(&meaning);
        if (create == nullptr || create->columns.empty())
            spec.fail("'definition' must be the columns in brackets, as behind CREATE TABLE name");
        for (const sql::ColumnDefinition& column : create->columns) {
            columns_.push_back(
                {.name = column.name, .type = column.type, .not_null = column.not_null});
            columns_.back().planned = true;
        }
        for (const sql::Constraint& constraint : create->constraints)
            if (constraint.target) targets_.insert(constraint.target->name);
    }

    Assessment compare(const Context& context, const Relation& relation) const {
        if (relation.planned) return done("an earlier step makes it");
        for (const Column& wanted : columns_) {
            const Column* found = relation.column(wanted.name);
            if (found == nullptr)
                return conflict("there is a table " + table_ + " without a column " + wanted.name);
            const std::string type = canonical_type(context, wanted.type);
            const bool is_serial = type.find("serial") != std::string::npos;
            if (!is_serial && type != canonical_type(context, found->type))
                return conflict("there is a table " + table_ + " with " + wanted.name + " as " +
                                found->type);
        }
        return done("it is there");
    }

    std::string table_;
    std::string definition_;
    std::vector<Column> columns_;
    std::set<std::string> targets_;
};

}  // namespace

std::unique_ptr<Operation> read_create_table(const Spec& spec) {
    return std::make_unique<CreateTable>(spec);
}

}  // namespace ingot::schema
