// SPDX-License-Identifier: MIT
#include "pipeline/schema_change.hpp"

#include "pipeline/schema_backup.hpp"
#include "pipeline/schema_guards.hpp"
#include "pipeline/schema_progress.hpp"
#include "pipeline/schema_session.hpp"

#include "loaders/schema/engine/fill_rows.hpp"
#include "loaders/schema/engine/log_clock.hpp"
#include "loaders/schema/engine/run_lock.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ingot {
namespace {

/// Rows of the pack's tables as they are now.
std::vector<schema::TableSize> count_rows(const SchemaSession& session) {
    std::vector<schema::TableSize> counts;
    const schema::Catalog catalog = schema::read_catalog(*session.target);
    for (const std::string& name : session.pack.tables())
        if (const schema::Relation* table = catalog.table(name))
            counts.push_back({name,
                              session.target->number("SELECT count(*) FROM " +
                                                     schema::qualified(*session.target, name)),
                              table->bytes});
    return counts;
}

/// The plan is shown before it is approved, and not again in the report of the run.
bool show_and_ask(const Options& options, SchemaReport& report, const std::string& fingerprint,
                  const std::string& question) {
    const bool will_ask = !options.yes && options.expect.empty();
    if (!options.quiet && !options.json && (will_ask || options.verbose)) {
        print_report(options, report);
        report.plan_is_shown = true;
    }
    return is_approved(options, fingerprint, question);
}

const schema::Switch& find_switch(const Options& options, const SchemaSession& session) {
    const auto found =
        std::ranges::find(session.pack.switches, options.emergency, &schema::Switch::name);
    if (found != session.pack.switches.end()) return *found;
    std::string known;
    for (const schema::Switch& each : session.pack.switches)
        known += "\n  " + each.name + "  " + each.says;
    throw UsageError("the pack " + session.pack.name + " has no switch " + options.emergency +
                     (known.empty() ? "" : "; there are" + known));
}

/// Sets the flag, with its old value in the journal.
schema::LogEntry set_flag(const Options& options, SchemaSession& session,
                          const schema::Switch& flag, const schema::Action& action) {
    SchemaProgress progress(options, "down", session.pack.name, session.target->name());
    session.ledger->create();
    const schema::RunSettings settings = run_settings(options);
    schema::StatementRunner runner(*session.target, settings, progress);
    schema::JournalEntry entry{.step = flag.name, .object = action.object};
    entry.table = action.batches->table;
    entry.key = action.batches->key;
    entry.columns = action.batches->column_names;
    entry.id = session.ledger->journal(entry);
    schema::LogEntry log{.step = flag.name,
                         .direction = "switch",
                         .started_at = schema::LogClock::now(),
                         .status = "done",
                         .detail = flag.operation->title()};
    log.records =
        schema::fill_rows(*session.target, *session.ledger, runner, *action.batches, entry, log);
    log.ended_at = schema::LogClock::now();
    return log;
}

void run_switch(const Options& options, SchemaSession& session, SchemaReport& report) {
    const schema::Switch& flag = find_switch(options, session);
    const schema::Assessment assessment =
        flag.operation->assess({schema::read_catalog(*session.target), *session.target});
    const std::string found = fmt::format("{}: {} ({})", flag.operation->title(),
                                          name_of(assessment.state), assessment.why);
    report.notes.push_back(found);
    if (assessment.state == schema::State::done) return;
    if (assessment.state != schema::State::to_do) {
        report.exit = Exit::invalid;
        return;
    }
    if (!options.yes && !is_approved(options, "", found + ". Set it?")) {
        report.notes.emplace_back("Nothing was changed.");
        return;
    }
    report.run.emplace();
    report.run->log.push_back(set_flag(options, session, flag, assessment.actions.front()));
    report.run->steps_done = 1;
    report.run->rows = report.run->log.front().records;
    report.notes.emplace_back("Done. Nothing else was changed.");
}

/// Another run may have ended while this one waited.
void require_same_plan(SchemaSession& session, const schema::Selection& selection,
                       const schema::Plan& approved) {
    const schema::Plan plan =
        schema::make_plan(session.pack, *session.target, *session.ledger, selection);
    if (plan.pending != approved.pending)
        throw Locked("another run has changed the schema since the plan was made; nothing was "
                     "changed: look at the plan again");
}

void apply(const Options& options, SchemaSession& session, const schema::Selection& selection,
           SchemaReport& report) {
    // The backup is a part of the run: nobody may change what it has just read.
    const schema::RunLock lock(*session.target, *session.ledger);
    require_same_plan(session, selection, *report.plan);
    SchemaProgress progress(options, "up", session.pack.name, session.target->name());
    for (const std::int64_t version : report.plan->late)
        report.notes.push_back(
            fmt::format("{:03} is late: a higher one was applied before it", version));
    const std::string backup = back_up(options, session, *report.plan, progress);
    report.run = schema::up(session.pack, *session.target, *session.ledger, selection,
                            run_settings(options), progress);
    report.rows_after = count_rows(session);
    if (!backup.empty())
        report.notes.push_back("Backup: " + backup + "; ingot schema restore brings it back");
    report.notes.push_back("Log: " + progress.log_path());
}

/// The way back is the journal's, so that it is safe; but what is taken back is not what the file says.
void note_drift(SchemaSession& session, SchemaReport& report) {
    const std::vector<std::int64_t>& versions = report.down->versions;
    for (const schema::Drift& drift : schema::drift_of(session.pack, session.ledger->applied())) {
        if (std::ranges::find(versions, drift.version) == versions.end()) continue;
        report.notes.push_back(fmt::format(
            "{:03} {}: {}; what goes back is what the journal says was applied, not what the file "
            "says now",
            drift.version, drift.name, drift.what.substr(0, drift.what.find(';'))));
    }
}

void take_back(const Options& options, SchemaSession& session,
               const schema::DownSelection& selection, SchemaReport& report) {
    SchemaProgress progress(options, "down", session.pack.name, session.target->name());
    report.run = schema::down(session.pack, *session.target, *session.ledger, selection,
                              run_settings(options), progress);
    report.rows_after = count_rows(session);
    report.smoke = schema::ask_queries(session.pack.smoke, *session.target, *session.ledger,
                                       options.runs, true);
    if (std::ranges::any_of(report.smoke, [](const schema::Answer& answer) {
            return answer.verdict >= schema::Verdict::critical;
        }))
        report.exit = Exit::invalid;
    report.notes.push_back("Log: " + progress.log_path());
}

}  // namespace

