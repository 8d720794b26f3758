// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/plan.hpp"

namespace ingot::schema {

enum class Verdict { ok, warning, critical, failed };
std::string_view name_of(Verdict verdict);

/// A step of an applied migration, and whether the catalog still shows it.
struct Proof {
    std::int64_t version = 0;
    std::string migration = {};
    std::string step = {};
    Verdict verdict = Verdict::ok;
    std::string why = {};
};

/// A query of the pack with what came out.
struct Answer {
    std::string name = {};
    std::string says = {};
    std::string value = {};  ///< The first cell.
    std::string unit = {};
    double median_ms = 0;
    std::optional<double> baseline_ms = {};  ///< Before the migration.
    Verdict verdict = Verdict::ok;
    std::string why = {};
};

struct Verification {
    std::vector<AppliedMigration> applied;
    std::vector<Drift> drift;
    std::vector<Proof> proofs;
    std::vector<Answer> answers;
    std::vector<std::int64_t> pending;

    /// Failed and critical ones.
    std::size_t failures() const;
    std::size_t warnings() const;
};

/// All proofs of all applied steps, and the pack's queries with their thresholds. Times are medians of
/// `runs` runs after one that is not counted. Only reads.
Verification verify(const Pack& pack, Target& target, Ledger& ledger, int runs);

/// The queries alone; those of versions that are not applied are left out unless `all`.
std::vector<Answer> ask_queries(const std::vector<Query>& queries, Target& target, Ledger& ledger,
                                int runs, bool all);

/// Keeps times and sizes as they are now in the log, for verify to compare with.
std::vector<Answer> store_baseline(const Pack& pack, Target& target, Ledger& ledger, int runs);

}  // namespace ingot::schema
