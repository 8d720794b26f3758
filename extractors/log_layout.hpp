// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/extractor.hpp"

namespace ingot {

/// How the events of a JSON log lie in a file.
enum class LogLayout {
    none,    ///< It is no JSON log.
    lines,   ///< One JSON value a line.
    stream,  ///< An array, or documents over several lines.
};

/// Judges by content: in a log's place by the layout alone, elsewhere only what is evidently events.
LogLayout log_layout(const Candidate& candidate);

}  // namespace ingot
