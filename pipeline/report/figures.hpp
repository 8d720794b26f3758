// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ingot {

/// 1234567 → "1,234,567".
std::string grouped(std::int64_t number);

/// 1536 → "1.5 KiB".
std::string size_text(std::int64_t bytes);

/// 0.0123 → "12 ms", 1.5 → "1.50 s", 150 → "2 min 30 s".
std::string duration_text(double seconds);

/// 0.123 → "0.12 ms", 1500 → "1.50 s".
std::string milliseconds_text(double milliseconds);

/// "1 row", "1,200 rows".
std::string counted(std::int64_t number, std::string_view noun);

}  // namespace ingot
