// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/index_words.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <cctype>

namespace ingot::schema {
namespace {

bool is_plain_name(const std::string& text) {
    return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c >= 0x80;
    });
}

/// Takes the last word away when it is this one.
bool drop_last(std::string& text, const std::string& word) {
    const std::string ending = " " + word;
    if (!lower(text).ends_with(ending)) return false;
    text.resize(text.size() - ending.size());
    text.erase(text.find_last_not_of(' ') + 1);
    return true;
}

/// Takes a name in quotes from the front of the text; empty when there is none.
std::string take_quoted(std::string& text) {
    std::string name;
    if (!text.starts_with('"')) return name;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"' && (i + 1 == text.size() || text[i + 1] != '"')) {
            text.erase(0, i + 1);
            return name;
        }
        if (text[i] == '"') ++i;
        name += text[i];
    }
    return "";
}

Key read_key(std::string text) {
    Key key;
    const std::string quoted = take_quoted(text);
    const bool nulls_first = drop_last(text, "nulls first");
    const bool nulls_last = drop_last(text, "nulls last");
    key.descending = drop_last(text, "desc");
    if (!key.descending) drop_last(text, "asc");
    key.nulls_first = nulls_first || (key.descending && !nulls_last);
    const std::size_t blank = text.rfind(' ');
    if (blank != std::string::npos && text.ends_with("_ops")) {
        key.operator_class = text.substr(blank + 1);
        text.resize(blank);
    }
    // Behind a quoted name only the words above may stand; else it was part of an expression.
    key.is_column = is_plain_name(text) || (!quoted.empty() && trimmed(text).empty());
    key.text = quoted.empty() ? text : trimmed(text).empty() ? quoted : identifier(quoted) + text;
    return key;
}

bool same_key(const Context& context, const std::string& table, const Key& wanted,
              const Key& found) {
    const Dialect dialect = context.catalog.dialect;
    if (wanted.descending != found.descending || wanted.operator_class != found.operator_class)
        return false;
    if (dialect == Dialect::postgres && wanted.nulls_first != found.nulls_first) return false;
    // A name that needs quotes may have been written without them.
    if (found.is_column) return wanted.text == found.text;
    return !wanted.is_column && same_expression(context, table, wanted.text, found.text);
}

bool is_column(const Catalog& catalog, const WantedIndex& wanted, const Key& key) {
    return key.is_column || catalog.column(wanted.table, key.text) != nullptr;
}

/// Whether the first keys of the index are the wanted ones.
bool begins_with(const Context& context, const WantedIndex& wanted, const Index& index) {
    if (index.keys.size() < wanted.keys.size()) return false;
    for (std::size_t i = 0; i < wanted.keys.size(); ++i)
        if (!same_key(context, wanted.table, wanted.keys[i], index.keys[i])) return false;
    return true;
}

bool same_predicate(const Context& context, const WantedIndex& wanted, const Index& index) {
    if (wanted.where.empty() != !index.predicate.has_value()) return false;
    return wanted.where.empty() ||
           same_condition(context, wanted.table, wanted.where, *index.predicate);
}

}  // namespace

WantedIndex read_wanted_index(const Spec& spec) {
    WantedIndex wanted{.table = spec.name("table"),
                       .keys = {},
                       .where = spec.text("where", ""),
                       .method = spec.text("method", "btree"),
                       .unique = spec.flag("unique", false)};
    for (const std::string& column : spec.words("columns")) wanted.keys.push_back(read_key(column));
    return wanted;
}

std::string key_list(const Catalog& catalog, const WantedIndex& wanted) {
    std::vector<std::string> keys;
    for (const Key& key : wanted.keys) {
        std::string text =
            is_column(catalog, wanted, key) ? identifier(key.text) : "(" + key.text + ")";
        if (!key.operator_class.empty()) text += " " + key.operator_class;
        if (key.descending) text += " DESC";
        if (key.nulls_first != key.descending)
            text += key.nulls_first ? " NULLS FIRST" : " NULLS LAST";
        keys.push_back(text);
    }
    return "(" + joined(keys) + ")" + (wanted.where.empty() ? "" : " WHERE " + wanted.where);
}

