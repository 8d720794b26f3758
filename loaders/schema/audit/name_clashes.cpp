// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/finding.hpp"
#include "loaders/schema/audit/index_text.hpp"
#include "loaders/schema/audit/names.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>

/// Tables, indexes and types of a schema share one space of names. Two kinds of names invite a clash:
/// those that begin with another table's name (ix_tasks_status on project_tasks, beside tasks), and
/// those that are made of columns only (ix_agent_timestamp) where another table has these columns.
namespace ingot::schema::audit {
namespace {

using Words = std::vector<std::string>;

bool begins_with(const Words& words, const Words& beginning) {
    return words.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), words.begin());
}

/// The table whose very name the words begin with, the longest.
std::string table_in(const Catalog& catalog, const Words& words) {
    std::string best;
    std::size_t longest = 0;
    for (const auto& [name, relation] : catalog.relations) {
        const Words own = words_of_name(name);
        if (!relation.is_table() || own.size() <= longest || !begins_with(words, own)) continue;
        best = name;
        longest = own.size();
    }
    return best;
}

/// Whether the words are those of the columns in their order, each perhaps cut short: agent_id may be
/// said as agent. The first word of a column may not be left out.
bool says_columns_only(const Words& words, const std::vector<Key>& keys) {
    std::size_t at = 0;
    for (const Key& key : keys) {
        if (!key.is_column) return false;
        const Words column = words_of_name(key.text);
        std::size_t same = 0;
        while (same < column.size() && at + same < words.size() && words[at + same] == column[same])
            ++same;
        // primary_agent may be said as agent as well.
        if (same == 0 && at < words.size() && words[at] == column.back()) same = 1;
        if (same == 0) return false;
        at += same;
    }
    return at == words.size();
}

bool has_all_columns(const Relation& table, const std::vector<Key>& keys) {
    return std::ranges::all_of(keys, [&](const Key& key) { return table.column(key.text); });
}

/// Tables that have the same columns, and no such index yet.
Words rivals(const Catalog& catalog, const Index& index) {
    Words names;
    for (const auto& [name, table] : catalog.relations) {
        if (!table.is_table() || name == index.table || !has_all_columns(table, index.keys))
            continue;
        const auto others = catalog.indexes_of(name);
        const bool has_one = std::ranges::any_of(others, [&](const Index* other) {
            return other->keys.size() >= index.keys.size() &&
                   std::equal(index.keys.begin(), index.keys.end(), other->keys.begin());
        });
        if (!has_one) names.push_back(name);
    }
    return names;
}

void report(const Look& look, const Index& index, Severity severity, const std::string& what,
            const std::string& why) {
    Words columns;
    for (const Key& key : index.keys) columns.push_back(snake_case(key.text));
    const std::string to =
        free_name(look.catalog, "ix_" + snake_case(index.table) + "_" + joined_names(columns));
    Finding finding{.severity = severity,
                    .object = "index " + index.name,
                    .table = index.table,
                    .what = what,
                    .why = why};
    finding.mend = rename_index_sql(look.target, index, to);
    if (!finding.mend.empty()) finding.step = rename_index_step(index, to);
    look.report(std::move(finding));
}

/// A name of columns only is a clash waiting to happen where another table has a right to it.
void look_at_bare_name(const Look& look, const Index& index, const Words& words) {
    if (index.keys.size() < 2) return;
    const Words others = rivals(look.catalog, index);
    if (!others.empty()) {
        report(look, index, Severity::warning,
               "Its name says no table, and " + joined_words(others) +
                   (others.size() == 1 ? " has" : " have") + " the same columns without an index.",
               "Names of indexes are unique in a schema: whoever creates the second index of this "
               "name fails, or with IF NOT EXISTS gets none.");
        return;
    }
    for (const auto& [name, table] : look.catalog.relations)
        if (table.is_table() && name != index.table &&
            same_thing(words_of_name(name), Words(words.begin(), words.begin() + 1)))
            report(look, index, Severity::advice,
                   "Its name says no table; " + words[0] + " reads as " + name + ".",
                   "An index of " + name + " may want the name, which is unique in the schema.");
}

void look_at_index(const Look& look, const Index& index) {
    const auto rest = without_convention(index.name);
    if (!rest || !index.constraint.empty()) return;
    const Words words = words_of_name(*rest);
    if (words.empty()) return;
    if (says_columns_only(words, index.keys)) return look_at_bare_name(look, index, words);
    const std::string said = table_in(look.catalog, words);
    if (said.empty() || said == index.table || begins_with(words, words_of_name(index.table)))
        return;
    report(look, index, Severity::warning,
           "Its name says " + said + ", it is on " + index.table + ".",
           "Scripts that go by the name count it for " + said +
               ", and an index of that table may want the name, which is unique in the schema.");
}

/// Every table is a type as well, so that "UserRole" and user_role differ by spelling alone.
void look_at_types(const Look& look, const std::string& type) {
    for (const auto& [name, relation] : look.catalog.relations)
        if (snake_case(name) == snake_case(type))
            look.report({.severity = Severity::warning,
                         .object = "type " + type,
                         .table = name,
                         .what = "It differs from the table " + name + " by its spelling alone.",
                         .why = "A table's name is the name of a type too: neither can get the "
                                "other's spelling.",
                         .mend = {},
                         .step = {}});
}

}  // namespace

void find_name_clashes(const Look& look) {
    for (const auto& [name, index] : look.catalog.indexes) look_at_index(look, index);
    for (const auto& [name, labels] : look.catalog.enums) look_at_types(look, name);
    for (const auto& [name, kind] : look.catalog.other_types) look_at_types(look, name);
}

}  // namespace ingot::schema::audit
