// SPDX-License-Identifier: MIT
#include "pipeline/import.hpp"

#include "loaders/ledger.hpp"
#include "loaders/snapshots.hpp"
#include "loaders/sqlite_query.hpp"
#include "pipeline/clock.hpp"
#include "pipeline/extract.hpp"
#include "pipeline/load.hpp"
#include "pipeline/plan_fingerprint.hpp"
#include "pipeline/private_copy.hpp"
#include "pipeline/publish_step.hpp"
#include "pipeline/report_frame.hpp"
#include "pipeline/scratch.hpp"
#include "pipeline/settings.hpp"
#include "pipeline/stored_report.hpp"
#include "pipeline/summary.hpp"
#include "pipeline/tables/tables.hpp"
#include "pipeline/validate.hpp"

#include <algorithm>

#include <boost/algorithm/string/replace.hpp>

namespace ingot {
namespace {

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

void prune(const SourceRow& row, const Options& options, Store& store) {
    store.remove_source(row, "pruned");
    if (!options.archive) store.forget_history(row.source_id);
}

/// Sources that vanished keep their rows until --prune.
void settle_vanished(const Plan& plan, const Options& options, Timestamp when, Store& store) {
    for (const SourceRow* row : plan.dropped) store.remove_source(*row, "dropped");
    for (const SourceRow* row : plan.missing) {
        if (options.prune) {
            prune(*row, options, store);
        } else {
            store.mark_missing(*row, when);
        }
    }
    if (!options.prune) return;
    for (const SourceRow* row : plan.orphaned) prune(*row, options, store);
}

bool changes_anything(const Report& report, bool sqlite_changed) {
    return sqlite_changed || !report.schema_changes.empty() ||
           std::ranges::any_of(report.tables, [](const TableLine& line) {
               return line.postgres && line.postgres->changes.any();
           });
}

class Import {
public:
    /// `path`: the SQLite file to write, a scratch one for a dry run.
    Import(const Options& options, const Workspace& workspace, Report& report, std::string path)
        : options_(options), workspace_(workspace), report_(report),
          settings_(settings_of(options)), path_(std::move(path)) {}

