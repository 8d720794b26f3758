// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace ingot::testing {

/// The URL of a new database on the private server, as fixtures/schemas/<fixture>.sql makes it.
/// `variables` are psql's: {"types=enum"}. The script runs once per fixture and variables; later
/// databases are copies. Throws std::runtime_error when it fails.
std::string before_database(const std::string& fixture,
                            const std::vector<std::string>& variables = {});

/// The URL of a new empty database on the private server.
std::string empty_database();

/// The statements that would make the database's schema, without Ingot's own and without anything
/// that differs between two dumps of the same schema. Throws std::runtime_error.
std::string schema_dump(const std::string& url);

/// A line per table, by name: its name, its number of rows, and a hash over them that does not depend on
/// their order. Tables of the system and of Ingot are left out.
std::string row_hashes(const std::string& url);

/// The first cell of a query in the database, "" for NULL and for no row.
std::string ask(const std::string& url, const std::string& sql);

}  // namespace ingot::testing
