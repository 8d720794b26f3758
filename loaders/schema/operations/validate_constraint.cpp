// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/constraint_words.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

class ValidateConstraint : public Operation {
public:
    explicit ValidateConstraint(const Spec& spec)
        : table_(spec.name("table")), name_(spec.name("name")) {}

    std::string title() const override { return "validate " + name_ + " of " + table_; }
    std::vector<std::string> tables() const override { return {table_}; }

    Assessment assess(const Context& context) const override {
        if (auto unusable = unusable_table(context, table_)) return *unusable;
        const Constraint* constraint = context.catalog.constraint(table_, name_);
        if (constraint == nullptr)
            return impossible("the table " + table_ + " has no constraint " + name_);
        if (constraint->valid) return done("it is valid");
        return to_do("it was added NOT VALID", {validation(context, table_, name_)});
    }

    void apply(Catalog& catalog) const override {
        for (Constraint& each : catalog.constraints)
            if (each.table == table_ && each.name == name_) each.valid = true;
    }

private:
    std::string table_;
    std::string name_;
};

}  // namespace

std::unique_ptr<Operation> read_validate_constraint(const Spec& spec) {
    return std::make_unique<ValidateConstraint>(spec);
}

}  // namespace ingot::schema
