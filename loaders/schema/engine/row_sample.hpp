// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/target.hpp"

#include <set>

/// Rows of a PostgreSQL database for a copy of it.
namespace ingot::schema {

/// A table with rows of its own: no partitioned one, no view.
struct SampledTable {
    std::string oid = {};
    std::string schema = {};
    std::string name = {};
    std::string columns = {};  ///< Those that can be written, quoted, with commas.
    /// Rows by their place, which holds within one snapshot; none: all rows.
    std::optional<std::set<std::string>> places = std::set<std::string>{};

    std::string quoted() const { return identifier(schema) + "." + identifier(name); }
};

/// The first `rows` rows of each table of the target's schema (none: all of them), and those that they
/// refer to by foreign keys, in whatever of the schemas and however many steps away. The target must be
/// in a transaction of one snapshot; it is only read.
std::vector<SampledTable> take_sample(Target& target, const std::vector<std::string>& schemas,
                                      std::optional<std::int64_t> rows);

/// Copies the sample; returns the number of rows.
std::int64_t copy_sample(Target& from, Target& to, const SampledTable& table);

/// Copies the rows of a table that fit the condition, through a cursor.
std::int64_t copy_rows(Target& from, Target& to, const SampledTable& table,
                       const std::string& condition);

/// One of engine/queries/<name>.sql for these schemas.
Rows rows_for_schemas(Target& target, std::string_view name,
                      const std::vector<std::string>& schemas);

}  // namespace ingot::schema
