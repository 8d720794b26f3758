// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace ingot {

/// One cell as SQLite holds it, whatever its column was declared as. Text may be any bytes.
using StateValue = std::variant<std::monostate, std::int64_t, double, std::string_view, Bytes>;

/// A finite number, or text that is one.
std::optional<double> number_of(const StateValue& value);

/// False for an integer that a double does not hold exactly.
bool fits_double(const StateValue& value);

/// The shortest text that reads back as the same number and not as an integer: 1.0, 2.5e-07, inf.
std::string written_real(double value);

/// Lower case, two digits a byte.
std::string hex_digits(std::string_view bytes);

/// Whether the text is one JSON value.
bool is_json_text(std::string_view text);

}  // namespace ingot
