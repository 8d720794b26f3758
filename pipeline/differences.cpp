// SPDX-License-Identifier: MIT
#include "pipeline/differences.hpp"

#include "pipeline/model/time.hpp"

#include <fmt/format.h>

namespace ingot {
namespace {

constexpr std::size_t kLongestValue = 60;  ///< Characters of a value that are shown.
constexpr std::size_t kMostColumns = 4;    ///< Differing columns that are shown.

/// The stretch around the first difference, so that it is seen even far into a long text.
std::string cut(std::string_view text, std::size_t from) {
    std::string out(text.substr(std::min(from, text.size()), kLongestValue));
    if (from > 0) out.insert(0, "…");
    if (from + kLongestValue < text.size()) out += "…";
    return out;
}

std::string shown(const Column& column, const Value& value, std::size_t from) {
    if (value.index() == 0) return "NULL";
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        if (column.type == Type::time) return format_time({*number});
        if (column.type == Type::boolean) return *number != 0 ? "true" : "false";
        return std::to_string(*number);
    }
    const auto text = std::get<std::string_view>(value);
    if (column.type == Type::bytes) return fmt::format("{} bytes", text.size());
    return "'" + cut(text, from) + "'";
}

/// Where two texts begin to differ, a little before it.
std::size_t first_difference(const Value& a, const Value& b) {
    const auto* left = std::get_if<std::string_view>(&a);
    const auto* right = std::get_if<std::string_view>(&b);
    if (left == nullptr || right == nullptr) return 0;
    std::size_t at = 0;
    while (at < left->size() && at < right->size() && (*left)[at] == (*right)[at]) ++at;
    return at < kLongestValue / 2 ? 0 : at - kLongestValue / 4;
}

std::string place_of(const Table& table, std::span<const Value> row) {
    if (table.kind == Kind::fact)
        return fmt::format("byte {}, row {}", std::get<std::int64_t>(row[2]),
                           std::get<std::int64_t>(row[3]));
    std::string out;
    for (std::size_t i = 1; i < table.key.size(); ++i) {
        const std::size_t at = table.position(table.key[i]);
        out += (out.empty() ? "" : ", ") + std::string(table.key[i]) + " " +
               shown_value(table.columns[at], row[at]);
    }
    return out;
}

}  // namespace

std::string shown_value(const Column& column, const Value& value) {
    return shown(column, value, 0);
}

std::string shown_difference(const Table& table, std::span<const Value> expected,
                             std::span<const Value> found) {
    const std::string place = place_of(table, expected.empty() ? found : expected);
    if (expected.empty()) return place + ": expected no such row, found one";
    if (found.empty()) return place + ": expected a row, found none";
    std::string out = place + ":";
    std::size_t differing = 0;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const Column& column = table.columns[i];
        if (expected[i] == found[i] || column.name.ends_with("run_id")) continue;
        if (++differing > kMostColumns) continue;
        const std::size_t from = first_difference(expected[i], found[i]);
        out += fmt::format("{} {}: expected {}, found {}", differing == 1 ? "" : ";", column.name,
                           shown(column, expected[i], from), shown(column, found[i], from));
    }
    if (differing > kMostColumns)
        out += fmt::format("; and {} more columns", differing - kMostColumns);
    return out;
}

}  // namespace ingot
