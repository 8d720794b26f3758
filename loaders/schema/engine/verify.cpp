// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/verify.hpp"

#include "loaders/schema/engine/log_clock.hpp"
#include "loaders/schema/engine/proofs.hpp"
#include "loaders/schema/engine/words.hpp"

#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace ingot::schema {
namespace {

constexpr const char* kBaseline = "baseline";

std::optional<double> number_in(std::string_view text) {
    double value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || end.ec != std::errc()) return std::nullopt;
    return value;
}

/// Milliseconds: the median of `runs`, after one that warms the caches.
double median_time(Target& target, const std::string& sql, int runs) {
    std::vector<double> times;
    for (int i = 0; i <= runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        target.query(sql);
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - start;
        if (i > 0) times.push_back(took.count());
    }
    std::ranges::nth_element(times, times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2));
    return times[times.size() / 2];
}

void worsen(Answer& answer, Verdict verdict, const std::string& why) {
    answer.verdict = std::max(answer.verdict, verdict);
    answer.why += (answer.why.empty() ? "" : "; ") + why;
}

void judge_value(const Query& query, Answer& answer) {
    if (query.expect && answer.value != *query.expect)
        worsen(answer, Verdict::failed, "expected " + *query.expect);
    const auto value = number_in(answer.value);
    if (!value) return;
    if (query.critical_above && *value > *query.critical_above)
        worsen(answer, Verdict::critical, fmt::format("above {}", *query.critical_above));
    else if (query.warn_above && *value > *query.warn_above)
        worsen(answer, Verdict::warning, fmt::format("above {}", *query.warn_above));
    if (query.warn_below && *value < *query.warn_below)
        worsen(answer, Verdict::warning, fmt::format("below {}", *query.warn_below));
}

void judge_time(const Query& query, Answer& answer) {
    if (query.critical_ms && answer.median_ms > *query.critical_ms)
        worsen(answer, Verdict::critical, fmt::format("slower than {} ms", *query.critical_ms));
    else if (query.warn_ms && answer.median_ms > *query.warn_ms)
        worsen(answer, Verdict::warning, fmt::format("slower than {} ms", *query.warn_ms));
}

std::string plan_of(const Query& query, Target& target) {
    std::string plan;
    for (const auto& row :
         target.query((target.dialect() == Dialect::sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") +
                      query.sql))
        plan += row.back().value_or("") + "\n";
    return plan;
}

/// A small table is scanned and sorted though its index is there, and rightly so: this is the plan for
/// a large one.
std::string plan_without_scans(const Query& query, Target& target) {
    if (target.dialect() == Dialect::sqlite) return plan_of(query, target);
    const auto set = [&](const std::string& value) {
        target.execute("SET enable_seqscan = " + value);
        target.execute("SET enable_sort = " + value);
    };
    set("off");
    try {
        std::string plan = plan_of(query, target);
        set("DEFAULT");
        return plan;
    } catch (const StatementFailed&) {
        set("DEFAULT");
        throw;
    }
}

void judge_index(const Query& query, Target& target, Answer& answer) {
    if (query.uses_index.empty()) return;
    const auto uses_it = [&](const std::string& plan) {
        return std::ranges::any_of(query.uses_index, [&](const std::string& index) {
            return plan.find(index) != std::string::npos;
        });
    };
    if (!uses_it(plan_of(query, target)) && !uses_it(plan_without_scans(query, target)))
        worsen(answer, Verdict::warning, "its plan does not use " + query.uses_index.front());
}

/// ${LEDGER} stands for where Ingot's own tables are.
Answer ask(Query query, Target& target, Ledger& ledger, int runs) {
    query.sql = replaced(query.sql, "LEDGER", ledger.table_prefix());
    Answer answer{.name = query.name,
                  .says = query.says,
                  .value = {},
                  .unit = query.unit,
                  .baseline_ms = {},
                  .why = {}};
    try {
        answer.value = target.ask(query.sql);
        judge_value(query, answer);
        if (query.warn_ms || query.critical_ms) {
            answer.median_ms = median_time(target, query.sql, runs);
            judge_time(query, answer);
        }
        judge_index(query, target, answer);
    } catch (const StatementFailed& error) {
        worsen(answer, Verdict::failed, error.what());
    }
    const std::string before = ledger.latest_detail(kBaseline, query.name);
    if (!before.empty()) answer.baseline_ms = number_in(json_text::member(before, "median_ms"));
    return answer;
}

Proof as_told(const StepProof& found) {
    Proof proof{.version = found.migration->version,
                .migration = found.migration->name,
                .step = found.step->name,
                .why = found.why};
    if (found.holds) {
        if (found.taken_back) proof.why = "taken back on purpose";
        return proof;
    }
    proof.verdict = Verdict::failed;
    proof.why =
        fmt::format("{}{}{}", name_of(found.state), found.why.empty() ? "" : ": ", found.why);
    return proof;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::ok: return "ok";
        case Verdict::warning: return "warning";
        case Verdict::critical: return "critical";
        case Verdict::failed: return "failed";
    }
    return "";
}

std::size_t Verification::failures() const {
    const auto bad = [](const auto& each) { return each.verdict >= Verdict::critical; };
    return drift.size() + static_cast<std::size_t>(std::ranges::count_if(proofs, bad) +
                                                   std::ranges::count_if(answers, bad));
}

std::size_t Verification::warnings() const {
    return static_cast<std::size_t>(
        std::ranges::count(answers, Verdict::warning, &Answer::verdict));
}

Verification verify(const Pack& pack, Target& target, Ledger& ledger, int runs) {
    Verification result;
    const Plan plan = make_plan(pack, target, ledger, {});
    result.applied = plan.applied;
    result.drift = plan.drift;
    result.pending = plan.pending;
    for (const StepProof& found : prove_steps(pack, target, ledger))
        result.proofs.push_back(as_told(found));
    result.answers = ask_queries(pack.queries, target, ledger, runs, false);
    return result;
}

std::vector<Answer> ask_queries(const std::vector<Query>& queries, Target& target, Ledger& ledger,
                                int runs, bool all) {
    const auto applied = ledger.applied();
    std::vector<Answer> answers;
    for (const Query& query : queries) {
        if (!ledger.exists() && query.sql.find("${LEDGER}") != std::string::npos) continue;
        const bool makes_sense =
            all || query.since == 0 ||
            std::ranges::find(applied, query.since, &AppliedMigration::version) != applied.end();
        if (makes_sense) answers.push_back(ask(query, target, ledger, runs));
    }
    return answers;
}

std::vector<Answer> store_baseline(const Pack& pack, Target& target, Ledger& ledger, int runs) {
    ledger.create();
    std::vector<Answer> answers = ask_queries(pack.queries, target, ledger, runs, false);
    const auto keep = [&](const std::string& name, const std::string& detail) {
        ledger.log({.step = name,
                    .direction = kBaseline,
                    .started_at = LogClock::now(),
                    .ended_at = LogClock::now(),
                    .status = "done",
                    .detail = detail});
    };
    for (const Answer& answer : answers)
        keep(answer.name, fmt::format(R"({{"median_ms": {:.3f}, "value": {}}})", answer.median_ms,
                                      json_string(answer.value)));
    const Catalog catalog = read_catalog(target);
    for (const std::string& name : pack.tables())
        if (const Relation* table = catalog.table(name))
            keep("table " + name,
                 fmt::format(R"({{"rows": {}, "bytes": {}, "indexes": {}}})", table->rows,
                             table->bytes, catalog.indexes_of(name).size()));
    return answers;
}

}  // namespace ingot::schema
