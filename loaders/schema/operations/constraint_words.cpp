// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/constraint_words.hpp"

namespace ingot::schema {

Action validation(const Context& context, const std::string& table, const std::string& name) {
    return {.sql = "ALTER TABLE " + context.quoted_relation(table) + " VALIDATE CONSTRAINT " +
                   identifier(name),
            .object = "constraint " + name,
            .effect = "all rows of " + table + " keep to " + name,
            .locks = {lock("ShareUpdateExclusive", "table", table)},
            .effort = Effort::scan,
            .transactional = false};
}

std::vector<Action> add_in_two_steps(const Context& context, const WantedConstraint& wanted,
                                     const Constraint* existing) {
    const std::string alter = "ALTER TABLE " + context.quoted_relation(wanted.table) + " ";
    std::vector<Action> all;
    if (existing == nullptr)
        all.push_back({.sql = alter + "ADD CONSTRAINT " + identifier(wanted.name) + " " +
                              wanted.definition + " NOT VALID",
                       .object = "constraint " + wanted.name,
                       .effect = "new rows of " + wanted.table + " keep to " + wanted.name,
                       .locks = wanted.add_locks,
                       .undo = {alter + "DROP CONSTRAINT " + identifier(wanted.name)}});
    if (wanted.validate) all.push_back(validation(context, wanted.table, wanted.name));
    return all;
}

}  // namespace ingot::schema
