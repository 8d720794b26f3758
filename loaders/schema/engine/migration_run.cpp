// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/migration_run.hpp"

#include "loaders/schema/engine/fill_rows.hpp"
#include "loaders/schema/engine/log_clock.hpp"
#include "loaders/schema/engine/step_groups.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ingot::schema {
namespace {

/// Runs one migration. Transactional actions share a transaction until one comes that must be alone;
/// before it commits, the catalog is read once and must prove each of its steps, so that locks are held
/// for the statements and one look.
class MigrationRun {
public:
    MigrationRun(const Migration& migration, Target& target, Ledger& ledger,
                 StatementRunner& runner, const RunSettings& settings, RunResult& result,
                 const std::set<std::string>* only)
        : migration_(migration), target_(target), ledger_(ledger), runner_(runner),
          settings_(settings), result_(result), entries_(ledger.open_entries(migration.version)),
          is_repair_(only != nullptr) {
        for (const Step& step : migration.steps)
            if (only == nullptr || only->contains(step.name)) steps_.push_back(&step);
    }

    void run() {
        const LogClock clock;
        runner_.observer().migration_begins(migration_.version, migration_.name);
        // Steps of a transaction that failed for a lock are run again from its first one.
        runner_.with_retries([&] {
            catalog_ = read_catalog(target_);
            unproved_.clear();
            unreported_.clear();
            for (next_ = first_of_group_; next_ < steps_.size(); ++next_) run_step(*steps_[next_]);
            prove();
            runner_.begin();
            if (!is_repair_)
                ledger_.record_up(migration_.version, migration_.name, migration_.checksum,
                                  clock.milliseconds());
            runner_.commit();
            report();
        });
        if (is_repair_) return;
        result_.versions.push_back(migration_.version);
        if (migration_.expected_ms > 0 && clock.milliseconds() > migration_.expected_ms * 3 / 2)
            runner_.observer().note(fmt::format("{:03} {} took {} ms, {} ms were expected",
                                                migration_.version, migration_.name,
                                                clock.milliseconds(), migration_.expected_ms));
    }

private:
    void run_step(const Step& step) {
        runner_.observer().step_begins(step.name);
        LogEntry log = started(step);
        const Assessment assessment = assess(step);
        if (assessment.state != State::to_do) {
            skip(step, assessment, log);
            return;
        }
        for (const Action& action : assessment.actions) run_action(step, action, log);
        step.operation->apply(catalog_);
        catalog_.settle();
        unproved_.push_back(&step);
        log.status = "done";
        log.detail = assessment.why;
        finish(log);
        ++result_.steps_done;
        result_.rows += log.records;
        if (!runner_.in_transaction() || !(migration_.together || is_brief(step, assessment)))
            end_group(next_ + 1);
    }

    /// A transaction that the step cannot share ends before it.
    Assessment assess(const Step& step) {
        const bool may_share = migration_.together || !runner_.in_transaction();
        if (!may_share && !shares_table(step, *steps_[next_ - 1])) end_group(next_);
        Assessment assessment = step.operation->assess({catalog_, target_});
        if (may_share || !runner_.in_transaction() || is_brief(step, assessment)) return assessment;
        end_group(next_);
        return step.operation->assess({catalog_, target_});
    }

    LogEntry started(const Step& step) const {
        LogEntry log{.version = migration_.version,
                     .phase = migration_.phase,
                     .step = step.name,
                     .direction = is_repair_ ? "repair" : "up",
                     .started_at = LogClock::now(),
                     .ended_at = {},
                     .status = {},
                     .detail = {}};
        return log;
    }

    /// The row of the log is part of the transaction that it speaks of.
    void finish(LogEntry& log) {
        log.ended_at = LogClock::now();
        ledger_.log(log);
        unreported_.push_back(log);
    }

    void skip(const Step& step, const Assessment& assessment, LogEntry& log) {
        const bool obstacle =
            assessment.state == State::conflict || assessment.state == State::impossible;
        if (obstacle && !settings_.skip_conflicts)
            throw RunError(Exit::invalid,
                           fmt::format("{:03} {}, step {}: {}: {}", migration_.version,
                                       migration_.name, step.name, name_of(assessment.state),
                                       assessment.why));
        log.status = "skipped";
        log.detail = fmt::format("{}: {}", name_of(assessment.state), assessment.why);
        if (!runner_.in_transaction()) first_of_group_ = next_;
        finish(log);
        ++result_.steps_skipped;
    }

