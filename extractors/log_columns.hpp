// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/log_record.hpp"

#include <optional>
#include <string_view>

namespace ingot {

/// Columns of at least 8, 20 and 30 characters: `INFO     app.worker           [corr=1f, agent=x]…`;
/// a longer value pushes the next ones to the right. `text` starts with the level. nullopt: they are
/// not there.
std::optional<LogRecord> read_columns(std::string_view level, std::string_view text);

}  // namespace ingot
