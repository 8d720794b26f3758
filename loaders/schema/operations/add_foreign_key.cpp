// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/constraint_words.hpp"
#include "loaders/schema/operations/operations.hpp"

#include <algorithm>
#include <cctype>

namespace ingot::schema {
namespace {

/// What happens to the rows when those that they refer to go or change.
std::string read_rule(const Spec& spec, const std::string& key) {
    std::string rule = spec.text(key, "NO ACTION");
    std::ranges::transform(rule, rule.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    for (const std::string_view known :
         {"NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"})
        if (rule == known) return rule;
    spec.fail("'" + key + "' must be NO ACTION, RESTRICT, CASCADE, SET NULL or SET DEFAULT");
}

class AddForeignKey : public Operation {
public:
    explicit AddForeignKey(const Spec& spec)
        : table_(spec.name("table")), name_(spec.name("name")), columns_(spec.words("columns")),
          target_(spec.name("target")), target_columns_(spec.words("target_columns")),
          on_delete_(read_rule(spec, "on_delete")), on_update_(read_rule(spec, "on_update")),
          validate_(spec.flag("validate", true)) {}

    std::string title() const override {
        return "add foreign key " + name_ + ": " + table_ + " (" + joined(columns_) + ") to " +
               target_ + " (" + joined(target_columns_) + ")";
    }
    std::vector<std::string> tables() const override { return {table_}; }

    Assessment assess(const Context& context) const override {
        if (auto unusable = unusable_table(context, table_)) return *unusable;
        if (context.catalog.dialect == Dialect::sqlite)
            return impossible("SQLite cannot add a foreign key; give it with create_table");
        if (auto missing = missing_column(context, table_, columns_)) return *missing;
        if (context.catalog.table(target_) == nullptr)
            return impossible("there is no table " + target_ + " to refer to");
        if (auto missing = missing_column(context, target_, target_columns_)) return *missing;
        const Constraint* own = context.catalog.constraint(table_, name_);
        if (own != nullptr && !is_it(*own))
            return conflict(name_ + " is something else: " + own->definition);
        if (own != nullptr && (own->valid || !validate_)) return done("it is there");
        if (own == nullptr)
            for (const Constraint* each : context.catalog.constraints_of(table_))
                if (each->valid && is_it(*each)) return covered(each->name + " says the same");
        return to_do(own != nullptr ? "it is there, but not validated" : "",
                     add_in_two_steps(context, wanted(context), own));
    }

    void apply(Catalog& catalog) const override {
        catalog.constraints.push_back(
            {.name = name_, .table = table_, .kind = ConstraintKind::foreign});
        Constraint& made = catalog.constraints.back();
        made.columns = columns_;
        made.target = target_;
        made.target_columns = target_columns_;
        made.on_delete = on_delete_;
        made.on_update = on_update_;
        made.valid = validate_;
        made.planned = true;
    }

private:
    WantedConstraint wanted(const Context& context) const {
        const auto rule = [](const std::string& when, const std::string& what) {
            return what == "NO ACTION" ? "" : " ON " + when + " " + what;
        };
        return {.table = table_,
                .name = name_,
                .definition = "FOREIGN KEY (" + identifiers(columns_) + ") REFERENCES " +
                              context.quoted_relation(target_) + " (" +
                              identifiers(target_columns_) + ")" + rule("DELETE", on_delete_) +
                              rule("UPDATE", on_update_),
                .add_locks = {lock("ShareRowExclusive", "table", table_),
                              lock("ShareRowExclusive", "table", target_)},
                .validate = validate_};
    }

    bool is_it(const Constraint& each) const {
        return each.kind == ConstraintKind::foreign && each.columns == columns_ &&
               each.target == target_ && each.target_columns == target_columns_ &&
               each.on_delete == on_delete_ && each.on_update == on_update_;
    }

    std::string table_;
    std::string name_;
    std::vector<std::string> columns_;
    std::string target_;
    std::vector<std::string> target_columns_;
    std::string on_delete_;
    std::string on_update_;
    bool validate_;
};

}  // namespace

std::unique_ptr<Operation> read_add_foreign_key(const Spec& spec) {
    return std::make_unique<AddForeignKey>(spec);
}

}  // namespace ingot::schema
