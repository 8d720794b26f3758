// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/extractor.hpp"

namespace ingot {

enum class ContextForm { none, json, lines, yaml, toml, markdown, text };

/// How a file below `context/` is written, by its ending; of JSON lines also by the first line:
/// whole documents over several lines are met under that ending, too. `none`: no context, code for
/// one.
ContextForm context_form(const Source& source, std::string_view head);

}  // namespace ingot
