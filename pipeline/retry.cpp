// SPDX-License-Identifier: MIT
#include "pipeline/retry.hpp"

#include "loaders/ledger.hpp"
#include "loaders/sqlite_query.hpp"
#include "pipeline/clock.hpp"
#include "pipeline/publish_step.hpp"
#include "pipeline/replay.hpp"
#include "pipeline/report_frame.hpp"
#include "pipeline/settings.hpp"
#include "pipeline/summary.hpp"
#include "pipeline/tables/tables.hpp"
#include "pipeline/validate.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace ingot {
namespace {

/// The settings that a source was read with, and a longer longest record if that is asked for.
std::string widened(const std::string& settings, const Options& options) {
    Options wider = options;
    wider.timezone = setting(settings, "timezone");
    wider.snapshot_inline = std::stoull(setting(settings, "snapshot-inline"));
    wider.max_record =
        std::max<std::uint64_t>(options.max_record, std::stoull(setting(settings, "max-record")));
    return settings_text(wider);
}

class Retry {
public:
    Retry(const Options& options, const Workspace& workspace, Report& report)
        : options_(options), workspace_(workspace), report_(report),
          store_({.path = options.sqlite,
                  .tables = tables(),
                  .batch_rows = options.batch_rows,
                  .backup = options.backup}),
          reader_(read_sqlite(options.sqlite)),
          ledger_(read_ledger(store_.database(), workspace.id)),
          unchanged_(unchanged_files(workspace, ledger_)) {}

    void run() {
        const std::set<std::int64_t> better = try_all();
        report_.notes.push_back(
            fmt::format("{} quarantined records of {} sources were tried again, {} now load",
                        tried_records_, tried_sources_, loaded_records_));
        if (!better.empty()) load(better);
        const bool changed = store_.has_changes();
        check();
        if (options_.postgres) publish_step(options_, store_.database(), report_);
        if (!changed) report_.run_id.clear();
        judge(report_);
    }

private:
    ReplaySource again(const SourceRow& row) const {
        return {.as = as_archived(row),
                .extractor = {},
                .settings = widened(std::string(*row.settings), options_),
                .old = &row,
                .restore = {},
                .in_workspace = unchanged_.contains(row.source_id),
                .any_version = true};
    }

    /// The sources that give fewer rejects now.
    std::set<std::int64_t> try_all() {
        Replay replay(*reader_, workspace_.id, workspace_.root);
        for (const auto& [id, row] : ledger_.sources) {
            if (row.rejected == 0 || row.status != "loaded" || !row.settings) continue;
            replay.add(again(row));
            ++tried_sources_;
            tried_records_ += row.rejected;
        }
        replay.prepare();
        note_unavailable(replay);
        std::map<std::int64_t, std::int64_t> rejected;
        extract(replay, extract_options(), [&](const Replay::Group& group, PieceResult piece) {
            const std::int64_t id = group.plan.sources[piece.index].source.source_id;
            std::int64_t& count = rejected[id];
            if (!piece.error.empty()) count = ledger_.find(id)->rejected;
            if (piece.batch) count += piece.batch->tally.rejected;
        });
        std::set<std::int64_t> better;
        for (const auto& [id, count] : rejected) {
            const std::int64_t before = ledger_.find(id)->rejected;
            if (count >= before) continue;
            better.insert(id);
            loaded_records_ += before - count;
        }
        return better;
    }

    void note_unavailable(const Replay& replay) {
        for (const NotExported& source : replay.unavailable())
            report_.notes.push_back("not tried again: " + source.path + ": " + source.reason);
    }

    ExtractOptions extract_options() const {
        return {.threads = options_.threads, .memory = options_.memory};
    }

    void load(const std::set<std::int64_t>& better) {
        store_.begin_run({.workspace_id = workspace_.id,
                          .workspace_name = workspace_.name,
                          .host = workspace_.host,
                          .path = workspace_.path,
                          .run_id = report_.run_id,
                          .mode = "replay",
                          .tool_version = INGOT_VERSION,
                          .options = options_json(options_),
                          .started_at = report_.started_at});
        Replay replay(*reader_, workspace_.id, workspace_.root);
        for (const std::int64_t id : better) replay.add(again(*ledger_.find(id)));
        replay.prepare();
        for (const Replay::Group& group : replay.groups()) {
            SourceLoader loader(group.plan, store_,
                                {.started_at = report_.started_at, .settings = group.settings});
            extract(group.plan, group.root, settings_from(group.settings), extract_options(),
                    [&](PieceResult piece) { loader.take(std::move(piece)); });
        }
        store_.fold();
        store_.finish_run();
    }

    void check() {
        const CheckScope scope{
            .dialect = Dialect::sqlite, .workspace_id = workspace_.id, .now = now(), .run_id = {}};
        check_sqlite(report_, options_.sqlite, scope, checked_tables({}), store_.changes());
        summarise_rejects(report_, workspace_.id, sqlite_query(store_.database()));
    }

    const Options& options_;
    const Workspace& workspace_;
    Report& report_;
    Store store_;
    std::unique_ptr<Reader> reader_;
    Ledger ledger_;
    std::set<std::int64_t> unchanged_;
    std::int64_t tried_sources_ = 0;
    std::int64_t tried_records_ = 0;
    std::int64_t loaded_records_ = 0;
};

}  // namespace

Report retry_rejects(const Options& options, const Workspace& workspace) {
    Report report = report_of(workspace, "replay", options);
    report.run_id = make_run_id(report.started_at);
    return finished(report, [&] { Retry(options, workspace, report).run(); });
}

}  // namespace ingot
