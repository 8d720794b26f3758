// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/down.hpp"

#include "loaders/schema/engine/log_clock.hpp"
#include "loaders/schema/engine/proofs.hpp"
#include "loaders/schema/engine/run_lock.hpp"
#include "loaders/schema/engine/words.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

namespace ingot::schema {
namespace {

/// Runs the reversals of one plan: those that may share a transaction do.
class DownRun {
public:
    DownRun(const Pack& pack, Target& target, Ledger& ledger, StatementRunner& runner,
            RunResult& result)
        : pack_(pack), target_(target), ledger_(ledger), runner_(runner), result_(result) {}

    /// Each version is proved and recorded before the next older one is begun: what a younger one
    /// has brought back, an older one may take away.
    void run(const DownPlan& plan) {
        std::size_t next = 0;
        for (const std::int64_t version : plan.versions) {
            const LogClock clock;
            const std::size_t first = next;
            while (next < plan.reversals.size() && plan.reversals[next].entry.version == version)
                ++next;
            const std::span reversals(plan.reversals.data() + first, next - first);
            run_all(reversals);
            if (plan.partial) continue;
            prove(version, reversals);
            record(version, clock.milliseconds());
        }
    }

private:
    using Reversals = std::span<const Reversal>;

    void run_all(Reversals reversals) {
        for (std::size_t i = 0; i < reversals.size();) {
            std::size_t end = i;
            runner_.with_retries([&] { end = run_group(reversals, i); });
            for (; i < end; ++i) {
                result_.log.push_back(logs_[i]);
                runner_.observer().step_ended(logs_[i]);
            }
        }
    }

    void record(std::int64_t version, std::int64_t milliseconds) {
        const auto applied = ledger_.applied();
        const auto at = std::ranges::find(applied, version, &AppliedMigration::version);
        runner_.begin();
        ledger_.close(version);
        if (at != applied.end()) ledger_.record_down(*at, milliseconds);
        runner_.commit();
        result_.versions.push_back(version);
    }

    /// Up to the next one that must be alone; returns where it ends.
    std::size_t run_group(Reversals reversals, std::size_t begin) {
        logs_.resize(reversals.size());
        std::size_t i = begin;
        for (; i < reversals.size(); ++i) {
            const JournalEntry& entry = reversals[i].entry;
            const bool alone = !entry.transactional || entry.restores_rows() || keeps_keys(entry);
            if (i > begin && (alone || !share(reversals[i - 1], reversals[i]))) break;
            runner_.observer().step_begins("take back " + entry.object);
            logs_[i] = started(reversals[i]);
            if (entry.transactional) runner_.begin();
            run_entry(entry, logs_[i]);
            ledger_.close(entry.version, entry.id);
            logs_[i].ended_at = LogClock::now();
            ledger_.log(logs_[i]);
            ++result_.steps_done;
            if (!alone) continue;
            runner_.commit();
            return i + 1;
        }
        runner_.commit();
        return i;
    }

    /// Whether both may go back in one transaction.
    bool share(const Reversal& a, const Reversal& b) const {
        const auto apart = [&](const Reversal& each) {
            const auto* migration = pack_.migration(each.entry.version);
            return migration != nullptr && !migration->together;
        };
        const bool same = a.entry.version == b.entry.version && a.entry.step == b.entry.step;
        return same || (!apart(a) && !apart(b));
    }

    /// Its undo speaks of rows that it inserted.
    static bool keeps_keys(const JournalEntry& entry) {
        return std::ranges::any_of(entry.undo, [](const std::string& sql) {
            return sql.find("${JOURNAL_KEYS}") != std::string::npos;
        });
    }

    static LogEntry started(const Reversal& reversal) {
        return {.version = reversal.entry.version,
                .phase = reversal.phase,
                .step = reversal.entry.step + ": " + reversal.entry.object,
                .direction = "down",
                .started_at = LogClock::now(),
                .ended_at = {},
                .status = "done",
                .detail = {}};
    }

    void run_entry(const JournalEntry& entry, LogEntry& log) {
        if (entry.restores_rows()) log.records += ledger_.restore_rows(entry);
        for (const std::string& sql : entry.undo) {
            const std::string bound = replaced(sql, "JOURNAL_KEYS", ledger_.row_keys_query(entry));
            try {
                const std::int64_t rows = runner_.execute(bound);
                if (bound != sql) log.records += rows;
            } catch (const StatementFailed& error) {
                throw StatementFailed(std::string(error.what()) + "\nStatement: " + bound,
                                      error.code);
            }
        }
        result_.rows += log.records;
    }

    /// What was made must be gone, as far as the catalog tells; but what an earlier step of the same
    /// migration had made first is gone with that one.
    void prove(std::int64_t version, Reversals reversals) {
        const Migration* migration = pack_.migration(version);
        if (migration == nullptr) return;
        const Catalog catalog = read_catalog(target_);
        for (const Step& step : migration->steps) {
            if (!was_undone(step, reversals) || !step.operation->leaves_trace()) continue;
            if (step.operation->assess({catalog, target_}).state != State::done) continue;
            throw RunError(Exit::failed,
                           fmt::format("{:03} {}, step {}: it was taken back, but the "
                                       "catalog says that it is still done",
                                       version, migration->name, step.name));
        }
    }

    static bool was_undone(const Step& step, Reversals reversals) {
        return std::ranges::any_of(reversals, [&](const Reversal& each) {
            const JournalEntry& entry = each.entry;
            const bool tells = entry.step == step.name && !entry.restores_rows() &&
                               entry.object.find("rows of") != 0;
            return tells && std::ranges::none_of(reversals, [&](const Reversal& other) {
                       return other.entry.id < entry.id && other.entry.step != entry.step &&
                              changes_the_same(other.entry, entry);
                   });
        });
    }

    const Pack& pack_;
    Target& target_;
    Ledger& ledger_;
    StatementRunner& runner_;
    RunResult& result_;
    std::vector<LogEntry> logs_;
};

}  // namespace

RunResult down(const Pack& pack, Target& target, Ledger& ledger, const DownSelection& selection,
               const RunSettings& settings, Observer& observer) {
    RunResult result;
    const RunLock lock(target, ledger);
    const DownPlan plan = plan_down(pack, target, ledger, selection);
    if (const auto obstacles = plan.obstacles(); !obstacles.empty()) {
        std::string text = "nothing was changed, because these cannot go back:";
        for (const Reversal* each : obstacles)
            text += fmt::format("\n  {:03} {}: {}", each->entry.version, each->entry.object,
                                each->obstacle);
        throw RunError(Exit::invalid, text);
    }
    StatementRunner runner(target, settings, observer);
    try {
        DownRun(pack, target, ledger, runner, result).run(plan);
    } catch (const RunError& error) {
        runner.rollback();
        ledger.log({.version = plan.versions.empty() ? 0 : plan.versions.front(),
                    .step = "down",
                    .direction = "down",
                    .started_at = LogClock::now(),
                    .ended_at = LogClock::now(),
                    .status = "failed",
                    .errors = 1,
                    .detail = error.what()});
        throw;
    }
    return result;
}

void take_back(const Pack& pack, Target& target, Ledger& ledger,
               const std::vector<std::int64_t>& versions, StatementRunner& runner,
               RunResult& result) {
    std::vector<std::int64_t> youngest_first(versions.rbegin(), versions.rend());
    DownRun(pack, target, ledger, runner, result)
        .run(plan_versions(pack, target, ledger, youngest_first, {}));
}

}  // namespace ingot::schema
