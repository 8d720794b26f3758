// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/rehearse.hpp"

#include "loaders/schema/engine/down.hpp"
#include "loaders/schema/engine/log_clock.hpp"
#include "loaders/schema/engine/row_hashes.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ingot::schema {
namespace {

constexpr int kRunsOfQueries = 1;

/// What the way back must bring back.
struct Picture {
    std::vector<std::string> definitions = {};
    std::vector<TableHash> rows = {};
};

/// Tables that grow by a record of what was done stay out of it, and Ingot's own.
Picture picture_of(const Pack& pack, Target& target, const Ledger& ledger) {
    Picture picture;
    const Catalog catalog = read_catalog(target);
    picture.definitions = describe(catalog);
    for (const auto& [name, relation] : catalog.relations) {
        const bool is_record =
            std::ranges::find(pack.record_tables, name) != pack.record_tables.end();
        if (relation.is_table() && !is_record && !ledger.is_own(name))
            picture.rows.push_back(row_hash(target, name));
    }
    return picture;
}

std::vector<std::string> differences(const Picture& before, const Picture& after) {
    std::vector<std::string> lines = changes(before.definitions, after.definitions);
    for (const TableHash& expected : before.rows) {
        const auto found = std::ranges::find(after.rows, expected.table, &TableHash::table);
        if (found == after.rows.end()) continue;  // its definition is missing as well
        const std::string difference = schema::difference(expected, *found);
        if (!difference.empty()) lines.push_back(difference);
    }
    return lines;
}

std::string counts_of(const RunResult& result) {
    return fmt::format("{} migrations, {} steps, {} skipped, {} rows", result.versions.size(),
                       result.steps_done, result.steps_skipped, result.rows);
}

class RehearsalRun {
public:
    RehearsalRun(const Pack& pack, const Selection& selection, const RunSettings& settings,
                 Observer& observer, RehearsalCopy& copy, Rehearsal& rehearsal)
        : pack_(pack), selection_(selection), settings_(settings), observer_(observer), copy_(copy),
          target_(*copy.target), ledger_(*copy.ledger), rehearsal_(rehearsal) {
        settings_.rollback_on_failure = false;
        for (const AppliedMigration& each : ledger_.applied()) before_.insert(each.version);
        for (const std::int64_t version : ledger_.open_versions()) before_.insert(version);
    }

    /// Up to the first phase that fails.
    void run() {
        if (phase("plan", [&](RehearsalPhase& now) { plan(now); }) && !copy_.plan.pending.empty() &&
            phase("up", [&](RehearsalPhase& now) { up_once(now); }) &&
            phase("verify", [&](RehearsalPhase& now) { prove(now); }) &&
            phase("down", [&](RehearsalPhase& now) { down_again(now); }) &&
            phase("compare", [&](RehearsalPhase& now) { compare(now); }))
            phase("up again", [&](RehearsalPhase& now) {
                up_once(now);
                prove(now);
            });
    }

private:
    template <typename Work> bool phase(const std::string& name, const Work& work) {
        const LogClock clock;
        RehearsalPhase now{.name = name};
        try {
            work(now);
        } catch (const DatabaseUnreachable&) {
            throw;
        } catch (const RunError& error) {
            now.verdict = Verdict::failed;
            now.details.emplace_back(error.what());
        }
        now.seconds = static_cast<double>(clock.milliseconds()) / 1000;
        const bool goes_on = now.verdict < Verdict::critical;
        rehearsal_.phases.push_back(std::move(now));
        return goes_on;
    }

    /// On a part of the rows a step may find nothing to do that has much to do in the whole.
    void plan(RehearsalPhase& now) {
        require_no_obstacles(copy_.plan, settings_);
        now.says = fmt::format("{} migrations, {} steps to do", copy_.plan.pending.size(),
                               copy_.plan.count(State::to_do));
        if (copy_.plan.pending.empty()) now.says = "nothing is pending";
        const Plan here = make_plan(pack_, target_, ledger_, selection_);
        for (std::size_t i = 0; i < here.steps.size(); ++i) {
            const PlannedStep& there = copy_.plan.steps.at(i);
            if (here.steps[i].assessment.state == there.assessment.state) continue;
            now.verdict = Verdict::warning;
            now.details.push_back(fmt::format(
                "{:03} {}: {} in the copy, {} in the database", there.version, there.step,
                name_of(here.steps[i].assessment.state), name_of(there.assessment.state)));
        }
        start_ = picture_of(pack_, target_, ledger_);
    }

