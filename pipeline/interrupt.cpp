// SPDX-License-Identifier: MIT
#include "pipeline/interrupt.hpp"

#include <csignal>

namespace ingot {
namespace {

// A signal handler can reach nothing but a global of this type.
volatile std::sig_atomic_t received = 0;

extern "C" void note_signal(int signal) {
    received = signal;
    std::signal(signal, SIG_DFL);
}

}  // namespace

void catch_signals() {
    std::signal(SIGINT, note_signal);
    std::signal(SIGTERM, note_signal);
    std::signal(SIGHUP, note_signal);  // the terminal was closed
}

void check_interrupt() {
    if (received != 0) throw Interrupted(received);
}

}  // namespace ingot
