// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/down.hpp"
#include "loaders/schema/engine/rehearse.hpp"
#include "loaders/schema/engine/verify.hpp"

#include "pipeline/model/errors.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ingot {

/// What a schema command did and found; all renderings are made from it.
struct SchemaReport {
    std::string command;  ///< plan, up, down, verify, status, baseline, rehearse
    std::string pack;
    std::string target;  ///< Without its password.
    std::string schema;
    Timestamp started_at;
    double seconds = 0;
    Exit exit = Exit::done;
    std::string error;  ///< What ended it; empty: nothing did.
    std::optional<schema::Plan> plan;
    std::optional<schema::DownPlan> down;
    std::optional<schema::RunResult> run;
    std::optional<schema::Verification> verification;
    std::optional<schema::Rehearsal> rehearsal;
    std::vector<schema::Answer> smoke;          ///< Asked after a way back.
    std::vector<schema::TableSize> rows_after;  ///< Row counts after a change.
    std::vector<std::string> notes;             ///< Backup made, lock waited for, …
};

/// The terminal's rendering. `verbose`: with every statement.
std::string schema_text(const SchemaReport& report, bool verbose);

}  // namespace ingot
