// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/plan.hpp"
#include "loaders/schema/engine/scratch_database.hpp"

/// The database that a pack is tried on.
namespace ingot::schema {

/// Where the database is and what of it is wanted.
struct CopySettings {
    std::string place = {};          ///< Connection text or path.
    std::string ledger_schema = {};  ///< Where Ingot's own tables are in PostgreSQL.
    std::optional<std::int64_t> rows = 1'000;
};

/// A scratch database with the target's definitions, some of its rows, and what the ledger says of the
/// pack; with what was found in the target at the same moment.
struct RehearsalCopy {
    ScratchDatabase scratch;
    std::unique_ptr<Target> target;
    std::unique_ptr<Ledger> ledger;
    Plan plan;  ///< Of the target itself.
    std::string identity = {};
    std::vector<TableSize> sample = {};
    std::vector<std::string> complaints = {};  ///< What could not be made alike.
};

/// Reads the target in one transaction of one moment that cannot write. SQLite: all rows. Throws RunError,
/// with Exit::schema when applied migrations were changed.
RehearsalCopy copy_for_rehearsal(const Pack& pack, Target& target, Ledger& ledger,
                                 const Selection& selection, const CopySettings& settings);

/// Of the cluster, the database and the schema that the target works on; SQLite: the file's real path.
std::string identity_of(Target& target);

/// "+ table a", "- table b": what the second list has and has not.
std::vector<std::string> changes(const std::vector<std::string>& before,
                                 const std::vector<std::string>& after);

}  // namespace ingot::schema
