// SPDX-License-Identifier: MIT
#include "loaders/rejects.hpp"
#include "loaders/archive.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/commands/print.hpp"
#include "pipeline/reading.hpp"
#include "pipeline/report/figures.hpp"
#include "pipeline/report/printable.hpp"
#include "pipeline/retry.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>

namespace ingot {
namespace {

using JsonDocument = nlohmann::ordered_json;

/// Bytes of a record that a listing shows.
constexpr std::size_t kExcerpt = 120;

std::string excerpt(const StoredReject& reject) {
    if (reject.raw) return printable(*reject.raw);
    return reject.reason == "unreadable" ? "(its bytes could not be read)"
                                         : "(bytes in the archive, see --raw)";
}

void print_json(const std::vector<StoredReject>& rejects) {
    JsonDocument list = JsonDocument::array();
    for (const StoredReject& reject : rejects)
        list.push_back({{"id", reject.id()},
                        {"reason", reject.reason},
                        {"detail", reject.detail},
                        {"path", reject.path},
                        {"offset", reject.offset},
                        {"length", reject.length},
                        {"line", reject.line ? JsonDocument(*reject.line) : JsonDocument(nullptr)},
                        {"run_id", reject.run_id},
                        {"excerpt", excerpt(reject)}});
    const JsonDocument document{{"schema_version", 1}, {"rejects", list}};
    fmt::print("{}\n", document.dump(2, ' ', false, JsonDocument::error_handler_t::replace));
}

void print_text(const std::vector<StoredReject>& rejects) {
    for (const StoredReject& reject : rejects)
        fmt::print("{:<14} {}{} byte {}, {} bytes\n  id      {}\n  why     {}\n  record  {}\n",
                   reject.reason, printable(reject.path),
                   reject.line ? fmt::format(" line {},", *reject.line) : ",",
                   grouped(reject.offset), grouped(reject.length), reject.id(),
                   printable(reject.detail), excerpt(reject));
    fmt::print("{} rejected record{}\n", grouped(static_cast<std::int64_t>(rejects.size())),
               rejects.size() == 1 ? "" : "s");
}

int print_raw(Reader& reader, const Workspace& workspace, const std::string& id) {
    try {
        const std::string bytes = reject_bytes(reader, workspace.id, id);
        std::fwrite(bytes.data(), 1, bytes.size(), stdout);
        return 0;
    } catch (const ArchiveError& error) {
        throw RunError(Exit::failed, error.what());
    }
}

int replay(const Options& options) {
    Options sqlite_only = options;
    sqlite_only.postgres.reset();  // they are tried where they were imported
    const Workspace workspace = ReadTarget(sqlite_only).workspace(options);
    return print_reports(options, {retry_rejects(options, workspace)}, false);
}

int run(const Options& options) {
    if (options.replay) return replay(options);
    ReadTarget target(options);
    const Workspace workspace = target.workspace(options);
    if (!options.raw_id.empty()) return print_raw(target.reader(), workspace, options.raw_id);
    const auto rejects = stored_rejects(
        target.reader(),
        {.workspace_id = workspace.id, .reason = options.reason, .source = options.source},
        kExcerpt);
    if (options.json)
        print_json(rejects);
    else if (!options.quiet)
        print_text(rejects);
    return 0;
}

}  // namespace

Command rejects_command() {
    return {.name = "rejects",
            .says = "List quarantined records, print their bytes, or try them again",
            .example = "Examples:\n"
                       "  ingot rejects                                 all of them\n"
                       "  ingot rejects --reason bad_json --source 'logs/**'\n"
                       "  ingot rejects --raw 4711:52110:0 > record     its exact bytes\n"
                       "  ingot rejects --replay                        load what loads now\n",
            .options = {reject_options, name_option, sqlite_option, postgres_options,
                        performance_options, output_options},
            .run = run};
}

}  // namespace ingot
