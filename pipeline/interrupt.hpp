// SPDX-License-Identifier: MIT
#pragma once

#include <exception>

namespace ingot {

/// Thrown where work may stop after SIGINT or SIGTERM.
struct Interrupted : std::exception {
    explicit Interrupted(int which) : signal(which) {}
    const char* what() const noexcept override { return "interrupted"; }
    int signal;
};

/// Makes SIGINT and SIGTERM end the run at the next check instead of at once; a second one kills.
void catch_signals();

/// Throws Interrupted when a signal has come.
void check_interrupt();

}  // namespace ingot
