// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/schema_session.hpp"

namespace ingot {

/// Backs up the tables that the plan changes, proves the backup by restoring it into a scratch database,
/// and writes file and position down in the log. Returns the file; empty when there was nothing to back
/// up or --no-backup. Throws RunError: nothing has been changed then.
std::string back_up(const Options& options, SchemaSession& session, const schema::Plan& plan,
                    schema::Observer& observer);

}  // namespace ingot
