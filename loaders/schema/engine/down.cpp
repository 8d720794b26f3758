// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/down.hpp"

#include "loaders/schema/engine/log_clock.hpp"
#include "loaders/schema/engine/run_lock.hpp"
#include "loaders/schema/engine/words.hpp"

#include "pipeline/model/hash.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ingot::schema {
namespace {

const Migration* migration_of(const Pack& pack, std::int64_t version) {
    const auto at = std::ranges::find(pack.migrations, version, &Migration::version);
    return at == pack.migrations.end() ? nullptr : &*at;
}

/// "index idx_a" → "idx_a"; "column t.c" → "t.c"
std::string name_in(const std::string& object) { return object.substr(object.rfind(' ') + 1); }

/// Views that read what goes, and are not among what goes with it.
std::string obstacle_of(const JournalEntry& entry, const Catalog& catalog,
                        const std::set<std::string>& going) {
    if (entry.irreversible) return "only a backup brings it back: ingot schema restore FILE";
    const std::string name = name_in(entry.object);
    std::vector<std::string> views;
    if (entry.object.starts_with("column ") && !entry.loss_query.empty())
        views = catalog.views_on(name.substr(0, name.find('.')), name.substr(name.find('.') + 1));
    else if (entry.object.starts_with("table ") && !entry.loss_query.empty())
        views = catalog.views_on(name);
    std::erase_if(views, [&](const std::string& view) { return going.contains(view); });
    if (views.empty()) return "";
    return "the view " + views.front() + " reads it; drop that first";
}

std::int64_t count_lost(Target& target, const JournalEntry& entry) {
    if (entry.loss_query.empty()) return 0;
    try {
        return target.number(entry.loss_query);
    } catch (const StatementFailed&) {  // it is not there any more: nothing to lose
        return 0;
    }
}

/// Values of a new column that the pack itself filled in are no loss.
std::int64_t filled_by_us(const JournalEntry& entry, const std::vector<Reversal>& reversals,
                          Ledger& ledger) {
    std::int64_t rows = 0;
    for (const Reversal& each : reversals)
        for (const std::string& column : each.entry.columns)
            if (entry.object == "column " + each.entry.table + "." + column)
                rows = std::max(rows, ledger.still_filled(each.entry));
    return rows;
}

bool is_meant(const JournalEntry& entry, const std::vector<std::string>& only) {
    return only.empty() || std::ranges::find(only, name_in(entry.object)) != only.end();
}

std::vector<std::int64_t> versions_of(Ledger& ledger, const DownSelection& selection) {
    std::vector<std::int64_t> versions = ledger.open_versions();
    for (const AppliedMigration& applied : ledger.applied()) versions.push_back(applied.version);
    std::ranges::sort(versions, std::greater());
    versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
    if (selection.to)
        std::erase_if(versions, [&](std::int64_t version) { return version <= *selection.to; });
    else if (!selection.all && selection.only.empty() && versions.size() > 1)
        versions.resize(1);
    return versions;
}

DownPlan plan_versions(const Pack& pack, Target& target, Ledger& ledger,
                       const std::vector<std::int64_t>& versions,
                       const std::vector<std::string>& only) {
    DownPlan plan{.pack = pack.name,
                  .target = target.name(),
                  .schema = target.schema(),
                  .versions = versions,
                  .reversals = {},
                  .partial = !only.empty(),
                  .fingerprint = {}};
    const Catalog catalog = read_catalog(target);
    std::set<std::string> going;
    for (const std::int64_t version : versions) {
        const Migration* migration = migration_of(pack, version);
        for (JournalEntry& entry : ledger.open_entries(version)) {
            if (!is_meant(entry, only)) continue;
            going.insert(name_in(entry.object));
            Reversal reversal{.entry = std::move(entry),
                              .phase = migration == nullptr ? 0 : migration->phase,
                              .migration = migration == nullptr ? "" : migration->name,
                              .obstacle = {}};
            plan.reversals.push_back(std::move(reversal));
        }
    }
    std::string text = plan.pack + plan.schema;
    for (Reversal& each : plan.reversals) {
        each.lost = count_lost(target, each.entry);
        if (each.lost > 0)
            each.lost = std::max<std::int64_t>(
                0, each.lost - filled_by_us(each.entry, plan.reversals, ledger));
        each.obstacle = obstacle_of(each.entry, catalog, going);
        if (each.entry.restores_rows()) each.kept = ledger.changed_since(each.entry);
        text += fmt::format("\n{}", each.entry.id);
        for (const std::string& sql : each.entry.undo) text += "\n" + sql;
    }
    plan.fingerprint = to_hex(hash128(text)).substr(0, 16);
    return plan;
}

/// Runs the reversals of one plan: those that may share a transaction do.
class DownRun {
public:
    DownRun(const Pack& pack, Target& target, Ledger& ledger, StatementRunner& runner,
            RunResult& result)
        : pack_(pack), target_(target), ledger_(ledger), runner_(runner), result_(result) {}

