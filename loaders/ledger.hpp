// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/reader.hpp"

#include "pipeline/model/ledger.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace ingot {

/// What the database remembers of a workspace's sources.
Ledger read_ledger(SQLite::Database& db, std::int64_t workspace_id);
Ledger read_ledger(Reader& reader, std::int64_t workspace_id);

}  // namespace ingot
