// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"

namespace ingot {

/// `ingot schema up`: plan, approval, backup, run. Returns the exit code.
int schema_up(const Options& options);

/// `ingot schema down`: plan, approval, run, smoke queries. Returns the exit code.
int schema_down(const Options& options);

}  // namespace ingot
