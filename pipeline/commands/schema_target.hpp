// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/target.hpp"
#include "pipeline/options.hpp"

#include <memory>

namespace ingot {

/// The database that --postgres or --sqlite names. Throws UsageError when neither does.
std::unique_ptr<schema::Target> open_target(const Options& options);

}  // namespace ingot
