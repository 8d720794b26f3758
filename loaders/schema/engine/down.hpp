// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/statement_runner.hpp"

namespace ingot::schema {

/// One thing that goes back.
struct Reversal {
    JournalEntry entry;
    std::int64_t phase = 0;
    std::string migration;
    std::int64_t lost = 0;  ///< Rows that the entry's `loss` speaks of.
    std::int64_t kept = 0;  ///< Filled rows that somebody changed since: they stay as they are.
    std::string obstacle;   ///< Why it cannot go back; empty: it can.
};

/// What `down` would do, the youngest change first. Making it only reads.
struct DownPlan {
    std::string pack;
    std::string target;
    std::string schema;
    std::vector<std::int64_t> versions;  ///< That go back whole, the youngest first.
    std::vector<Reversal> reversals;
    bool partial = false;  ///< Only some objects of their migrations.
    std::string fingerprint;

    std::vector<const Reversal*> obstacles() const;
};

struct DownSelection {
    std::optional<std::int64_t> to;  ///< Versions above it.
    bool all = false;
    std::vector<std::string> only;  ///< Objects by name; migrations stay applied.
};

/// Throws RunError when nothing of the selection is applied.
DownPlan plan_down(const Pack& pack, Target& target, Ledger& ledger,
                   const DownSelection& selection);

/// The same for these versions, whole or only some objects of them; no version is too many.
DownPlan plan_versions(const Pack& pack, Target& target, Ledger& ledger,
                       const std::vector<std::int64_t>& versions,
                       const std::vector<std::string>& only);

/// Takes back what the journal says was made or changed, dependents first, and proves that it is gone.
/// Throws RunError (Exit::invalid) before anything changes when something cannot go back.
RunResult down(const Pack& pack, Target& target, Ledger& ledger, const DownSelection& selection,
               const RunSettings& settings, Observer& observer);

/// Takes back all of these versions, applied or begun: after a failed `up`.
void take_back(const Pack& pack, Target& target, Ledger& ledger,
               const std::vector<std::int64_t>& versions, StatementRunner& runner,
               RunResult& result);

}  // namespace ingot::schema
