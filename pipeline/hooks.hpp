// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/errors.hpp"
#include "pipeline/options.hpp"

/// Programs of the user that run around a change of a schema.
namespace ingot {

/// What they find in their environment.
struct HookFacts {
    std::string command = {};      ///< INGOT_COMMAND: up, down
    std::string pack = {};         ///< INGOT_PACK
    std::string fingerprint = {};  ///< INGOT_FINGERPRINT: of the plan.
};

/// Throws RunError with what it said on standard error when it fails.
void run_before_hook(const Options& options, const HookFacts& facts);

/// `exit_code` is INGOT_EXIT. Returns what went wrong with the hook; empty: nothing.
std::string run_after_hook(const Options& options, const HookFacts& facts, int exit_code);

}  // namespace ingot
