// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/catalog.hpp"
#include "loaders/schema/engine/pack_draft.hpp"

#include <span>

/// Looks for what is wrong with the schema of a live database. Only reads.
namespace ingot::schema::audit {

/// Error: the object does not do what it is there for. Warning: it costs or misleads. Advice: consider.
enum class Severity { advice, warning, error };
std::string_view name_of(Severity severity);

struct Finding {
    std::string_view check = {};  ///< "duplicate-index"; audit() fills it in.
    Severity severity = Severity::warning;
    std::string object = {};  ///< "index ix_a"
    std::string table = {};
    std::string what = {};
    std::string why = {};
    std::string mend = {};               ///< SQL; empty: nobody but its owner can say.
    std::optional<DraftStep> step = {};  ///< The same for a pack.
};

struct Limits {
    /// Indexes are judged as unused only when their statistics are at least so old…
    double unused_days = 30;
    /// …and the table was read at least so often in that time.
    std::int64_t unused_reads = 1'000;
};

/// What a check sees, and where it reports.
struct Look {
    const Catalog& catalog;
    Target& target;
    const Limits& limits;
    std::vector<Finding>& findings;
    std::vector<std::string>& notes;  ///< What could not be judged, and why.

    void report(Finding finding) const { findings.push_back(std::move(finding)); }
};

struct Check {
    std::string_view name;
    std::string_view says;  ///< What it finds, in one line.
    std::string_view file;  ///< Of the pack that mends: "drop_duplicate_indexes".
    void (*run)(const Look&);
};

/// All checks; a pack mends in this order.
std::span<const Check> checks();

// One file for each group.
void find_invalid_indexes(const Look& look);
void find_unvalidated_constraints(const Look& look);
void find_unindexed_foreign_keys(const Look& look);
void find_duplicate_indexes(const Look& look);
void find_covered_indexes(const Look& look);
void find_constant_keys(const Look& look);
void find_unused_indexes(const Look& look);
void find_stale_names(const Look& look);
void find_name_clashes(const Look& look);
void find_quoted_names(const Look& look);

struct Result {
    std::vector<Finding> findings = {};  ///< Errors first; then by table and object.
    std::vector<std::string> notes = {};
    std::size_t tables = 0;
    std::size_t indexes = 0;
    std::size_t constraints = 0;

    std::size_t count(Severity severity) const;
};

Result audit(const Catalog& catalog, Target& target, const Limits& limits = {});

/// One file for each check that found something that a pack can mend, in the order of the checks.
std::vector<DraftFile> mending(const Result& result);

}  // namespace ingot::schema::audit
