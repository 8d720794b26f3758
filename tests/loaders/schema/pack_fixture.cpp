// SPDX-License-Identifier: MIT
#include "tests/loaders/schema/pack_fixture.hpp"

#include "tests/loaders/before_state.hpp"

#include <fmt/format.h>

namespace ingot::testing {

PackOn::PackOn(const std::string& pack, const std::string& fixture,
               const std::vector<std::string>& variables,
               const std::map<std::string, std::string>& map)
    : url_(before_database(fixture, variables)), target_(schema::open_postgres(url_, "public")),
      pack_(schema::bind_pack(schema::find_pack(pack, ""), schema::read_catalog(*target_), map)),
      ledger_(*target_, "ingot", pack) {}

schema::Plan PackOn::plan() { return schema::make_plan(pack_, *target_, ledger_, {}); }

schema::RunResult PackOn::up(const schema::Selection& selection) {
    schema::Observer silent;
    return schema::up(pack_, *target_, ledger_, selection, {}, silent);
}

schema::Verification PackOn::verify() { return schema::verify(pack_, *target_, ledger_, 1); }

schema::RunResult PackOn::down(const schema::DownSelection& selection) {
    schema::Observer silent;
    return schema::down(pack_, *target_, ledger_, selection, {}, silent);
}

std::string failures(const schema::Verification& verification) {
    std::string text;
    for (const schema::Proof& proof : verification.proofs)
        if (proof.verdict >= schema::Verdict::critical)
            text += fmt::format("{:03} {}: {}\n", proof.version, proof.step, proof.why);
    for (const schema::Answer& answer : verification.answers)
        if (answer.verdict >= schema::Verdict::critical)
            text += fmt::format("{} = {}: {}\n", answer.name, answer.value, answer.why);
    return text;
}

std::string obstacles(const schema::Plan& plan) {
    std::string text;
    for (const schema::PlannedStep* step : plan.obstacles())
        text += fmt::format("{:03} {}: {}\n", step->version, step->step, step->assessment.why);
    return text;
}

}  // namespace ingot::testing
