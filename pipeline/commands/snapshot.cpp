// SPDX-License-Identifier: MIT
#include "loaders/archive.hpp"
#include "loaders/snapshots.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/database.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/model/hash.hpp"
#include "pipeline/report/printable.hpp"

#include <cstdio>

namespace ingot {
namespace {

/// The file as it was, where the snapshot is the whole file and the archive has it; else its content.
std::string bytes_of(const Snapshot& snapshot, Reader& reader) {
    std::string bytes;
    try {
        read_archive(reader,
                     {.workspace_id = snapshot.workspace_id,
                      .source_id = snapshot.source_id,
                      .source_version = snapshot.source_version,
                      .begin = 0,
                      .end = snapshot.source_bytes},
                     [&](std::string_view part) { bytes += part; });
    } catch (const ArchiveError&) {
        return snapshot.content;
    }
    return to_hex(hash128(bytes)) == snapshot.snapshot_id ? bytes : snapshot.content;
}

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
    const std::string bytes = bytes_of(youngest, *read_sqlite(options.sqlite));
    std::fwrite(bytes.data(), 1, bytes.size(), stdout);
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
