// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/finding.hpp"
#include "loaders/schema/audit/index_text.hpp"

namespace ingot::schema::audit {

void find_invalid_indexes(const Look& look) {
    for (const auto& [name, index] : look.catalog.indexes) {
        if (index.valid) continue;
        Finding finding{.severity = Severity::error,
                        .object = "index " + name,
                        .table = index.table,
                        .what = "It is invalid: its concurrent build failed, or is under way.",
                        .why = "No query uses it, every write still pays for it, and CREATE INDEX "
                               "IF NOT EXISTS takes it for the real one."};
        finding.mend = build_again_sql(look.target, index);
        if (index.constraint.empty()) finding.step = create_index_step(index, true);
        look.report(std::move(finding));
    }
}

void find_unvalidated_constraints(const Look& look) {
    for (const Constraint& constraint : look.catalog.constraints) {
        if (constraint.valid) continue;
        DraftStep step;
        step.fields = {{"op", std::string("validate_constraint")},
                       {"table", constraint.table},
                       {"name", constraint.name}};
        look.report({.severity = Severity::warning,
                     .object = "constraint " + constraint.name,
                     .table = constraint.table,
                     .what = "It is NOT VALID: " + constraint.definition,
                     .why = "New rows are checked, the rows from before never were; the planner "
                            "does not rely on it.",
                     .mend = "ALTER TABLE " + qualified(look.target, constraint.table) +
                             " VALIDATE CONSTRAINT " + identifier(constraint.name),
                     .step = step});
    }
}

}  // namespace ingot::schema::audit
