// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/up.hpp"
#include "loaders/schema/engine/verify.hpp"

/// Trying a pack on a copy of its database, and remembering that it went well.
namespace ingot::schema {

/// A part of a rehearsal: copy, plan, up, verify, down, compare, up again.
struct RehearsalPhase {
    std::string name = {};
    Verdict verdict = Verdict::ok;
    double seconds = 0;
    std::string says = {};                  ///< One sentence: "9 migrations, 41 steps, 3 skipped".
    std::vector<std::string> details = {};  ///< What is wrong or worth knowing, a line each.
};

/// What a rehearsal did and found.
struct Rehearsal {
    std::vector<RehearsalPhase> phases = {};  ///< In their order; the first failed one is the last.
    std::vector<TableSize> sample = {};       ///< Rows that were copied; bytes are 0.
    std::vector<std::int64_t> versions = {};  ///< That were applied and taken back.
    std::string fingerprint = {};             ///< Of the plan of the target itself.
    std::string identity = {};                ///< Of the target: cluster, database and schema.
    bool recorded = false;                    ///< `up` may count on it.

    bool passed() const;
};

}  // namespace ingot::schema
