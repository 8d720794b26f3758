// SPDX-License-Identifier: MIT
#include "pipeline/report/document.hpp"

#include "pipeline/report/figures.hpp"

namespace ingot::document {

Cell words(std::string text, Mark mark) { return {.text = std::move(text), .mark = mark}; }

Cell code(std::string text) { return {.kind = Cell::Kind::code, .text = std::move(text)}; }

Cell count(std::int64_t value, std::string pointer) {
    return {.kind = Cell::Kind::count,
            .number = static_cast<double>(value),
            .pointer = std::move(pointer)};
}

Cell bytes(std::int64_t value, std::string pointer) {
    return {.kind = Cell::Kind::bytes,
            .number = static_cast<double>(value),
            .pointer = std::move(pointer)};
}

Cell milliseconds(double value, std::string pointer) {
    return {.kind = Cell::Kind::milliseconds, .number = value, .pointer = std::move(pointer)};
}

std::string shown(const Cell& cell) {
    switch (cell.kind) {
        case Cell::Kind::text:
        case Cell::Kind::code: return cell.text;
        case Cell::Kind::count: return grouped(static_cast<std::int64_t>(cell.number));
        case Cell::Kind::bytes: return size_text(static_cast<std::int64_t>(cell.number));
        case Cell::Kind::milliseconds: return milliseconds_text(cell.number);
    }
    return "";
}

}  // namespace ingot::document
