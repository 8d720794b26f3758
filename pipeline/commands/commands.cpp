// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"

namespace ingot {

std::span<const Command> commands() {
    static const std::vector<Command> all{
        import_command(),
    };
    return all;
}

}  // namespace ingot
