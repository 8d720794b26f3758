// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/report/printable.hpp"

#include "loaders/schema/engine/pack.hpp"

#include <fmt/format.h>

namespace ingot {
namespace {

int run(const Options& options) {
    for (const std::string& name : schema::pack_names(options.pack_dir)) {
        const schema::PackFiles files = schema::find_pack(name, options.pack_dir);
        fmt::print("{:<32} {}\n", printable(name), printable(schema::summary_of(files)));
    }
    return 0;
}

}  // namespace

Command schema_packs_command() {
    return {.name = "packs",
            .says = "List the migrations that can be applied",
            .example = "Example:\n  ingot schema packs --pack-dir migrations\n",
            .options = {pack_options},
            .run = run};
}

}  // namespace ingot
