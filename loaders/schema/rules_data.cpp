// SPDX-License-Identifier: MIT
#include "loaders/schema/lint_rule.hpp"

#include <algorithm>

namespace ingot::lint {
namespace {

using namespace sql;

/// Whether tokens[i] is a column of the updated table: not a function, not of another relation.
bool is_own_column(Tokens tokens, std::size_t i, const Write& write) {
    if (!tokens[i].is_name()) return false;
    if (i + 1 < tokens.size() && (tokens[i + 1].is_symbol("(") || tokens[i + 1].is_symbol(".")))
        return false;
    if (i < 2 || !tokens[i - 1].is_symbol(".")) return true;
    const std::string owner = folded(tokens[i - 2]);
    return owner == write.alias || owner == write.table.name;
}

/// The first column that is set beside `own` and read in `value`; sub-selects have columns of their
/// own and are left out.
std::optional<Token> read_beside(const Write& write, const Assignment& own,
                                 const std::unordered_set<std::string>& set) {
    std::size_t depth = 0, hidden = 0;
    for (std::size_t i = 0; i < own.value.size(); ++i) {
        const Token& token = own.value[i];
        if (token.is_symbol("(")) {
            ++depth;
            if (hidden == 0 && Cursor(own.value.subspan(i + 1)).sees("SELECT")) hidden = depth;
        }
        if (token.is_symbol(")") && depth > 0 && depth-- == hidden) hidden = 0;
        if (hidden != 0 || !is_own_column(own.value, i, write)) continue;
        const std::string name = folded(token);
        const bool itself =
            std::find(own.columns.begin(), own.columns.end(), name) != own.columns.end();
        if (!itself && set.contains(name)) return token;
    }
    return {};
}

void update_reads_old_value(const Look& look) {
    const auto* write = look.as<Write>();
    if (write == nullptr || write->assignments.size() < 2) return;
    std::unordered_set<std::string> set;
    for (const Assignment& each : write->assignments)
        set.insert(each.columns.begin(), each.columns.end());
    for (const Assignment& each : write->assignments)
        if (const auto token = read_beside(*write, each, set))
            look.report(*token, folded(*token) + " is set in this UPDATE, but here it is still the "
                                                 "old value");
}

/// The columns of `x IS NULL`.
std::unordered_set<std::string> asked_for_null(Tokens condition) {
    std::unordered_set<std::string> names;
    for (std::size_t i = 0; i + 2 < condition.size(); ++i)
        if (condition[i].is_name() && Cursor(condition.subspan(i + 1)).sees("IS NULL"))
            names.insert(folded(condition[i]));
    return names;
}

void default_before_fill(const Look& look) {
    const auto* write = look.as<Write>();
    if (write == nullptr || write->kind != Write::Kind::update) return;
    const auto asked = asked_for_null(write->where);
    for (const Assignment& each : write->assignments)
        for (const std::string& name : each.columns) {
            const ColumnFacts* column = look.before.column(write->table.key(), name);
            if (column == nullptr || !column->has_default || !asked.contains(name)) continue;
            if (column->filled)
                look.report(each.token,
                            "ADD COLUMN … DEFAULT has filled " + name +
                                " already: no row has NULL, so this updates none",
                            Severity::error);
            else if (column->added)
                look.report(each.token, "rows that came after SET DEFAULT have it in " + name +
                                            " and are passed over");
        }
}

void write_without_where(const Look& look) {
    const auto* write = look.as<Write>();
    if (write == nullptr || write->has_where || look.statement.tokens.size() < 2) return;
    const std::string table = write->table.key();
    if (write->kind == Write::Kind::update)
        look.report(look.first(), "this writes every row of " + table + " in one transaction");
    else
        look.report(look.first(), "this removes every row of " + table);
}

void delete_by_pattern(const Look& look) {
    const auto* write = look.as<Write>();
    if (write == nullptr || write->kind != Write::Kind::erase) return;
    for (const Token& token : write->where)
        if (token.is_word("LIKE") || token.is_word("ILIKE") || token.is_symbol("~"))
            look.report(token, "rows of " + write->table.key() +
                                   " that only look like it are removed too");
}

/// The enum's labels of a column of this table; null: no enum that is known.
const std::vector<std::string>* labels_of(const Look& look, const std::string& table,
                                          const std::string& name) {
    const ColumnFacts* column = look.before.column(table, name);
    return column == nullptr ? nullptr : look.before.labels(column->type);
}

void check_labels(const Look& look, const std::string& table, Tokens condition) {
    for (std::size_t i = 0; i + 2 < condition.size(); ++i) {
        if (!condition[i].is_name()) continue;
        const std::string name = folded(condition[i]);
        const auto* labels = labels_of(look, table, name);
        if (labels == nullptr) continue;
        Cursor cursor(condition.subspan(i + 1));
        Tokens values;
        cursor.accept("NOT");
        if (cursor.accept("IN"))
            values = cursor.group();
        else if (cursor.accept_symbol("=") || cursor.accept_symbol("<>"))
            values = cursor.rest().subspan(0, 1);
        i += values.size();  // what is in brackets is looked at once
        for (const Token& value : values)
            if (value.kind == TokenKind::string &&
                std::find(labels->begin(), labels->end(), content(value)) == labels->end())
                look.report(value, name + " is an enum without this label");
    }
}

void unknown_enum_label(const Look& look) {
    if (const auto* index = look.as<CreateIndex>())
        check_labels(look, index->table.key(), index->condition);
    if (const auto* write = look.as<Write>()) {
        check_labels(look, write->table.key(), write->where);
        for (const Assignment& each : write->assignments) {
            const auto* labels = each.columns.size() == 1
                                     ? labels_of(look, write->table.key(), each.columns[0])
                                     : nullptr;
            if (labels != nullptr && each.value.size() == 1 && each.value[0].is_string() &&
                std::find(labels->begin(), labels->end(), content(each.value[0])) == labels->end())
                look.report(each.value[0], each.columns[0] + " is an enum without this label");
        }
    }
}

void early_analyze(const Look& look) {
    const auto* write = look.as<Write>();
    if (write != nullptr && look.session.analyzed.contains(write->table.key()))
        look.report(look.first(), "ANALYZE of " + write->table.key() + " ran before this");
}

constexpr Rule kRules[] = {
    {"update-reads-old-value", Severity::warning, For::both,
     "All expressions of an UPDATE see the row as it was: a column that is set in it is read with "
     "its old value.",
     "Compute the value once in FROM (SELECT …) and use it for both columns; or two UPDATEs.",
     "UPDATE a SET b = 5, c = b * 2 WHERE d;\n", "UPDATE a SET b = 5, c = 10 WHERE d;\n",
     update_reads_old_value},
    {"default-before-fill", Severity::warning, For::both,
     "A fill that looks for NULL finds none where the default came first: it reports UPDATE 0 and "
     "every row keeps the default.",
     "ADD COLUMN without default; fill; then ALTER COLUMN … SET DEFAULT.",
     "ALTER TABLE a ADD COLUMN b integer DEFAULT 1;\nUPDATE a SET b = c WHERE b IS NULL;\n",
     "ALTER TABLE a ADD COLUMN b integer;\nUPDATE a SET b = c WHERE b IS NULL;\nALTER TABLE a "
     "ALTER COLUMN b SET DEFAULT 1;\n",
     default_before_fill},
    {"write-without-where", Severity::warning, For::both,
     "Without WHERE every row is meant: a DELETE cannot be taken back after COMMIT, an UPDATE "
     "locks "
     "all rows until then and doubles the table.",
     "A WHERE; for a fill, batches by key with a COMMIT each.", "DELETE FROM a;\n",
     "DELETE FROM a WHERE b = 1;\n", write_without_where},
    {"delete-by-pattern", Severity::warning, For::both,
     "A pattern also matches rows that are nobody's test data.",
     "Delete by the keys that were inserted; or SAVEPOINT and ROLLBACK TO for a trial.",
     "DELETE FROM a WHERE b LIKE 'test-%';\n", "DELETE FROM a WHERE b = 'test-1';\n",
     delete_by_pattern},
    {"unknown-enum-label", Severity::error, For::postgres,
     "Comparing an enum with a word that is no label of it fails: invalid input value for enum.",
     "A label of the type (\\dT+), in its very spelling.",
     "CREATE TYPE t AS ENUM ('on', 'off');\nCREATE TABLE a (b t);\nDELETE FROM a WHERE b = "
     "'idle';\n",
     "CREATE TYPE t AS ENUM ('on', 'off');\nCREATE TABLE a (b t);\nDELETE FROM a WHERE b = "
     "'on';\n",
     unknown_enum_label},
    {"early-analyze", Severity::note, For::both,
     "Statistics from before a fill describe the table as it was.",
     "ANALYZE after the last statement that changes rows.",
     "ANALYZE a;\nUPDATE a SET b = 1 WHERE c;\n", "UPDATE a SET b = 1 WHERE c;\nANALYZE a;\n",
     early_analyze},
};

}  // namespace

std::span<const Rule> data_rules() { return kRules; }

}  // namespace ingot::lint
