// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"

namespace ingot {

/// Brings the databases of an import or a publication up to this program's version of Ingot's schema when
/// an older program wrote them: asks on a terminal unless --migrate, copies the SQLite file first, and
/// runs the pack `core`. Throws RunError (Exit::schema) where it may not. Does nothing for databases that are new
/// or up to date.
void bring_up_to_date(const Options& options);

}  // namespace ingot