    void run_action(const Step& step, const Action& action, LogEntry& log) {
        if (action.transactional) {
            runner_.begin();
        } else if (runner_.in_transaction()) {
            end_group(next_);
        }
        const JournalEntry entry = journal(step, action);
        if (action.batches)
            log.records += fill_rows(target_, ledger_, runner_, *action.batches, entry, batch(log));
        else if (!action.inserted_key.empty())
            log.records += insert(entry, action);
        else
            execute(action.sql);
    }

    void execute(const std::string& sql) {
        try {
            runner_.execute(sql);
        } catch (const StatementFailed& error) {
            throw StatementFailed(std::string(error.what()) + "\nStatement: " + sql, error.code);
        }
    }

    static LogEntry batch(LogEntry log) {
        log.status = "done";
        log.step += " (batch)";
        return log;
    }

    std::int64_t insert(const JournalEntry& entry, const Action& action) {
        runner_.begin();
        const std::int64_t rows = ledger_.journal_inserts(entry, action.sql, action.inserted_key);
        runner_.commit();
        return rows;
    }

    /// Writes down how it is taken back before it runs. A run that was killed may have done so.
    JournalEntry journal(const Step& step, const Action& action) {
        JournalEntry entry{.version = migration_.version,
                           .step = step.name,
                           .object = action.object,
                           .undo = action.undo,
                           .transactional = action.undo_transactional,
                           .loss_query = action.loss_query,
                           .loss = action.loss,
                           .irreversible = action.irreversible,
                           .table = {},
                           .key = {},
                           .columns = {}};
        if (action.batches && action.batches->journal) {
            entry.table = action.batches->table;
            entry.key = action.batches->key;
            entry.columns = action.batches->column_names;
        }
        if (entry.undo.empty() && !entry.irreversible && entry.columns.empty()) return entry;
        const auto known = std::ranges::find_if(entries_, [&](const JournalEntry& each) {
            return each.step == entry.step && each.object == entry.object &&
                   each.undo == entry.undo;
        });
        if (known != entries_.end()) return *known;
        entry.id = ledger_.journal(entry);
        if (!runner_.in_transaction()) entries_.push_back(entry);
        return entry;
    }

    /// Proves what has run since the last proof, and commits it. The next group begins with step
    /// `first`.
    void end_group(std::size_t first) {
        prove();
        runner_.commit();
        first_of_group_ = first;
        report();
    }

    void prove() {
        if (unproved_.empty()) return;
        catalog_ = read_catalog(target_);
        for (const Step* step : unproved_) {
            if (!step->operation->leaves_trace()) continue;
            const Assessment now = step->operation->assess({catalog_, target_});
            if (now.state == State::done || now.state == State::covered) continue;
            throw RunError(
                Exit::failed,
                fmt::format("{:03} {}, step {}: its statements ran, but the catalog says "
                            "{}{}{}",
                            migration_.version, migration_.name, step->name, name_of(now.state),
                            now.why.empty() ? "" : ": ", now.why));
        }
        unproved_.clear();
    }

    /// Steps are told of when their transaction has committed.
    void report() {
        for (const LogEntry& log : unreported_) {
            runner_.observer().step_ended(log);
            result_.log.push_back(log);
        }
        unreported_.clear();
    }

    const Migration& migration_;
    Target& target_;
    Ledger& ledger_;
    StatementRunner& runner_;
    const RunSettings& settings_;
    RunResult& result_;
    std::vector<JournalEntry> entries_;
    bool is_repair_;
    std::vector<const Step*> steps_;
    Catalog catalog_;
    std::size_t next_ = 0;
    std::size_t first_of_group_ = 0;
    std::vector<const Step*> unproved_;
    std::vector<LogEntry> unreported_;
};

}  // namespace

void run_migration(const Migration& migration, Target& target, Ledger& ledger,
                   StatementRunner& runner, const RunSettings& settings, RunResult& result) {
    MigrationRun(migration, target, ledger, runner, settings, result, nullptr).run();
}

void repair_migration(const Migration& migration, const std::set<std::string>& steps,
                      Target& target, Ledger& ledger, StatementRunner& runner,
                      const RunSettings& settings, RunResult& result) {
    MigrationRun(migration, target, ledger, runner, settings, result, &steps).run();
}

}  // namespace ingot::schema
