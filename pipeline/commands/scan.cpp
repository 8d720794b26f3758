// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/inventory.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/report/printable.hpp"

#include <fmt/format.h>

namespace ingot {
namespace {

int run(const Options& options) {
    std::vector<Workspace> workspaces;
    if (options.all) {
        workspaces = find_workspaces(*options.all);
    } else {
        workspaces.push_back(find_workspace(options.workspace, {}));
    }
    std::string separator;
    if (options.json && options.all) fmt::print("{{\"schema_version\": 1, \"workspaces\": [\n");
    Exit exit = Exit::done;
    for (const Workspace& workspace : workspaces) {
        try {
            const Inventory inventory = take_inventory(options, workspace);
            fmt::print("{}{}", separator,
                       options.json ? json_inventory(inventory, workspace, options)
                                    : text_inventory(inventory, workspace, options));
            separator = options.json ? "," : "\n";
        } catch (const fs::filesystem_error& error) {  // with --all the others go on
            if (!options.all) throw;
            fmt::print(stderr, "ingot: {}\n", printable_lines(error.what()));
            exit = Exit::failed;
        }
    }
    if (options.json && options.all) fmt::print("]}}\n");
    return static_cast<int>(exit);
}

}  // namespace

Command scan_command() {
    return {.name = "scan",
            .says = "Inventory: families, files, bytes, and which extractor takes each",
            .example = "Examples:\n"
                       "  ingot scan                    the workspace here\n"
                       "  ingot scan ~/proj --records   counts records too\n"
                       "  ingot scan --schema --json    with the tables of state databases and the "
                       "keys of JSON\n",
            .options = {workspace_argument, all_option, source_selection, scan_options,
                        performance_options, output_options},
            .run = run};
}

}  // namespace ingot
