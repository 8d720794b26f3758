// SPDX-License-Identifier: MIT
#include "pipeline/undo.hpp"

#include "loaders/history.hpp"
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
#include <map>
#include <set>

namespace ingot {
namespace {

using ById = std::map<std::int64_t, ArchivedSource>;

ById by_id(std::vector<ArchivedSource> sources) {
    ById map;
    for (ArchivedSource& source : sources) map.emplace(source.source_id, std::move(source));
    return map;
}

/// The runs to take back; throws when there is none, another was asked for, or one is unfinished.
std::vector<StoredRun> chosen_runs(const std::vector<StoredRun>& runs, const std::string& wanted) {
    const std::vector<StoredRun> chosen = runs_to_undo(runs);
    if (chosen.empty()) throw UsageError("there is no completed run to take back");
    if (!wanted.empty() && wanted != chosen[0].run_id)
        throw UsageError("only the youngest completed run can be taken back, that is " +
                         chosen[0].run_id + ", not " + wanted);
    if (const std::string& last = runs.back().status; last == "running" || last == "interrupted")
        throw RunError(Exit::failed, "the run " + runs.back().run_id +
                                         " was interrupted or is still at work; finish it with "
                                         "ingot import, then undo");
    return chosen;
}

/// What has to be done to be where the database was before some runs.
class Undo {
public:
    Undo(const Options& options, const Workspace& workspace, Report& report)
        : options_(options), workspace_(workspace), report_(report),
          store_({.path = options.sqlite, .tables = tables(), .backup = options.backup}),
          reader_(read_sqlite(options.sqlite)),
          ledger_(read_ledger(store_.database(), workspace.id)),
          replay_(*reader_, workspace.id, workspace.root) {}

    void run() {
        const std::vector<StoredRun> all = stored_runs(*reader_, workspace_.id);
        const bool is_published = look_at_postgres(all);
        if (!half_done_.empty()) return finish_half_done();
        for (const StoredRun& run : chosen_runs(all, options_.run)) runs_.push_back(run.run_id);
        for (const StoredRun& run : all) all_runs_.emplace(run.run_id, run);
        if (!store_.backup_path().empty())
            report_.notes.push_back("backup of the database: " + store_.backup_path());
        plan();
        take_back();
        report_.notes.push_back("taken back: " + runs_[0]);
        check();
        if (is_published) publish();
        judge(report_);
    }

private:
    /// Before anything is touched: PostgreSQL must be there, and may still have a run that an earlier undo
    /// took back in SQLite only. False: nothing was published there.
    bool look_at_postgres(const std::vector<StoredRun>& runs) {
        if (!options_.postgres) {
            report_.notes.emplace_back(
                "PostgreSQL was not named: where this workspace is published, "
                "ingot publish takes the run back there, too");
            return false;
        }
        Pool pool(*options_.postgres, options_.pg_schema, options_.pg_connections);
        if (!holds_tables(pool)) {
            report_.notes.emplace_back("nothing was ever published to the PostgreSQL schema " +
                                       options_.pg_schema);
            return false;
        }
        const auto reader = read_postgres(pool);
        for (const StoredRun& there : stored_runs(*reader, workspace_.id))
            for (const StoredRun& here : runs)
                if (here.run_id == there.run_id && here.status == "undone" &&
                    there.status != "undone")
                    half_done_.push_back(here.run_id);
        return true;
    }

    /// An undo that ended between the two databases is finished; no other run is taken back.
    void finish_half_done() {
        if (!options_.run.empty() && !std::ranges::count(half_done_, options_.run))
            throw UsageError("an undo of " + half_done_.back() +
                             " is not finished in PostgreSQL yet; finish it first: ingot undo "
                             "without RUN");
        for (const std::string& run : half_done_)
            report_.notes.push_back("taken back in PostgreSQL, too: " + run);
        check();
        publish();
        judge(report_);
    }

    void publish() {
        try {
            publish_step(options_, store_.database(), report_);
        } catch (const RunError& error) {
            throw RunError(error.exit,
                           std::string(error.what()) +
                               "; the run is taken back in SQLite: the same undo again, "
                               "or ingot publish, finishes it in PostgreSQL");
        }
    }

    std::string run_before() const {
        const auto first = all_runs_.find(runs_.back());
        return first == all_runs_.begin() ? "" : std::prev(first)->first;
    }

