// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/extractor.hpp"

namespace ingot {

enum class ConfigFormat { none, json, yaml, toml, env };

/// How a file of settings is written, by its name and, below `config/`, its content. `none`: it is
/// no file of settings.
ConfigFormat config_format(const Source& source, std::string_view head);

}  // namespace ingot
