// SPDX-License-Identifier: MIT
#include "loaders/dictionary.hpp"

#include "loaders/ddl.hpp"

namespace ingot {
namespace {

std::string_view word_for(Type type) {
    switch (type) {
        case Type::text: return "text";
        case Type::integer: return "integer";
        case Type::real: return "real";
        case Type::boolean: return "boolean";
        case Type::time: return "time";
        case Type::json: return "json";
        case Type::bytes: return "bytes";
    }
    return "";
}

std::string_view word_for(Kind kind) {
    switch (kind) {
        case Kind::fact: return "facts";
        case Kind::entity: return "entities";
        case Kind::derived: return "derived";
        case Kind::bookkeeping: return "bookkeeping";
    }
    return "";
}

std::string meaning(const Table& table, const Column& column) {
    std::string text(column.traits.says);
    const auto add = [&](const std::string& more) { text += (text.empty() ? "" : " ") + more; };
    if (!column.traits.domain.empty()) add("One of: " + std::string(column.traits.domain) + ".");
    if (table.kind == Kind::entity && column.traits.fold == Fold::earliest)
        add("The earliest that is stated or that facts have.");
    if (table.kind == Kind::entity && column.traits.fold == Fold::latest)
        add("The latest that is stated or that facts have.");
    if (column.traits.fold == Fold::messages) add("Counted.");
    for (const Reference& reference : table.references)
        if (reference.column == column.name && column.name != "workspace_id")
            add("References " + std::string(reference.table) + "." + std::string(reference.target) +
                ".");
    return text;
}

std::string section(const Table& table) {
    std::string out = "## " + std::string(table.name) + "\n\n" + std::string(table.says) + " (" +
                      std::string(word_for(table.kind)) +
                      ")\n\n| column | type | null | meaning |\n| --- | --- | --- | --- |\n";
    for (const Column& column : table.columns)
        out += "| " + std::string(column.name) + " | " + std::string(word_for(column.type)) +
               " | " + (column.required ? "no" : "yes") + " | " + meaning(table, column) + " |\n";
    std::string key;
    for (const std::string_view part : table.key)
        key += (key.empty() ? "" : ", ") + std::string(part);
    return out + "\nPrimary key: " + key + ".\n\n";
}

}  // namespace

std::string data_dictionary(std::span<const Table* const> tables) {
    std::string out = "# Tables\n\nPrinted from the code; a test keeps this page equal to it. "
                      "Types: text is `TEXT` / `text COLLATE \"C\"`, "
                      "integer `INTEGER` / `bigint`, real `REAL` / `double precision`, boolean "
                      "`INTEGER` 0 or 1 / `boolean`, time "
                      "`TEXT` like `2025-07-16T02:22:10.050741Z` / `timestamptz`, json `TEXT` / "
                      "`json`, bytes `BLOB` / `bytea` "
                      "(SQLite / PostgreSQL).\n\n";
    for (const Table* table : tables) out += section(*table);
    while (out.ends_with("\n\n")) out.pop_back();
    return out;
}

}  // namespace ingot
