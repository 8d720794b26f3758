// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/catalog.hpp"

#include "pipeline/model/hash.hpp"

#include <algorithm>

namespace ingot::schema {
namespace {

using Lines = std::vector<std::string>;

std::string_view kind_name(RelationKind kind) {
    switch (kind) {
        case RelationKind::table: return "table";
        case RelationKind::partitioned: return "partitioned table";
        case RelationKind::view: return "view";
        case RelationKind::materialized_view: return "materialized view";
        case RelationKind::sequence: return "sequence";
        case RelationKind::foreign: return "foreign table";
    }
    return "relation";
}

/// On one line, whatever the database broke it into.
std::string on_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    return line;
}

std::string column_line(const Relation& relation, const Column& column, std::size_t place) {
    std::string line = "column " + relation.name + "." + column.name + " #" +
                       std::to_string(place) + " " + column.type;
    if (!column.collation.empty()) line += " COLLATE " + column.collation;
    if (column.not_null) line += " NOT NULL";
    if (column.fallback) line += " DEFAULT " + on_one_line(*column.fallback);
    if (!column.generation.empty()) line += " " + column.generation;
    return line;
}

/// SQLite's CREATE TABLE is left out: a column that was added and dropped changes its text only.
void describe_relation(const Catalog& catalog, const Relation& relation, Lines& lines) {
    std::string line = std::string(kind_name(relation.kind)) + " " + relation.name;
    const bool says_more = catalog.dialect == Dialect::postgres || !relation.is_table();
    if (says_more && !relation.definition.empty()) line += ": " + on_one_line(relation.definition);
    if (!relation.populated) line += " (not populated)";
    if (!relation.owned_by.empty()) line += " OWNED BY " + relation.owned_by;
    lines.push_back(std::move(line));
    std::size_t place = 0;
    for (const Column& column : relation.columns)
        lines.push_back(column_line(relation, column, ++place));
}

/// What SQLite's own indexes behind keys have instead of a definition.
std::string keys_of(const Index& index) {
    std::string text;
    for (const Key& key : index.keys)
        text += (text.empty() ? "" : ", ") + key.text + (key.descending ? " DESC" : "");
    return "(" + text + ")";
}

std::string index_line(const Index& index) {
    std::string line = "index " + index.name + " on " + index.table + ": " +
                       (index.definition.empty() ? keys_of(index) : on_one_line(index.definition));
    if (!index.constraint.empty()) line += " of constraint " + index.constraint;
    if (!index.valid) line += " (invalid)";
    return line;
}

std::string constraint_line(const Constraint& constraint) {
    return "constraint " + constraint.name + " on " + constraint.table + ": " +
           on_one_line(constraint.definition) + (constraint.valid ? "" : " NOT VALID");
}

std::string enum_line(const std::string& name, const std::vector<std::string>& labels) {
    std::string line = "enum " + name + ":";
    for (const std::string& label : labels) line += " " + literal(label);
    return line;
}

std::string routine_line(const Routine& routine) {
    return "routine " + routine.signature + " in " + routine.language + ": " +
           to_hex(hash128(routine.definition + '\0' + routine.body));
}

}  // namespace

std::vector<std::string> describe(const Catalog& catalog) {
    Lines lines;
    for (const auto& [name, relation] : catalog.relations)
        describe_relation(catalog, relation, lines);
    for (const auto& [name, index] : catalog.indexes) lines.push_back(index_line(index));
    for (const Constraint& constraint : catalog.constraints)
        lines.push_back(constraint_line(constraint));
    for (const auto& [name, labels] : catalog.enums) lines.push_back(enum_line(name, labels));
    for (const auto& [name, kind] : catalog.other_types)
        lines.push_back("type " + name + ": " + on_one_line(kind));
    for (const Routine& routine : catalog.routines) lines.push_back(routine_line(routine));
    for (const Trigger& trigger : catalog.triggers)
        lines.push_back("trigger " + trigger.name + " on " + trigger.table + ": " +
                        on_one_line(trigger.definition));
    for (const std::string& name : catalog.extensions) lines.push_back("extension " + name);
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace ingot::schema
