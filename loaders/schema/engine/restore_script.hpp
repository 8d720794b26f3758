// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/postgres.hpp"

#include <iosfwd>

namespace ingot::schema {

/// Runs what `pg_restore --file=-` writes, inside the connection's transaction. Throws what pqxx throws.
void run_restore_script(Connection& connection, std::istream& script);

}  // namespace ingot::schema
