// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ingot::fuzz {

/// Runs one input: a path, a line feed, the bytes of the file. Inputs that no extractor of `family`
/// takes are passed over. Aborts when an extractor throws, when the account does not add up, and
/// when the rows depend on where the bytes were cut. Returns 0.
int run(std::string_view family, const std::uint8_t* data, std::size_t size);

}  // namespace ingot::fuzz