    void plan() {
        const std::set<std::string> taken(runs_.begin(), runs_.end());
        const std::string before_id = run_before();
        const ById before = before_id.empty()
                                ? ById{}
                                : by_id(archived_sources(*reader_, workspace_.id, before_id));
        first_runs_ = first_runs(*reader_, workspace_.id);
        for (const auto& [id, now] : by_id(archived_sources(*reader_, workspace_.id, ""))) {
            if (!taken.contains(now.run_id)) continue;
            const auto then = before.find(id);
            choose(now, then == before.end() ? nullptr : &then->second);
        }
        replay_.prepare();
        for (const NotExported& source : replay_.unavailable()) refused_.push_back(source);
        if (refused_.empty()) return;
        std::string list;
        for (const NotExported& source : refused_)
            list += "\n  " + source.path + ": " + source.reason;
        throw RunError(Exit::failed, "the run " + runs_[0] +
                                         " cannot be taken back, nothing was changed; these rows "
                                         "cannot be made again:" +
                                         list);
    }

    void choose(const ArchivedSource& now, const ArchivedSource* then) {
        const bool was_there = then != nullptr && then->exists();
        if (!was_there && then == nullptr && now.status == "pruned") {
            refused_.push_back({now.path, "it was pruned with its history"});
        } else if (!was_there) {
            removed_.push_back(now.source_id);
        } else if (is_only_marked(now, *then)) {
            unmarked_.emplace_back(now.source_id, then->run_id);
        } else if (then->status == "unreadable") {
            refused_.push_back({now.path, "it was unreadable then"});
        } else {
            restore(*then);
        }
    }

    static bool is_only_marked(const ArchivedSource& now, const ArchivedSource& then) {
        return now.missing && !then.missing && now.status == then.status &&
               now.source_version == then.source_version && now.size == then.size;
    }

    void restore(const ArchivedSource& then) {
        const StoredRun& run = all_runs_.at(then.run_id);
        RestoredSource restored{.source_version = then.source_version,
                                .run_id = then.run_id,
                                .first_run_id = first_runs_.at(then.source_id),
                                .missing_since = {}};
        if (then.missing) restored.missing_since = run.started_at;
        const SourceRow* row = ledger_.find(then.source_id);
        replay_.add({.as = then,
                     .extractor = {},
                     .settings = then.status == "loaded" ? settings_text_of_run(run.options) : "",
                     .old = row,
                     .restore = restored,
                     .in_workspace = false});
    }

    void take_back() {
        Stopwatch watch;
        const std::string before = run_before();
        store_.begin_undo({.workspace_id = workspace_.id,
                           .workspace_name = workspace_.name,
                           .host = workspace_.host,
                           .path = workspace_.path,
                           .run_id = before,
                           .mode = "undo",
                           .tool_version = INGOT_VERSION,
                           .options = "{}",
                           .started_at = report_.started_at},
                          runs_);
        for (const std::int64_t id : removed_) {
            if (const SourceRow* row = ledger_.find(id)) store_.remove_source(*row, "");
            store_.segments().forget_unfinished(id);
        }
        for (const auto& [id, run] : unmarked_) store_.unmark_missing(id, run);
        load();
        store_.fold();
        store_.finish_undo(runs_);
        report_.timings.sqlite = watch.lap();
    }

    void load() {
        for (const Replay::Group& group : replay_.groups()) {
            SourceLoader loader(group.plan, store_,
                                {.started_at = report_.started_at, .settings = group.settings});
            extract(group.plan, group.root, settings_from(group.settings),
                    {.threads = options_.threads, .memory = options_.memory},
                    [&](PieceResult piece) { loader.take(std::move(piece)); });
            for (const SourceOutcome& outcome : loader.outcomes())
                if (outcome.status == "unreadable")
                    throw RunError(Exit::failed, "cannot read " +
                                                     group.plan.sources[outcome.index].source.path +
                                                     " from the archive; nothing was changed");
        }
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
    Replay replay_;
    std::vector<std::string> runs_;       ///< To be taken back, the youngest first.
    std::vector<std::string> half_done_;  ///< Taken back in SQLite only.
    std::map<std::string, StoredRun> all_runs_;
    std::map<std::int64_t, std::string> first_runs_;
    std::vector<std::int64_t> removed_;
    std::vector<std::pair<std::int64_t, std::string>> unmarked_;
    std::vector<NotExported> refused_;
};

}  // namespace

Report undo_run(const Options& options, const Workspace& workspace) {
    Report report = report_of(workspace, "undo", options);
    return finished(report, [&] { Undo(options, workspace, report).run(); });
}

}  // namespace ingot
