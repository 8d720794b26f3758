// SPDX-License-Identifier: MIT
#include "pipeline/interrupt.hpp"

int main() { ingot::catch_signals(); }
