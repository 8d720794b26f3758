// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/table.hpp"

/// Tables without the one column that is too long to be read for a list or a comparison.
namespace ingot {

const Table& runs_without_report();

/// The payload's hash stands for it.
const Table& segments_without_payload();

}  // namespace ingot
