// SPDX-License-Identifier: MIT
#include "pipeline/model/attributes.hpp"

#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/model/time.hpp"

#include <algorithm>
#include <charconv>

namespace ingot {
namespace {

bool is_key(const Table& table, std::string_view column) {
    return std::ranges::find(table.key, column) != table.key.end();
}

std::string written(const Column& column, const Value& value) {
    switch (column.type) {
        case Type::integer: return std::to_string(std::get<std::int64_t>(value));
        case Type::real: return json_text::number(std::get<double>(value));
        case Type::boolean: return std::get<std::int64_t>(value) != 0 ? "true" : "false";
        case Type::time: return json_string(format_time({std::get<std::int64_t>(value)}));
        case Type::json: return std::string(std::get<std::string_view>(value));
        default: return json_string(std::get<std::string_view>(value));
    }
}

template <class T> Value parsed(std::string_view text) {
    T value{};
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Value value_of(const Column& column, std::string_view text, Arena& arena) {
    switch (column.type) {
        case Type::integer: return parsed<std::int64_t>(text);
        case Type::real: return parsed<double>(text);
        case Type::boolean: return std::int64_t{text == "true"};
        case Type::json: return arena.keep(text);
        case Type::time: {
            const auto time = parse_canonical_time(json_text::unescaped(text));
            return time ? Value{time->us} : Value{};
        }
        default: return arena.keep(json_text::unescaped(text));
    }
}

}  // namespace

std::string write_attributes(const Table& entity, std::span<const Value> row) {
    std::string out = "{";
    for (std::size_t i = 0; i < entity.columns.size() && i < row.size(); ++i) {
        const Column& column = entity.columns[i];
        if (row[i].index() == 0 || is_key(entity, column.name)) continue;
        if (column.traits.fold == Fold::messages || column.traits.fold == Fold::inferred) continue;
        if (out.size() > 1) out += ",";
        out += json_string(column.name) + ":" + written(column, row[i]);
    }
    return out + "}";
}

std::vector<Value> read_attributes(const Table& entity, std::string_view attributes, Arena& arena) {
    std::vector<Value> row(entity.columns.size());
    for (const json_text::Member& member : json_text::members(attributes)) {
        const std::size_t at = entity.position(member.key);
        if (at < row.size()) row[at] = value_of(entity.columns[at], member.value, arena);
    }
    return row;
}

std::string entity_id_of(const Table& entity, std::span<const Value> row) {
    std::vector<std::string_view> parts;
    for (std::size_t i = 1; i < entity.columns.size() && i < row.size(); ++i)
        if (is_key(entity, entity.columns[i].name))
            parts.push_back(std::get<std::string_view>(row[i]));
    if (parts.size() == 1) return std::string(parts[0]);
    std::string id = "[";
    for (const std::string_view part : parts) id += (id.size() > 1 ? "," : "") + json_string(part);
    return id + "]";
}

std::vector<std::string> entity_key(const Table& entity, std::string_view entity_id) {
    if (entity.key.size() <= 2) return {std::string(entity_id)};
    std::vector<std::string> parts;
    for (const std::string_view part : json_text::elements(entity_id))
        parts.push_back(json_text::unescaped(part));
    return parts;
}

}  // namespace ingot
