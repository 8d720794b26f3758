// SPDX-License-Identifier: MIT
#include "pipeline/import.hpp"

#include "loaders/ledger.hpp"
#include "loaders/sqlite_query.hpp"
#include "pipeline/clock.hpp"
#include "pipeline/extract.hpp"
#include "pipeline/load.hpp"
#include "pipeline/publish_step.hpp"
#include "pipeline/report_frame.hpp"
#include "pipeline/stored_report.hpp"
#include "pipeline/summary.hpp"
#include "pipeline/tables/tables.hpp"
#include "pipeline/validate.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ingot {
namespace {

Settings settings_of(const Options& options) {
    try {
        return {.zone = Zone(options.timezone),
                .snapshot_inline = options.snapshot_inline,
                .max_record = options.max_record};
    } catch (const std::invalid_argument& error) {
        throw UsageError(std::string(error.what()) +
                         "; --timezone takes a name like Europe/Bucharest, or +03:00");
    }
}

/// What shapes rows: a source read with other settings is read again.
std::string settings_text(const Options& options) {
    return fmt::format("timezone={} max-record={} snapshot-inline={}", options.timezone,
                       options.max_record, options.snapshot_inline);
}

/// What the run was asked for, as JSON; undo reads the settings from it.
std::string options_json(const Options& options) {
    const nlohmann::ordered_json json{{"timezone", options.timezone},
                                      {"max_record", options.max_record},
                                      {"snapshot_inline", options.snapshot_inline},
                                      {"archive", options.archive},
                                      {"prune", options.prune},
                                      {"only", options.only}};
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

RunInfo run_info(const Options& options, const Workspace& workspace, const Plan& plan,
                 const Report& report) {
    RunInfo info{.workspace_id = workspace.id,
                 .workspace_name = workspace.name,
                 .host = workspace.host,
                 .path = workspace.path,
                 .run_id = report.run_id,
                 .mode = "import",
                 .tool_version = INGOT_VERSION,
                 .options = options_json(options),
                 .started_at = report.started_at};
    info.files_seen = static_cast<std::int64_t>(plan.sources.size());
    for (const SourcePlan& source : plan.sources) info.bytes_seen += source.source.size;
    return info;
}

/// Files and bytes that will be read, for the progress line.
std::pair<std::int64_t, std::int64_t> work_in(const Plan& plan) {
    std::pair<std::int64_t, std::int64_t> work;
    for (const SourcePlan& source : plan.sources) {
        if (source.change == Change::none || source.change == Change::not_selected) continue;
        ++work.first;
        work.second += source.source.size - source.begin;
    }
    return work;
}

/// Sources that vanished keep their rows until --prune.
void settle_vanished(const Plan& plan, const Options& options, Timestamp when, Store& store) {
    for (const SourceRow* row : plan.dropped) store.remove_source(*row, "dropped");
    for (const SourceRow* row : plan.missing) {
        if (options.prune) {
            store.remove_source(*row, "pruned");
        } else {
            store.mark_missing(*row, when);
        }
    }
    if (!options.prune) return;
    for (const SourceRow* row : plan.orphaned) store.remove_source(*row, "pruned");
}

class Import {
public:
    Import(const Options& options, const Workspace& workspace, Report& report)
        : options_(options), workspace_(workspace), report_(report),
          settings_(settings_of(options)) {}

    void run() {
        Store store({.path = options_.sqlite,
                     .tables = tables(),
                     .batch_rows = options_.batch_rows,
                     .backup = options_.backup});
        if (!store.backup_path().empty())
            report_.notes.push_back("backup of the database: " + store.backup_path());
        if (store.mark_interrupted_runs(workspace_.id))
            report_.notes.emplace_back(
                "an earlier run was interrupted; this one has finished its work");

        const Ledger ledger = read_ledger(store.database(), workspace_.id);
        const Selection selection{options_.only};
        const Plan plan = make_plan(scan(workspace_.root), {.root = workspace_.root,
                                                            .workspace_id = workspace_.id,
                                                            .ledger = ledger,
                                                            .selection = selection,
                                                            .settings = settings_text(options_),
                                                            .archive = options_.archive});
        note_selection(plan);
        report_.timings.scan = watch_.lap();

        store.begin_run(run_info(options_, workspace_, plan, report_));
        load(plan, store);
        const bool changed = store.has_changes();
        store.fold();
        store.finish_run();
        report_.timings.sqlite = watch_.lap();
        // From here on the SQLite file is complete and is only read.
        if (!changed) report_.run_id.clear();
        check(store, changed);
        if (options_.postgres) publish_step(options_, store.database(), report_);
        judge(report_);
    }

private:
    void load(const Plan& plan, Store& store) {
        const auto [files, bytes] = work_in(plan);
        Progress progress(options_.quiet ? ProgressMode::none : options_.progress, files, bytes);
        SourceLoader loader(
            plan, store, {.started_at = report_.started_at, .settings = settings_text(options_)});
        extract(
            plan, workspace_.root, settings_,
            {.threads = options_.threads, .memory = options_.memory, .archive = options_.archive},
            [&](PieceResult piece) {
                const std::int64_t done = piece.end - piece.begin;
                const bool is_last = piece.last;
                loader.take(std::move(piece));
                progress.advance(done, is_last, store.rows_loaded());
            });
        settle_vanished(plan, options_, report_.started_at, store);
        report_.timings.extract = watch_.lap();
        summarise_sources(report_, plan, loader.outcomes());
    }

    /// A part of the sources that is no part is most likely a slip.
    void note_selection(const Plan& plan) {
        for (const std::string& term : options_.only) {
            const Selection one{{term}};
            if (std::ranges::none_of(plan.sources, [&](const SourcePlan& source) {
                    return one.takes(source.source.path, source.family);
                }))
                report_.notes.push_back("--only " + term +
                                        " matches no source; families are context, log, config, "
                                        "snapshot, state_db, transcript, document, other");
        }
        std::size_t again = 0;
        for (const SourcePlan& source : plan.sources)
            if (source.old != nullptr && source.old->settings && source.change == Change::changed &&
                *source.old->settings != settings_text(options_))
                ++again;
        if (again > 0)
            report_.notes.push_back(std::to_string(again) +
                                    " sources are read again with other settings than before: " +
                                    settings_text(options_));
    }

    /// An unchanged workspace was checked when it was loaded: only counts are read again.
    void check(Store& store, bool changed) {
        const RunQuery query = sqlite_query(store.database());
        const CheckScope scope{.dialect = Dialect::sqlite,
                               .workspace_id = workspace_.id,
                               .now = now(),
                               .run_id = changed ? report_.run_id : "none"};
        check_sqlite(report_, options_.sqlite, scope, checked_tables({}), store.changes());
        summarise_rejects(report_, workspace_.id, query);
        summarise_days(report_, workspace_.id, query);
        report_.timings.validate = watch_.lap();
    }

    const Options& options_;
    const Workspace& workspace_;
    Report& report_;
    Settings settings_;
    Stopwatch watch_;
};

}  // namespace

Report import_workspace(const Options& options, const Workspace& workspace) {
    Report report = report_of(workspace, "import", options);
    report.run_id = make_run_id(report.started_at);
    for (const std::string& other : workspace.others)
        report.notes.push_back("another workspace below, not part of this import: " + other);
    Report done = finished(report, [&] {
        refuse_below(workspace, options.sqlite, "the database");
        Import(options, workspace, report).run();
        const bool has_rejects = report.bytes.rejected > 0 || report.files.unreadable > 0;
        if (options.strict && has_rejects) report.exit = gravest(report.exit, Exit::quarantined);
    });
    store_report(options, done);
    return done;
}

}  // namespace ingot
