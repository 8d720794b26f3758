// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/options.hpp"
#include "pipeline/schema_session.hpp"

#include <functional>

/// What a profile puts around a change of a schema.
namespace ingot {

/// True: the plan is only shown, which a note of the report says.
bool is_only_shown(const Options& options, SchemaReport& report);

/// Throws RunError with Exit::pending when the profile wants plans that were rehearsed and this one was
/// not for this database.
void require_rehearsed_plan(const Options& options, const SchemaSession& session,
                            const schema::Plan& plan);

/// The same for a way back: all its versions must have been taken back in rehearsals.
void require_rehearsed_way_back(const Options& options, const SchemaSession& session,
                                const schema::DownPlan& plan);

/// Runs the change between the hooks: one before it that fails stops it, one after it that fails is
/// reported and makes the exit code 1.
void run_with_hooks(const Options& options, SchemaReport& report, const std::string& fingerprint,
                    const std::function<void()>& change);

/// Notes for applied migrations with steps that are not there any more.
void note_missing_steps(SchemaSession& session, SchemaReport& report);

}  // namespace ingot
