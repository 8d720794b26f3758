// SPDX-License-Identifier: MIT
#include "loaders/snapshots.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/database.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/report/printable.hpp"

#include <cstdio>

namespace ingot {
namespace {

int run(const Options& options) {
    const auto db = open_database(options.sqlite);
    std::vector<std::int64_t> ids;
    for (const Workspace& workspace : chosen_workspaces(*db, options)) ids.push_back(workspace.id);
    const std::vector<Snapshot> found =
        find_snapshots(*db, options.sqlite + ".store", ids, options.snapshot_id);
    if (found.empty())
        throw RunError(Exit::failed,
                       "no snapshot has the id " + options.snapshot_id +
                           "; the table memory_snapshots lists snapshot_id and producer_id");
    const Snapshot& youngest = found.front();
    std::fwrite(youngest.content.data(), 1, youngest.content.size(), stdout);
    if (found.size() > 1 && !options.quiet)
        std::fprintf(stderr,
                     "ingot: %zu snapshots have this id; this is the youngest, %s from %s\n",
                     found.size(), youngest.snapshot_id.c_str(), printable(youngest.path).c_str());
    return 0;
}

}  // namespace

Command snapshot_command() {
    return {.name = "snapshot",
            .says = "Print one memory snapshot",
            .example = "Example:\n  ingot snapshot 9f2c31…             by the hash of its content\n"
                       "  ingot snapshot checkpoint-001      by the id that its producer gave it\n",
            .options = {snapshot_argument, name_option, sqlite_option, output_options},
            .run = run};
}

}  // namespace ingot
