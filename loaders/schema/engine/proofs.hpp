// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/migration_ledger.hpp"
#include "loaders/schema/engine/pack.hpp"

namespace ingot::schema {

/// A step of an applied migration, and what the catalog says of it now.
struct StepProof {
    const Migration* migration = nullptr;
    const Step* step = nullptr;
    State state = State::done;
    bool holds = true;
    bool taken_back = false;  ///< On purpose, alone; then it holds although it is not there.
    std::string why = {};
};

/// Proves the steps of all applied migrations, by version. Only reads.
///
/// Renames that later steps made are looked through: a step is proved in the catalog as it is or with
/// the names that it had. A step that is not to be seen holds all the same when a later applied step,
/// which holds itself, has changed the same object by what the journal says, or has dropped its table.
std::vector<StepProof> prove_steps(const Pack& pack, Target& target, Ledger& ledger);

/// Whether the way back of `later` changes what `earlier` made: the same object; of filled rows, the
/// same columns; of a free statement, one that names it.
bool changes_the_same(const JournalEntry& earlier, const JournalEntry& later);

}  // namespace ingot::schema