int schema_up(const Options& options) {
    SchemaSession session = open_session(options, "up");
    SchemaReport report = begin_report("up", session);
    return run_reported(options, session, report, [&] {
        const schema::Selection selection{options.to_version, options.phase, options.repair};
        report.plan = schema::make_plan(session.pack, *session.target, *session.ledger, selection);
        require_no_drift(*report.plan);
        schema::require_no_obstacles(*report.plan, run_settings(options));
        if (!options.repair) note_missing_steps(session, report);
        const bool is_empty = report.plan->pending.empty() && report.plan->repairs.empty();
        if (is_empty || is_only_shown(options, report)) return;
        if (!show_and_ask(options, report, report.plan->fingerprint, "Apply it?")) {
            report.notes.emplace_back("Nothing was changed.");
            return;
        }
        require_rehearsed_plan(options, session, *report.plan);
        run_with_hooks(options, report, report.plan->fingerprint,
                       [&] { apply(options, session, selection, report); });
    });
}

int schema_down(const Options& options) {
    SchemaSession session = open_session(options, "down");
    SchemaReport report = begin_report("down", session);
    if (!options.emergency.empty())
        return run_reported(options, session, report,
                            [&] { run_switch(options, session, report); });
    return run_reported(options, session, report, [&] {
        const schema::DownSelection selection{options.to_version, options.all_versions,
                                              options.objects};
        report.down = schema::plan_down(session.pack, *session.target, *session.ledger, selection);
        note_drift(session, report);
        if (report.down->versions.empty() || is_only_shown(options, report)) return;
        if (!show_and_ask(options, report, report.down->fingerprint, "Take it back?")) {
            report.notes.emplace_back("Nothing was changed.");
            return;
        }
        require_rehearsed_way_back(options, session, *report.down);
        run_with_hooks(options, report, report.down->fingerprint,
                       [&] { take_back(options, session, selection, report); });
    });
}

}  // namespace ingot
