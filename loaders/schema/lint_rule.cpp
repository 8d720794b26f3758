// SPDX-License-Identifier: MIT
#include "loaders/schema/lint_rule.hpp"

#include <algorithm>

namespace ingot::lint {

using namespace sql;

std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::note: return "note";
        case Severity::warning: return "warning";
        default: return "error";
    }
}

std::span<const Rule> rules() {
    static const std::vector<Rule> all = [] {
        std::vector<Rule> list;
        for (const auto part :
             {script_rules(), lock_rules(), table_rules(), name_rules(), key_rules(), drop_rules(),
              data_rules(), query_rules(), catalog_rules(), sqlite_rules()})
            list.insert(list.end(), part.begin(), part.end());
        return list;
    }();
    return all;
}

const Rule* rule(std::string_view id) {
    const auto all = rules();
    const auto found =
        std::find_if(all.begin(), all.end(), [id](const Rule& each) { return each.id == id; });
    return found == all.end() ? nullptr : &*found;
}

bool Look::is_in_use(const Name& table) const {
    const Relation* view = before.relation(table.key());
    if (view != nullptr && view->kind == RelationKind::materialized_view)
        return view->where.file != file;
    const TableFacts* facts = before.table(table.key());
    return facts == nullptr || !facts->created || facts->where.file != file;
}

const AlterTable* Look::alter_table() const {
    const auto* alter = as<AlterTable>();
    return alter != nullptr && alter->kind == "TABLE" ? alter : nullptr;
}

/// SET [LOCAL|SESSION] lock_timeout = …, also by set_config().
void Session::observe(const Statement& statement, const Meaning& meaning) {
    ++statements;
    if (!statement.in_body) begun = statement.transaction;
    const Cursor cursor(statement.tokens);
    if (cursor.sees("SET LOCAL lock_timeout"))
        local_lock_timeout = statement.in_transaction() || statement.in_body;
    else if (cursor.sees("SET lock_timeout") || cursor.sees("SET SESSION lock_timeout"))
        lock_timeout = true;
    else if (cursor.sees("RESET lock_timeout") || cursor.sees("RESET ALL"))
        lock_timeout = false;
    else if (cursor.sees("SELECT set_config") || cursor.sees("SELECT pg_catalog"))
        for (const Token& token : statement.tokens)
            if (token.is_string() && content(token) == "lock_timeout") lock_timeout = true;
    if (cursor.sees("ANALYZE") && cursor.peek(1).is_name()) {
        Cursor name(Tokens(statement.tokens).subspan(1));
        if (const auto table = name.name()) analyzed.insert(table->key());
    }
    if (const auto* alter = std::get_if<AlterTable>(&meaning); alter != nullptr) {
        locked.insert(alter->name.key());
        for (const TableChange& change : alter->changes)
            if (change.change == Change::add_constraint && change.constraint.not_valid)
                not_valid.insert(change.name);
    }
    if (statement.in_transaction() || statement.in_body) return;
    locked.clear();
    not_valid.clear();
}

}  // namespace ingot::lint
