// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/rehearsal_copy.hpp"
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

/// Copies the definitions and some rows of the target to a scratch database and runs up, verify, down and
/// up again there; after the way back, definitions and rows must be those of the start. The target is
/// only read. What the pack or the database is to blame for is a failed phase; throws RunError when no
/// copy can be made, and with Exit::schema when applied migrations were changed.
Rehearsal rehearse(const Pack& pack, Target& target, Ledger& ledger, const Selection& selection,
                   const CopySettings& copy, const RunSettings& run, Observer& observer);

}  // namespace ingot::schema
