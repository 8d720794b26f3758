// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/operation.hpp"
#include "loaders/schema/engine/spec.hpp"

namespace ingot::schema {

/// The files of a pack, as they were written.
struct PackFiles {
    std::string name;
    std::map<std::string, std::string> files;  ///< File name → text.
    std::string origin;  ///< For messages: a directory, or empty when it is built in.
};

struct Step {
    std::string name;  ///< "03 create index idx_a on tasks (status)"
    std::unique_ptr<Operation> operation;
    /// Rules that its SQL breaks on purpose, each with the reason: "rule reason".
    std::vector<std::string> ignored = {};
};

/// One file of a pack: a version of the schema.
struct Migration {
    std::int64_t version = 0;
    std::string name;
    std::string says;
    std::int64_t phase = 1;
    std::string checksum;  ///< Of the file's text.
    std::vector<Step> steps;
    std::int64_t expected_ms = 0;  ///< How long it should take; 0: not said.
    /// False: each step has a transaction of its own, so that no two tables are locked at a time. Steps
    /// in a row that change nothing but the catalog's rows of one table share theirs.
    bool together = true;
};

/// A question about the data or the schema, with its answer or its time.
struct Query {
    std::string name;
    std::string says;
    std::string sql;
    std::optional<std::string> expect;                 ///< The first cell must be this.
    std::optional<double> warn_above, critical_above;  ///< The first cell as a number.
    std::optional<double> warn_below;
    std::optional<double> warn_ms, critical_ms;  ///< Median of several runs.
    std::vector<std::string> uses_index;         ///< EXPLAIN must name one of these.
    std::int64_t since = 0;                      ///< Makes sense from this version on.
    std::string unit;
};

/// A setting that turns a feature off in an emergency, without any other change.
struct Switch {
    std::string name;
    std::string says;
    std::unique_ptr<Operation> operation;
};

/// A pack as it fits one database: its names are filled in.
struct Pack {
    std::string name;
    std::string says;
    std::string variant;                ///< Of the names; empty: it has only one.
    std::vector<Migration> migrations;  ///< By version.
    std::vector<Query> queries;         ///< Checks and timings.
    std::vector<Query> smoke;           ///< Asked after a way back, too.
    std::vector<Switch> switches;
    std::vector<std::string> refresh;  ///< Materialized views that `refresh` renews.
    /// Tables that it writes a record to, whose new rows stay after a way back.
    std::vector<std::string> record_tables;

    const Migration* migration(std::int64_t version) const;  ///< Null: it has none.
    std::set<std::string> tables() const;                    ///< That its operations change.
};

/// Names of the packs that are built in, and of those below `directory` (empty: none).
std::vector<std::string> pack_names(const std::string& directory);

/// Throws UsageError when there is no such pack, with the list of those there are. One in `directory`
/// hides a built-in one of the same name.
PackFiles find_pack(const std::string& name, const std::string& directory);

/// The first sentence of a pack, without a database.
std::string summary_of(const PackFiles& files);

/// Chooses the variant that fits the catalog, fills its names in and reads all steps. `map` replaces
/// names: old → new. Throws RunError for what cannot be read, with file and line, and with
/// Exit::invalid when no variant fits.
Pack bind_pack(const PackFiles& files, const Catalog& catalog,
               const std::map<std::string, std::string>& map);

}  // namespace ingot::schema
