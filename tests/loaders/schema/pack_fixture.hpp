// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/down.hpp"
#include "loaders/schema/engine/up.hpp"
#include "loaders/schema/engine/verify.hpp"

#include <map>
#include <string>
#include <vector>

namespace ingot::testing {

/// A pack on a database of its own.
class PackOn {
public:
    /// The pack that is built in, on a copy of a before-state.
    PackOn(const std::string& pack, const std::string& fixture,
           const std::vector<std::string>& variables = {},
           const std::map<std::string, std::string>& map = {});

    const schema::Pack& pack() const { return pack_; }
    const std::string& url() const { return url_; }
    schema::Target& target() { return *target_; }
    schema::Ledger& ledger() { return ledger_; }

    schema::Plan plan();
    schema::RunResult up(const schema::Selection& selection = {});
    schema::Verification verify();
    schema::RunResult down(const schema::DownSelection& selection);
    schema::RunResult down_all() { return down({.to = {}, .all = true, .only = {}}); }
    /// Runs statements as another program would.
    void run(const std::string& sql) { target_->execute(sql); }
    std::string ask(const std::string& sql) { return target_->ask(sql); }

private:
    std::string url_;
    std::unique_ptr<schema::Target> target_;
    schema::Pack pack_;
    schema::Ledger ledger_;
};

/// What does not hold, a line each: failed and critical proofs and answers.
std::string failures(const schema::Verification& verification);

/// Obstacles of a plan, a line each.
std::string obstacles(const schema::Plan& plan);

}  // namespace ingot::testing