    void run(const DownPlan& plan) {
        const LogClock clock;
        for (std::size_t i = 0; i < plan.reversals.size();) {
            std::size_t end = i;
            runner_.with_retries([&] { end = run_group(plan.reversals, i); });
            for (; i < end; ++i) {
                result_.log.push_back(logs_[i]);
                runner_.observer().step_ended(logs_[i]);
            }
        }
        if (plan.partial) return;
        const Catalog catalog = read_catalog(target_);
        for (const std::int64_t version : plan.versions) prove(version, plan, catalog);
        const auto applied = ledger_.applied();
        for (const std::int64_t version : plan.versions) {
            const auto at = std::ranges::find(applied, version, &AppliedMigration::version);
            runner_.begin();
            ledger_.close(version);
            if (at != applied.end()) ledger_.record_down(*at, clock.milliseconds());
            runner_.commit();
            result_.versions.push_back(version);
        }
    }

private:
    /// Up to the next one that must be alone; returns where it ends.
    std::size_t run_group(const std::vector<Reversal>& reversals, std::size_t begin) {
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
            const auto* migration = migration_of(pack_, each.entry.version);
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

    /// What was made must be gone, as far as the catalog tells.
    void prove(std::int64_t version, const DownPlan& plan, const Catalog& catalog) {
        const Migration* migration = migration_of(pack_, version);
        if (migration == nullptr) return;
        for (const Step& step : migration->steps) {
            const bool was_undone = std::ranges::any_of(plan.reversals, [&](const Reversal& each) {
                return each.entry.version == version && each.entry.step == step.name &&
                       !each.entry.restores_rows() && each.entry.object.find("rows of") != 0;
            });
            if (!was_undone || !step.operation->leaves_trace()) continue;
            if (step.operation->assess({catalog, target_}).state != State::done) continue;
            throw RunError(Exit::failed,
                           fmt::format("{:03} {}, step {}: it was taken back, but the "
                                       "catalog says that it is still done",
                                       version, migration->name, step.name));
        }
    }

    const Pack& pack_;
    Target& target_;
    Ledger& ledger_;
    StatementRunner& runner_;
    RunResult& result_;
    std::vector<LogEntry> logs_;
};

}  // namespace

std::vector<const Reversal*> DownPlan::obstacles() const {
    std::vector<const Reversal*> found;
    for (const Reversal& each : reversals)
        if (!each.obstacle.empty()) found.push_back(&each);
    return found;
}

DownPlan plan_down(const Pack& pack, Target& target, Ledger& ledger,
                   const DownSelection& selection) {
    DownPlan plan =
        plan_versions(pack, target, ledger, versions_of(ledger, selection), selection.only);
    for (const std::string& name : selection.only)
        if (std::ranges::none_of(plan.reversals, [&](const Reversal& each) {
                return name_in(each.entry.object) == name;
            }))
            throw UsageError("--only: the pack " + pack.name + " has not made or changed " + name +
                             "; ingot schema status names what it has");
    return plan;
}

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
