// SPDX-License-Identifier: MIT
#include "pipeline/hooks.hpp"

#include "pipeline/interrupt.hpp"

#include "loaders/schema/engine/subprocess.hpp"

#include <boost/process/search_path.hpp>
#include <fmt/format.h>

namespace ingot {
namespace {

/// A name without a slash is looked up in PATH, as a shell does.
std::string path_of(const std::string& program) {
    if (program.find('/') != std::string::npos) return program;
    const std::string found = boost::process::search_path(program).string();
    if (found.empty()) throw RunError(Exit::failed, "there is no " + program + " in PATH");
    return found;
}

/// Returns what went wrong.
std::string run_hook(const std::vector<std::string>& words, const HookFacts& facts,
                     const std::string& exit_code, const std::function<void()>& while_waiting) {
    try {
        const schema::Ending ending =
            schema::run({.program = path_of(words.front()),
                         .arguments = {words.begin() + 1, words.end()},
                         .environment = {{"INGOT_COMMAND", facts.command},
                                         {"INGOT_PACK", facts.pack},
                                         {"INGOT_FINGERPRINT", facts.fingerprint},
                                         {"INGOT_EXIT", exit_code}}},
                        while_waiting);
        if (ending.exit_code == 0) return "";
        return fmt::format("{} ended with {}{}{}", words.front(), ending.exit_code,
                           ending.errors.empty() ? "" : ": ", ending.errors);
    } catch (const RunError& error) {
        return error.what();
    }
}

}  // namespace

void run_before_hook(const Options& options, const HookFacts& facts) {
    if (options.before_hook.empty()) return;
    const std::string wrong = run_hook(options.before_hook, facts, "", check_interrupt);
    if (!wrong.empty())
        throw RunError(Exit::failed,
                       "nothing was changed, because the hook before it failed: " + wrong);
}

std::string run_after_hook(const Options& options, const HookFacts& facts, int exit_code) {
    if (options.after_hook.empty()) return "";
    // It is to hear of an interrupted run as well, so that the same signal must not end it.
    const std::string wrong = run_hook(options.after_hook, facts, std::to_string(exit_code), [] {});
    return wrong.empty() ? "" : "the hook after it failed: " + wrong;
}

}  // namespace ingot
