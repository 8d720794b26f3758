// SPDX-License-Identifier: MIT
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    return ingot::fuzz::run("config", data, size);
}
