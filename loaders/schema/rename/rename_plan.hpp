// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/catalog.hpp"
#include "loaders/schema/engine/pack_draft.hpp"

/// What it takes to give the tables of a database snake_case names. Only reads.
namespace ingot::schema::rename {

/// Old name → new name, as somebody wants it; a table mapped to its own name stays.
using Map = std::map<std::string, std::string>;

struct NewName {
    std::string kind = {};  ///< "constraint", "index", "sequence"
    std::string from = {};
    std::string to = {};
};

struct TablePlan {
    std::string from = {};
    std::string to = {};
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::vector<NewName> names = {};          ///< Begin with the old name and are renamed with it.
    std::vector<std::string> keys_out = {};   ///< Its foreign keys: "name → table".
    std::vector<std::string> keys_in = {};    ///< Those that refer to it: "table.name".
    std::vector<std::string> views = {};      ///< Read it; they follow by themselves.
    std::vector<std::string> triggers = {};   ///< Are on it; they follow by themselves.
    std::vector<std::string> routines = {};   ///< Name it in their text: they break.
    std::vector<std::string> conflicts = {};  ///< Why it cannot be renamed so.
    std::vector<std::string> advice = {};     ///< It can, but.
    std::size_t statements = 0;               ///< Of the catalog, its view included.
    double expected_ms = 0;  ///< For which its lock is held; without waiting for it.
};

struct Plan {
    Dialect dialect = Dialect::postgres;
    std::vector<TablePlan> tables = {};
    std::vector<std::string> left = {};  ///< Tables with capitals that stay, and why.
    std::int64_t rows = 0;
    double expected_ms = 0;       ///< Of all in one transaction, which holds every lock to its end.
    std::int64_t disk_bytes = 0;  ///< Always 0: a name is a row of the catalog.

    std::size_t conflicts() const;
};

/// Throws UsageError when the map names a table that there is not.
Plan plan_renames(const Catalog& catalog, Target& target, const Map& map);

/// "old=new" each. Throws UsageError for anything else, and for a name that is given twice.
Map read_map(const std::vector<std::string>& texts);

/// The steps of a pack. Requires: no conflicts.
std::vector<DraftFile> pack_of(const Plan& plan);

/// Tables that the routine's text names: as identifiers, also in SQL that it puts together in strings.
std::vector<std::string> tables_named_in(const Routine& routine,
                                         const std::set<std::string>& tables);

}  // namespace ingot::schema::rename
