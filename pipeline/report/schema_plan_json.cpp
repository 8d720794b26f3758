// SPDX-License-Identifier: MIT
#include "pipeline/report/schema_json.hpp"

namespace ingot::schema_parts {
namespace {

using schema::Action;
using schema::State;

Json locks(const schema::Plan& plan, const Action& action) {
    Json list = Json::array();
    for (const schema::Lock& lock : action.locks) {
        const schema::TableSize* size = table_of(plan, lock);
        list.push_back({{"level", lock.level},
                        {"on", filled(lock.on)},
                        {"rows", size == nullptr ? Json(nullptr) : Json(size->rows)},
                        {"bytes", size == nullptr ? Json(nullptr) : Json(size->bytes)}});
    }
    return list;
}

Json batches(const std::optional<schema::Batches>& batches) {
    if (!batches) return nullptr;
    return {{"table", batches->table},
            {"key", batches->key},
            {"columns", batches->column_names},
            {"size", batches->size},
            {"pause_ms", batches->pause_ms}};
}

Json statement(const schema::Plan& plan, const Action& action, std::int64_t number) {
    return {{"number", number},
            {"sql", runnable_sql(action, plan.dialect)},
            {"object", action.object},
            {"effect", action.effect},
            {"locks", locks(plan, action)},
            {"effort", name_of(action.effort)},
            {"transactional", action.transactional},
            {"cleanup", action.cleanup},
            {"batches", batches(action.batches)},
            {"undo", action.undo},
            {"undo_transactional", action.undo_transactional},
            {"loss", filled(action.loss)},
            {"irreversible", action.irreversible}};
}

}  // namespace

Json tables(const std::vector<schema::TableSize>& all) {
    Json list = Json::array();
    for (const schema::TableSize& each : all)
        list.push_back({{"table", each.table}, {"rows", each.rows}, {"bytes", each.bytes}});
    return list;
}

Json drift(const std::vector<schema::Drift>& all) {
    Json list = Json::array();
    for (const schema::Drift& each : all)
        list.push_back({{"version", each.version}, {"name", each.name}, {"what", each.what}});
    return list;
}

Json applied(const std::vector<schema::AppliedMigration>& all) {
    Json list = Json::array();
    for (const schema::AppliedMigration& each : all)
        list.push_back(
            {{"version", each.version}, {"name", each.name}, {"applied_at", each.applied_at}});
    return list;
}

Json plan(const schema::Plan& plan) {
    Json steps = Json::array();
    std::int64_t number = 0;
    for (const schema::PlannedStep& step : plan.steps) {
        Json statements = Json::array();
        for (const Action& action : step.assessment.actions)
            statements.push_back(statement(plan, action, ++number));
        steps.push_back({{"version", step.version},
                         {"phase", step.phase},
                         {"migration", step.migration},
                         {"step", step.step},
                         {"state", name_of(step.assessment.state)},
                         {"why", filled(step.assessment.why)},
                         {"statements", statements}});
    }
    return {{"fingerprint", plan.fingerprint},
            {"to_do", plan.count(State::to_do)},
            {"done", plan.count(State::done)},
            {"covered", plan.count(State::covered)},
            {"obstacles", plan.obstacles().size()},
            {"statements", plan.statements()},
            {"applied", applied(plan.applied)},
            {"pending", plan.pending},
            {"late", plan.late},
            {"begun", plan.begun},
            {"drift", drift(plan.drift)},
            {"tables", tables(plan.sizes)},
            {"steps", steps}};
}

Json down(const schema::DownPlan& plan) {
    Json reversals = Json::array();
    for (const schema::Reversal& each : plan.reversals)
        reversals.push_back({{"version", each.entry.version},
                             {"phase", each.phase},
                             {"migration", each.migration},
                             {"step", each.entry.step},
                             {"object", each.entry.object},
                             {"statements", each.entry.undo},
                             {"transactional", each.entry.transactional},
                             {"restores_columns", each.entry.columns},
                             {"lost", each.lost},
                             {"loss", filled(each.entry.loss)},
                             {"kept", each.kept},
                             {"irreversible", each.entry.irreversible},
                             {"obstacle", filled(each.obstacle)}});
    return {{"fingerprint", plan.fingerprint},
            {"partial", plan.partial},
            {"versions", plan.versions},
            {"obstacles", plan.obstacles().size()},
            {"reversals", reversals}};
}

Json rehearsal(const schema::Rehearsal& rehearsal) {
    Json phases = Json::array();
    for (const schema::RehearsalPhase& each : rehearsal.phases)
        phases.push_back({{"name", each.name},
                          {"verdict", name_of(each.verdict)},
                          {"milliseconds", each.seconds * 1000},
                          {"says", each.says},
                          {"details", each.details}});
    return {{"passed", rehearsal.passed()},
            {"fingerprint", rehearsal.fingerprint},
            {"recorded", rehearsal.recorded},
            {"versions", rehearsal.versions},
            {"phases", phases},
            {"sample", tables(rehearsal.sample)}};
}

Json run(const schema::RunResult& run) {
    Json log = Json::array();
    for (const schema::LogEntry& each : run.log)
        log.push_back({{"version", each.version},
                       {"phase", each.phase},
                       {"step", each.step},
                       {"direction", each.direction},
                       {"status", each.status},
                       {"started_at", format_time(each.started_at)},
                       {"ended_at", format_time(each.ended_at)},
                       {"milliseconds", milliseconds_of(each)},
                       {"records", each.records},
                       {"errors", each.errors},
                       {"detail", filled(each.detail)}});
    return {{"versions", run.versions},
            {"steps_done", run.steps_done},
            {"steps_skipped", run.steps_skipped},
            {"rows", run.rows},
            {"log", log}};
}

}  // namespace ingot::schema_parts