    void run() {
        Store store({.path = path_,
                     .tables = tables(),
                     .batch_rows = options_.batch_rows,
                     .backup = options_.backup && !options_.dry_run});
        if (store.is_new()) note_new_tables();
        if (!store.backup_path().empty())
            report_.notes.push_back("backup of the database: " + store.backup_path());
        if (store.mark_interrupted_runs(workspace_.id))
            report_.notes.emplace_back(
                options_.dry_run
                    ? "a run is at work or was interrupted; this is its state now"
                    : "an earlier run was interrupted; this one has finished its work");

        const Ledger ledger = read_ledger(store.database(), workspace_.id);
        const Selection selection{options_.only};
        Plan plan = make_plan(scan(workspace_.root), {.root = workspace_.root,
                                                      .workspace_id = workspace_.id,
                                                      .ledger = ledger,
                                                      .selection = selection,
                                                      .settings = settings_text(options_),
                                                      .archive = options_.archive});
        read_lost_again(plan, store);
        note_selection(plan);
        compare_fingerprint(plan, ledger, store.store_id());
        report_.timings.scan = watch_.lap();

        store.begin_run(run_info(options_, workspace_, plan, report_));
        load(plan, store);
        const bool changed = store.has_changes();
        store.fold();
        store.finish_run();
        report_.timings.sqlite = watch_.lap();
        // From here on the SQLite file is complete and is only read.
        check(store, changed);
        if (options_.postgres) publish_step(options_, store.database(), report_);
        if (!changed || options_.dry_run) report_.run_id.clear();
        judge(report_);
        if (options_.dry_run && options_.exit_code && changes_anything(report_, changed))
            report_.exit = gravest(report_.exit, Exit::pending);
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

    /// A snapshot whose stored file is gone comes back from its source.
    void read_lost_again(Plan& plan, Store& store) {
        if (store.is_new()) return;
        const std::set<std::int64_t> lost =
            sources_with_lost_files(store.database(), options_.sqlite + ".store", workspace_.id);
        for (SourcePlan& source : plan.sources)
            if (source.change == Change::none && lost.contains(source.source.source_id)) {
                source.change = Change::changed;
                report_.notes.push_back("its stored snapshot was lost, it is read again: " +
                                        source.source.path);
            }
    }

    void note_new_tables() {
        for (const std::string& title : new_file_ddl(tables()))
            report_.schema_changes.push_back("SQLite: " + title);
    }

    /// A dry run tells what its plan is; an import that expects a plan has no other.
    void compare_fingerprint(const Plan& plan, const Ledger& ledger, const std::string& store_id) {
        if (!options_.dry_run && options_.expect.empty()) return;
        std::optional<Pool> pool;
        if (options_.postgres)
            pool.emplace(*options_.postgres, options_.pg_schema, options_.pg_connections);
        report_.fingerprint = plan_fingerprint(plan,
                                               {.ledger = ledger,
                                                .store_id = store_id,
                                                .workspace_id = workspace_.id,
                                                .postgres = pool ? &*pool : nullptr},
                                               options_);
        if (options_.expect.empty() || options_.expect == report_.fingerprint) return;
        throw RunError(Exit::pending, "the plan is not the one that was expected: it is " +
                                          report_.fingerprint + ", not " + options_.expect +
                                          "; nothing was written, look at ingot import -n again");
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
        if (options_.prune && !options_.archive && !plan.missing.empty())
            report_.notes.push_back(
                std::to_string(plan.missing.size()) +
                " vanished sources are pruned with their history: that cannot be undone");
        const std::string settings = settings_text(options_);
        std::size_t again = 0;
        for (const SourcePlan& source : plan.sources)
            if (source.old != nullptr && source.old->status == "loaded" && source.old->settings &&
                source.change == Change::changed && *source.old->settings != settings)
                ++again;
        if (again > 0)
            report_.notes.push_back(
                std::to_string(again) +
                " sources are read again with other settings than before: " + settings);
    }

    /// An unchanged workspace was checked when it was loaded: only counts are read again.
    void check(Store& store, bool changed) {
        const RunQuery query = sqlite_query(store.database());
        const CheckScope scope{.dialect = Dialect::sqlite,
                               .workspace_id = workspace_.id,
                               .now = now(),
                               .run_id = changed ? report_.run_id : "none"};
        check_sqlite(report_, path_, scope, checked_tables({}), store.changes());
        summarise_rejects(report_, workspace_.id, query);
        summarise_days(report_, workspace_.id, query);
        report_.timings.validate = watch_.lap();
    }

    const Options& options_;
    const Workspace& workspace_;
    Report& report_;
    Settings settings_;
    std::string path_;
    Stopwatch watch_;
};

/// The whole import on a private copy: what it counts is exact, and nothing else is touched.
void rehearse(const Options& options, const Workspace& workspace, Report& report) {
    if (!boost::filesystem::exists(options.sqlite)) {
        const ScratchDirectory scratch;
        Import(options, workspace, report, (scratch.path() / "new.db").string()).run();
        return;
    }
    try {
        const PrivateCopy copy = copy_database(options.sqlite);
        const std::string path = copy.path().string();
        try {
            Import(options, workspace, report, path).run();
        } catch (const RunError& error) {  // the user knows the database by another name
            throw RunError(error.exit, boost::replace_all_copy(std::string(error.what()), path,
                                                               options.sqlite));
        }
    } catch (const DatabaseMoves& error) {
        throw DatabaseUnreachable(std::string(error.what()) + "; try again when it is quieter");
    } catch (const FileError& error) {
        throw RunError(Exit::failed, std::string(error.what()) + "; name an Ingot database with "
                                                                 "--sqlite");
    }
}

}  // namespace

Report import_workspace(const Options& options, const Workspace& workspace) {
    Report report = report_of(workspace, options.dry_run ? "dry-run" : "import", options);
    report.run_id = make_run_id(report.started_at);
    for (const std::string& other : workspace.others)
        report.notes.push_back("another workspace below, not part of this import: " + other);
    Report done = finished(report, [&] {
        if (!boost::filesystem::is_directory(workspace.root))
            throw RunError(Exit::failed, workspace.path + " is no directory, or a link to nowhere");
        refuse_below(workspace, options.sqlite, "the database");
        if (options.dry_run)
            rehearse(options, workspace, report);
        else
            Import(options, workspace, report, options.sqlite).run();
        const bool has_rejects = report.bytes.rejected > 0 || report.files.unreadable > 0;
        if (options.strict && has_rejects) report.exit = gravest(report.exit, Exit::quarantined);
    });
    store_report(options, done);
    return done;
}

}  // namespace ingot
