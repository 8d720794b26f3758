// SPDX-License-Identifier: MIT
#include "pipeline/publish_step.hpp"

namespace ingot {

void publish_step(const Options&, SQLite::Database&, const std::vector<std::int64_t>&, Report&) {
    throw RunError(Exit::failed, "not yet");
}

}  // namespace ingot
