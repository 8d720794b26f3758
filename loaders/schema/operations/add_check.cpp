// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/constraint_words.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

class AddCheck : public Operation {
public:
    explicit AddCheck(const Spec& spec)
        : table_(spec.name("table")), name_(spec.name("name")), check_(spec.text("check")),
          validate_(spec.flag("validate", true)) {}

    std::string title() const override {
        return "add check " + name_ + " to " + table_ + ": " + check_;
    }
    std::vector<std::string> tables() const override { return {table_}; }
    bool reads_no_rows() const override { return true; }

    Assessment assess(const Context& context) const override {
        if (auto unusable = unusable_table(context, table_)) return *unusable;
        if (context.catalog.dialect == Dialect::sqlite)
            return impossible("SQLite cannot add a check to a table; give it with create_table");
        const std::string error = condition_error(context, table_, check_);
        if (!error.empty()) return impossible(error);
        const Constraint* own = context.catalog.constraint(table_, name_);
        if (own != nullptr && !own->planned && !is_it(context, *own))
            return conflict(name_ + " is something else: " + own->definition);
        if (own != nullptr && (own->valid || !validate_)) return done("it is there");
        if (own == nullptr)
            for (const Constraint* each : context.catalog.constraints_of(table_))
                if (each->valid && is_it(context, *each))
                    return covered(each->name + " says the same");
        return to_do(own != nullptr ? "it is there, but not validated" : "",
                     add_in_two_steps(context, wanted(), own));
    }

    void apply(Catalog& catalog) const override {
        catalog.constraints.push_back({.name = name_, .table = table_});
        catalog.constraints.back().definition = "CHECK (" + check_ + ")";
        catalog.constraints.back().valid = validate_;
        catalog.constraints.back().planned = true;
    }

private:
    WantedConstraint wanted() const {
        return {.table = table_,
                .name = name_,
                .definition = "CHECK (" + check_ + ")",
                .add_locks = {lock("AccessExclusive", "table", table_)},
                .validate = validate_};
    }

    bool is_it(const Context& context, const Constraint& constraint) const {
        constexpr std::string_view kStart = "CHECK (";
        if (constraint.kind != ConstraintKind::check || constraint.planned ||
            !constraint.definition.starts_with(kStart))
            return false;
        const std::size_t end = constraint.definition.rfind(')');
        return same_condition(context, table_,
                              constraint.definition.substr(kStart.size(), end - kStart.size()),
                              check_);
    }

    std::string table_;
    std::string name_;
    std::string check_;
    bool validate_;
};

}  // namespace

std::unique_ptr<Operation> read_add_check(const Spec& spec) {
    return std::make_unique<AddCheck>(spec);
}

}  // namespace ingot::schema
