// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace ingot::testing {

/// URL of this program's own PostgreSQL server: started when first asked for, gone when the program
/// ends, even if it is killed. Throws std::runtime_error when there is none to start.
std::string cluster_url();

/// All that a shell command writes. Throws std::runtime_error when it fails.
std::string output_of(const std::string& command);

/// The name of a schema that no other test has, not created yet.
std::string new_schema();

/// The first cell of a query on the private server, "" for NULL and for no row.
std::string ask(const std::string& sql);

}  // namespace ingot::testing
