// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/pack.hpp"

namespace ingot::schema {

/// Whether the step takes no more than a moment and locks nothing but its one table, so that the next
/// one on the same table may share its transaction: both are proved by one look at the catalog, and the
/// table is locked for that once.
bool is_brief(const Step& step, const Assessment& assessment);

/// Whether both name the same one table, and the catalog is enough to assess them.
bool shares_table(const Step& a, const Step& b);

}  // namespace ingot::schema