    void up_once(RehearsalPhase& now) {
        const RunResult result = up(pack_, target_, ledger_, selection_, settings_, observer_);
        now.says = counts_of(result);
        rehearsal_.versions = result.versions;
        if (result.versions == copy_.plan.pending) return;
        now.verdict = Verdict::failed;
        now.details.emplace_back("other migrations ran than the plan has");
    }

    /// Thresholds mean nothing in a small copy: what is above one is told, and that is all.
    void prove(RehearsalPhase& now) {
        const Verification found = verify(pack_, target_, ledger_, kRunsOfQueries);
        now.says += fmt::format("{}{} proofs, {} queries", now.says.empty() ? "" : "; ",
                                found.proofs.size(), found.answers.size());
        const auto tell = [&](Verdict verdict, const std::string& what, const std::string& why) {
            if (verdict == Verdict::ok) return;
            if (verdict == Verdict::failed) now.verdict = verdict;
            now.details.push_back(what + ": " + why);
        };
        for (const Proof& proof : found.proofs)
            tell(proof.verdict, fmt::format("{:03} {}", proof.version, proof.step), proof.why);
        for (const Answer& answer : found.answers)
            tell(answer.verdict, answer.name + " = " + answer.value, answer.why);
    }

    /// By the way that people go, unless older migrations are above those that were applied.
    void down_again(RehearsalPhase& now) {
        const std::vector<std::int64_t> versions = rehearsal_.versions;
        for (const std::int64_t version : versions) begun_ = begun_ || before_.erase(version) > 0;
        RunResult result;
        if (before_.empty() || *before_.rbegin() < std::ranges::min(versions)) {
            DownSelection selection{.to = {}, .all = before_.empty(), .only = {}};
            if (!before_.empty()) selection.to = *before_.rbegin();
            result = down(pack_, target_, ledger_, selection, settings_, observer_);
        } else {
            StatementRunner runner(target_, settings_, observer_);
            take_back(pack_, target_, ledger_, versions, runner, result);
        }
        now.says = counts_of(result);
    }

    void compare(RehearsalPhase& now) {
        const Picture after = picture_of(pack_, target_, ledger_);
        now.details = differences(start_, after);
        now.says = fmt::format("{} definitions and the rows of {} tables are those of the start",
                               start_.definitions.size(), start_.rows.size());
        if (now.details.empty()) return;
        now.verdict = begun_ ? Verdict::warning : Verdict::failed;
        now.says = begun_ ? "a migration was left half-way, so its start is not known"
                          : "the way back does not lead to the start";
    }

    const Pack& pack_;
    const Selection& selection_;
    RunSettings settings_;
    Observer& observer_;
    RehearsalCopy& copy_;
    Target& target_;
    Ledger& ledger_;
    Rehearsal& rehearsal_;
    std::set<std::int64_t> before_;  ///< Applied or begun before the rehearsal.
    bool begun_ = false;
    Picture start_;
};

RehearsalPhase copied(const RehearsalCopy& copy, const LogClock& clock) {
    std::int64_t rows = 0;
    for (const TableSize& table : copy.sample) rows += table.rows;
    RehearsalPhase phase{.name = "copy",
                         .verdict = copy.complaints.empty() ? Verdict::ok : Verdict::failed,
                         .seconds = static_cast<double>(clock.milliseconds()) / 1000,
                         .says = fmt::format("{} tables, {} rows", copy.sample.size(), rows),
                         .details = copy.complaints};
    if (!copy.complaints.empty()) phase.says += "; the copy is not like the database";
    return phase;
}

}  // namespace

bool Rehearsal::passed() const {
    return !phases.empty() && std::ranges::none_of(phases, [](const RehearsalPhase& phase) {
        return phase.verdict >= Verdict::critical;
    });
}

Rehearsal rehearse(const Pack& pack, Target& target, Ledger& ledger, const Selection& selection,
                   const CopySettings& copy, const RunSettings& run, Observer& observer) {
    const LogClock clock;
    RehearsalCopy made = copy_for_rehearsal(pack, target, ledger, selection, copy);
    Rehearsal rehearsal{.phases = {copied(made, clock)},
                        .sample = made.sample,
                        .versions = {},
                        .fingerprint = made.plan.fingerprint,
                        .identity = made.identity};
    if (made.complaints.empty())
        RehearsalRun(pack, selection, run, observer, made, rehearsal).run();
    return rehearsal;
}

}  // namespace ingot::schema
