// SPDX-License-Identifier: MIT
#include "pipeline/export.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/reading.hpp"
#include "pipeline/report/printable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ingot {
namespace {

using Json = nlohmann::ordered_json;

std::vector<ArchivedSource> chosen_sources(Reader& reader, std::int64_t workspace_id,
                                           const Options& options) {
    const Selection selection{options.only};
    const std::string as_of =
        options.run.empty() ? "" : find_run(reader, workspace_id, options.run);
    std::vector<ArchivedSource> sources = archived_sources(reader, workspace_id, as_of);
    std::erase_if(sources, [&](const ArchivedSource& source) {
        return !source.exists() || !selection.takes(source.path, source.family);
    });
    if (sources.empty() && !options.only.empty())
        throw UsageError("--only matches no source; ingot import -v lists them");
    return sources;
}

Json list(const std::vector<NotExported>& entries) {
    Json out = Json::array();
    for (const NotExported& entry : entries)
        out.push_back({{"path", entry.path}, {"reason", entry.reason}});
    return out;
}

void print_json(const ExportResult& result, const Workspace& workspace, const Options& options) {
    const Json document{{"schema_version", 1},
                        {"workspace", workspace.name},
                        {"directory", options.to},
                        {"ok", result.exit == Exit::done},
                        {"exit_code", static_cast<int>(result.exit)},
                        {"files", result.files},
                        {"bytes", result.bytes},
                        {"links", result.links},
                        {"directories", result.directories},
                        {"withheld", list(result.withheld)},
                        {"failed", list(result.failed)}};
    fmt::print("{}\n", document.dump(2, ' ', false, Json::error_handler_t::replace));
}

void print_text(const ExportResult& result, const std::string& from, const Options& options) {
    if (!options.quiet) {
        fmt::print("export   {} -> {}\n", printable(from), printable(options.to));
        fmt::print("written  {} files ({} bytes), {} links, {} empty directories\n", result.files,
                   result.bytes, result.links, result.directories);
        for (const NotExported& entry : result.withheld)
            fmt::print("withheld {}: {}\n", printable(entry.path), printable(entry.reason));
    }
    for (const NotExported& entry : result.failed)
        fmt::print(stderr, "ingot: not exported: {}: {}\n", printable(entry.path),
                   printable(entry.reason));
    if (options.quiet) return;
    if (result.failed.empty())
        fmt::print("every file has the hash that it had when it was imported\n");
    else
        fmt::print("INCOMPLETE: {} sources could not be written\n", result.failed.size());
}

int run(const Options& options) {
    ReadTarget target(options);
    const Workspace workspace = target.workspace(options);
    for (const StoredWorkspace& known : target.reader().workspaces())
        refuse_below(workspace_of(known), options.to, "the export directory");
    const auto sources = chosen_sources(target.reader(), workspace.id, options);
    OutputTree tree(options.to, options.overwrite);
    const ExportResult result = export_sources(target.reader(), workspace.id, sources, tree);
    if (options.json)
        print_json(result, workspace, options);
    else
        print_text(result, target.name(), options);
    return static_cast<int>(result.exit);
}

}  // namespace

Command export_command() {
    return {.name = "export",
            .says = "Write the original files back, byte for byte",
            .example = "Examples:\n"
                       "  ingot export --to restored                      from ingot.db\n"
                       "  ingot export --to restored --postgres ''        from PostgreSQL\n"
                       "  ingot export --to old --as-of 20260102T030405   as they were after a run "
                       "(its id, or how it begins)\n"
                       "  ingot export --to part --only transcript        a part of the sources\n",
            .options = {export_options, name_option, sqlite_option, postgres_options,
                        source_selection, output_options},
            .run = run};
}

}  // namespace ingot
