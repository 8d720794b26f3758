// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>

namespace ingot {

/// Exit codes, from the gravest: when several apply, the first of 5, 7, 6, 1, 3, 4, 8 wins.
enum class Exit {
    done = 0,
    failed = 1,
    usage = 2,
    invalid = 3,
    quarantined = 4,
    unreachable = 5,
    schema = 6,
    locked = 7,
    pending = 8,
};

/// Ends the run; the text says what, where and what to do.
struct RunError : std::runtime_error {
    RunError(Exit code, const std::string& text) : std::runtime_error(text), exit(code) {}
    Exit exit;
};

/// A database or the network cannot be reached, or was lost for longer than the retries.
struct DatabaseUnreachable : RunError {
    explicit DatabaseUnreachable(const std::string& text) : RunError(Exit::unreachable, text) {}
};

/// Another run holds the lock.
struct Locked : RunError {
    explicit Locked(const std::string& text) : RunError(Exit::locked, text) {}
};

/// The database was written by a newer Ingot, or its schema drifted.
struct SchemaTooNew : RunError {
    explicit SchemaTooNew(const std::string& text) : RunError(Exit::schema, text) {}
};

/// A check found a difference; nothing was committed.
struct ValidationFailed : RunError {
    explicit ValidationFailed(const std::string& text) : RunError(Exit::invalid, text) {}
};

/// Another SQLite file publishes this workspace.
struct StoreMismatch : RunError {
    explicit StoreMismatch(const std::string& text) : RunError(Exit::failed, text) {}
};

/// The command line asks for something that cannot be.
struct UsageError : RunError {
    explicit UsageError(const std::string& text) : RunError(Exit::usage, text) {}
};

}  // namespace ingot
