// SPDX-License-Identifier: MIT
#include "pipeline/report/schema_json.hpp"

namespace ingot {
namespace schema_parts {
namespace {

template <typename Value> Json or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json thresholds(const schema::Query& query) {
    return {{"expect", or_null(query.expect)},
            {"warn_above", or_null(query.warn_above)},
            {"critical_above", or_null(query.critical_above)},
            {"warn_below", or_null(query.warn_below)},
            {"warn_ms", or_null(query.warn_ms)},
            {"critical_ms", or_null(query.critical_ms)},
            {"uses_index", query.uses_index}};
}

Json query(const schema::Query& query) {
    return {
        {"name", query.name},   {"says", filled(query.says)},      {"sql", query.sql},
        {"since", query.since}, {"thresholds", thresholds(query)}, {"unit", filled(query.unit)}};
}

Json queries(const std::vector<schema::Query>& all) {
    Json list = Json::array();
    for (const schema::Query& each : all) list.push_back(query(each));
    return list;
}

Json answer(const PackFacts& about, const schema::Answer& answer) {
    const schema::Query* asked = about.query(answer.name);
    const bool timed = answer.median_ms > 0;
    const bool compares = timed && answer.baseline_ms && *answer.baseline_ms > 0;
    return {
        {"name", answer.name},
        {"says", filled(answer.says)},
        {"verdict", name_of(answer.verdict)},
        {"why", filled(answer.why)},
        {"value", answer.value},
        {"unit", filled(answer.unit)},
        {"median_ms", timed ? Json(answer.median_ms) : Json(nullptr)},
        {"baseline_ms", or_null(answer.baseline_ms)},
        {"times_faster", compares ? Json(*answer.baseline_ms / answer.median_ms) : Json(nullptr)},
        {"thresholds", asked == nullptr ? Json(nullptr) : thresholds(*asked)}};
}

Json about(const SchemaReport& report) {
    Json migrations = Json::array();
    for (const PackFacts::Migration& each : report.about.migrations)
        migrations.push_back(
            {{"version", each.version},
             {"name", each.name},
             {"says", filled(each.says)},
             {"phase", each.phase},
             {"expected_ms", each.expected_ms > 0 ? Json(each.expected_ms) : Json(nullptr)}});
    Json switches = Json::array();
    for (const PackFacts::Switch& each : report.about.switches)
        switches.push_back({{"name", each.name}, {"says", filled(each.says)}});
    return {{"name", report.pack},
            {"says", filled(report.about.says)},
            {"variant", filled(report.about.variant)},
            {"migrations", migrations},
            {"queries", queries(report.about.queries)},
            {"smoke", queries(report.about.smoke)},
            {"switches", switches}};
}

}  // namespace

Json filled(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json answers(const PackFacts& about, const std::vector<schema::Answer>& all) {
    Json list = Json::array();
    for (const schema::Answer& each : all) list.push_back(answer(about, each));
    return list;
}

Json verification(const SchemaReport& report) {
    const schema::Verification& found = *report.verification;
    Json proofs = Json::array();
    for (const schema::Proof& each : found.proofs)
        proofs.push_back({{"version", each.version},
                          {"migration", each.migration},
                          {"step", each.step},
                          {"verdict", name_of(each.verdict)},
                          {"why", filled(each.why)}});
    return {{"failures", found.failures()},
            {"warnings", found.warnings()},
            {"applied", applied(found.applied)},
            {"pending", found.pending},
            {"drift", drift(found.drift)},
            {"proofs", proofs},
            {"answers", answers(report.about, found.answers)}};
}

}  // namespace schema_parts

std::string schema_json(const SchemaReport& report) {
    using schema_parts::Json;
    Json refreshed = Json::array();
    for (const RefreshedView& each : report.refreshed)
        refreshed.push_back(
            {{"view", each.view}, {"concurrent", each.concurrent}, {"seconds", each.seconds}});
    const Json document{
        {"schema_version", 1},
        {"tool_version", INGOT_VERSION},
        {"command", report.command},
        {"ok", report.exit == Exit::done && report.error.empty()},
        {"exit_code", static_cast<int>(report.exit)},
        {"error", schema_parts::filled(report.error)},
        {"database", schema_parts::filled(report.target)},
        {"dialect", report.dialect == Dialect::sqlite ? "sqlite" : "postgres"},
        {"schema", schema_parts::filled(report.schema)},
        {"pack", schema_parts::about(report)},
        {"started_at", format_time(report.started_at)},
        {"seconds", report.seconds},
        {"notes", report.notes},
        {"plan", report.plan ? schema_parts::plan(*report.plan) : Json(nullptr)},
        {"down", report.down ? schema_parts::down(*report.down) : Json(nullptr)},
        {"run", report.run ? schema_parts::run(*report.run) : Json(nullptr)},
        {"verification", report.verification ? schema_parts::verification(report) : Json(nullptr)},
        {"rehearsal",
         report.rehearsal ? schema_parts::rehearsal(*report.rehearsal) : Json(nullptr)},
        {"smoke", schema_parts::answers(report.about, report.smoke)},
        {"tables", schema_parts::tables(report.rows_after)},
        {"refreshed", refreshed}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ingot
