// SPDX-License-Identifier: MIT
#include "pipeline/inventory.hpp"

#include "extractors/state_file.hpp"
#include "extractors/state_table.hpp"
#include "pipeline/extract.hpp"
#include "pipeline/private_copy.hpp"

#include <algorithm>

namespace ingot {
namespace {

void count(Inventory& inventory) {
    for (const char* family :
         {"context", "log", "config", "snapshot", "state_db", "transcript", "document", "other"})
        inventory.families[family];
    for (const SourcePlan& source : inventory.plan.sources) {
        ++inventory.statuses[std::string(source.status)];
        if (source.file.kind != FileKind::regular) continue;
        FamilyCount& family = inventory.families[std::string(source.family)];
        ++family.files;
        family.bytes += source.source.size;
        ++family
              .extractors[source.extractor == nullptr ? "-" : std::string(source.extractor->name)];
        inventory.biggest.push_back(&source);
    }
    const auto end =
        inventory.biggest.begin() +
        static_cast<std::ptrdiff_t>(std::min<std::size_t>(inventory.biggest.size(), 10));
    std::partial_sort(inventory.biggest.begin(), end, inventory.biggest.end(),
                      [](const SourcePlan* a, const SourcePlan* b) {
                          return std::pair(-a->source.size, a->file.path) <
                                 std::pair(-b->source.size, b->file.path);
                      });
    inventory.biggest.erase(end, inventory.biggest.end());
}

void count_records(Inventory& inventory, const Options& options, const Workspace& workspace) {
    const Settings settings{.zone = Zone("UTC"),
                            .snapshot_inline = options.snapshot_inline,
                            .max_record = options.max_record};
    extract(inventory.plan, workspace.root, settings,
            {.threads = options.threads, .memory = options.memory}, [&](PieceResult piece) {
                const SourcePlan& source = inventory.plan.sources[piece.index];
                if (!piece.batch || source.file.kind != FileKind::regular) return;
                FamilyCount& family = inventory.families[std::string(source.family)];
                family.records += piece.batch->tally.records;
                family.rejected += piece.batch->tally.rejected;
            });
}

void read_database(const SourcePlan& source, const Workspace& workspace, Inventory& inventory) {
    try {
        const PrivateCopy copy = copy_database(workspace.root / source.file.path);
        StateFile file = open_state_file(copy.path().string(), std::size_t{1} << 20U);
        for (const StateTable& table : tables_of(file))
            inventory.databases.push_back({source.source.path, table.name, table.columns});
    } catch (const std::runtime_error& error) {
        inventory.databases.push_back(
            {source.source.path, std::string("cannot be read: ") + error.what(), {}});
    }
}

/// JSON records: whole documents up to 16 MiB, the lines of the first piece of longer files.
void read_keys(const SourcePlan& source, const Workspace& workspace, KeyPaths& paths) {
    constexpr std::int64_t most = std::int64_t{16} << 20;
    const InputFile file(workspace.root / source.file.path);
    const bool by_line = source.extractor->cut == Cut::lines;
    const PaddedBytes bytes = file.read(0, std::min(file.size(), by_line ? kPieceBytes : most));
    std::string_view rest = bytes.view();
    if (!by_line) add_key_paths(rest, paths);
    while (by_line && !rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (end > 0) add_key_paths(rest.substr(0, end), paths);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

void read_schemas(Inventory& inventory, const Workspace& workspace) {
    for (const SourcePlan& source : inventory.plan.sources) {
        if (source.extractor == nullptr || source.status != "loaded") continue;
        if (source.extractor->cut == Cut::database) {
            read_database(source, workspace, inventory);
            continue;
        }
        try {
            read_keys(source, workspace, inventory.key_paths[std::string(source.extractor->name)]);
        } catch (const FileError&) {
            continue;  // listed as unreadable already
        }
    }
    std::erase_if(inventory.key_paths, [](const auto& entry) { return entry.second.empty(); });
}

}  // namespace

Inventory take_inventory(const Options& options, const Workspace& workspace) {
    const Ledger nothing_known;
    const Selection selection{options.only};
    Inventory inventory;
    inventory.plan = make_plan(scan(workspace.root), {.root = workspace.root,
                                                      .workspace_id = workspace.id,
                                                      .ledger = nothing_known,
                                                      .selection = selection});
    std::erase_if(inventory.plan.sources,
                  [](const SourcePlan& source) { return source.change == Change::not_selected; });
    count(inventory);
    if (options.records) count_records(inventory, options, workspace);
    if (options.schema) read_schemas(inventory, workspace);
    return inventory;
}

}  // namespace ingot
