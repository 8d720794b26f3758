// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/table.hpp"

#include <span>

namespace ingot {

/// Every table, parents before their children: the order of creation and of loading.
std::span<const Table* const> tables();

}  // namespace ingot
