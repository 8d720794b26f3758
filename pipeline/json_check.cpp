// SPDX-License-Identifier: MIT
#include "pipeline/json_check.hpp"

#include "extractors/json.hpp"

#include <string>

namespace ingot {

bool is_valid_json(std::string_view text) {
    thread_local std::string padded;  // the parser reads 64 bytes past the end
    padded.assign(text);
    padded.append(64, '\0');
    return json::is_valid({padded.data(), text.size()});
}

}  // namespace ingot
