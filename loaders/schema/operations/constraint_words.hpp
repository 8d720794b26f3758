// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/operations/common.hpp"

namespace ingot::schema {

/// A constraint that is added in two steps: NOT VALID, which looks at new rows only, then VALIDATE,
/// which lets everybody read and write while it scans
/// (https://www.postgresql.org/docs/15/sql-altertable.html, notes).
struct WantedConstraint {
    std::string table;
    std::string name;
    std::string definition;  ///< "CHECK (…)", "FOREIGN KEY (…) REFERENCES …"
    std::vector<Lock> add_locks;
    bool validate = true;  ///< False: rows that break it are only reported.
};

/// Its statements; `existing` is it, not yet valid, or null.
std::vector<Action> add_in_two_steps(const Context& context, const WantedConstraint& wanted,
                                     const Constraint* existing);

/// ALTER TABLE … VALIDATE CONSTRAINT.
Action validation(const Context& context, const std::string& table, const std::string& name);

}  // namespace ingot::schema
