// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/state_rows.hpp"
#include "pipeline/model/batch.hpp"

#include <optional>
#include <vector>

namespace ingot {

/// One row of a state database while it is mapped. SQLite lets any value into any column, so every
/// reader looks at the value: one that does not fit is nullopt. A reader that gives a value takes
/// its column; rest() is what nobody took.
class StateRecord {
public:
    /// `number` becomes the row's source_offset. All must outlive the record.
    StateRecord(const StateTable& table, std::span<const StateValue> values, std::int64_t number,
                const Piece& piece, Batch& out)
        : table_(table), values_(values), number_(number), piece_(piece), out_(out),
          taken_(values.size(), false) {}

    std::int64_t number() const { return number_; }
    const Piece& piece() const { return piece_; }

    /// Text as it is, numbers as they are written.
    std::optional<std::string_view> text(std::string_view column);
    /// The name of an agent, session or message: text() that is not blank.
    std::optional<std::string_view> name(std::string_view column);
    /// The id of a task or checkpoint: text as it is; an integer, unique only in this file, as
    /// "<path>#<integer>". Blank ids are none.
    std::optional<std::string_view> id(std::string_view column);
    /// The bytes of text or of a BLOB as they are, numbers as they are written.
    std::optional<std::string_view> bytes(std::string_view column);
    /// Numbers, and text that is one.
    std::optional<double> real(std::string_view column);
    /// Text in a form of parse_time, or seconds, milliseconds or microseconds since 1970.
    std::optional<Timestamp> time(std::string_view column);
    /// Gives a column back: what was made of it does not say all.
    void leave(std::string_view column) { set_taken(column, false); }

    /// What is left: the value of `own`, a column that the typed table has too (JSON verbatim,
    /// other text as a string), with all columns that nobody took added as members. Text that is a
    /// JSON object or array is embedded verbatim. nullopt when nothing is left; NULL is nothing.
    std::optional<Json> rest(std::string_view own = {});
    /// The whole row: {"column": value, …} with text as strings, a BLOB as {"$blob": "<hex>"}, an
    /// infinite number as "inf" or "-inf".
    Json all();

private:
    std::size_t position(std::string_view column) const;
    const StateValue& value(std::string_view column) const;
    void take(std::string_view column) { set_taken(column, true); }
    void set_taken(std::string_view column, bool is_taken);
    std::optional<std::string_view> take_key(std::string_view column, std::string_view key);
    std::string written(const StateValue& value);
    std::string embedded(const StateValue& value);
    std::string member(std::size_t column, std::string_view json);
    std::string clean(std::string_view text);

    const StateTable& table_;
    std::span<const StateValue> values_;
    std::int64_t number_;
    const Piece& piece_;
    Batch& out_;
    std::vector<bool> taken_;
};

}  // namespace ingot