std::string create_statement(const Context& context, const WantedIndex& wanted,
                             const std::string& name, bool concurrently) {
    const bool sqlite = context.catalog.dialect == Dialect::sqlite;
    const std::string method = sqlite || wanted.method == "btree" ? "" : " USING " + wanted.method;
    return std::string("CREATE ") + (wanted.unique ? "UNIQUE " : "") + "INDEX " +
           (concurrently ? "CONCURRENTLY " : "") + identifier(name) + " ON " +
           context.quoted_relation(wanted.table) + method + " " + key_list(context.catalog, wanted);
}

std::string described(const WantedIndex& wanted) {
    std::vector<std::string> keys;
    for (const Key& key : wanted.keys) keys.push_back(key.text + (key.descending ? " desc" : ""));
    return wanted.table + " (" + joined(keys) + ")" +
           (wanted.where.empty() ? "" : " where " + wanted.where);
}

bool is_same(const Context& context, const WantedIndex& wanted, const Index& index) {
    return index.table == wanted.table && index.method == wanted.method &&
           index.unique == wanted.unique && index.keys.size() == wanted.keys.size() &&
           begins_with(context, wanted, index) && same_predicate(context, wanted, index);
}

bool covers(const Context& context, const WantedIndex& wanted, const Index& index) {
    if (index.table != wanted.table || index.method != wanted.method || !index.valid) return false;
    // Uniqueness is a promise about these keys alone, without a condition of another kind.
    if (wanted.unique && (!index.unique || index.keys.size() != wanted.keys.size())) return false;
    if (!begins_with(context, wanted, index)) return false;
    if (!index.predicate) return wanted.where.empty() || !wanted.unique;
    return same_predicate(context, wanted, index);
}

std::optional<Assessment> unfit_for(const Context& context, const WantedIndex& wanted) {
    const Relation* relation = context.catalog.relation(wanted.table);
    const bool is_view = relation != nullptr && relation->kind == RelationKind::materialized_view;
    if (is_view && relation->planned) return std::nullopt;  // its columns are not known yet
    if (!is_view)
        if (auto unusable = unusable_table(context, wanted.table)) return unusable;
    std::vector<std::string> columns;
    for (const Key& key : wanted.keys)
        if (key.is_column) columns.push_back(key.text);
    if (auto missing = missing_column(context, wanted.table, columns)) return missing;
    for (const Key& key : wanted.keys) {
        if (is_column(context.catalog, wanted, key)) continue;
        const std::string wrong =
            condition_error(context, wanted.table, "(" + key.text + ") IS NOT NULL");
        if (!wrong.empty()) return impossible("its key " + key.text + " cannot be: " + wrong);
    }
    if (wanted.where.empty()) return std::nullopt;
    const std::string error = condition_error(context, wanted.table, wanted.where);
    if (error.empty()) return std::nullopt;
    return impossible("its condition cannot be: " + error);
}

bool has_keys(const Index& index, const WantedIndex& wanted) {
    return std::ranges::equal(index.keys, wanted.keys, [](const Key& a, const Key& b) {
        return a.text == b.text && a.descending == b.descending &&
               a.operator_class == b.operator_class;
    });
}

Index planned_index(const Catalog& catalog, const WantedIndex& wanted, const std::string& name) {
    Index index{.name = name, .table = wanted.table, .method = wanted.method, .keys = wanted.keys};
    if (!wanted.where.empty()) index.predicate = wanted.where;
    index.unique = wanted.unique;
    index.planned = true;
    // A later step of the plan may build it again under another name.
    index.definition = std::string("CREATE ") + (wanted.unique ? "UNIQUE " : "") + "INDEX " +
                       identifier(name) + " ON " + identifier(wanted.table) +
                       (wanted.method == "btree" ? "" : " USING " + wanted.method) + " " +
                       key_list(catalog, wanted);
    return index;
}

}  // namespace ingot::schema
