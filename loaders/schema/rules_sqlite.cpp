// SPDX-License-Identifier: MIT
#include "loaders/schema/lint_rule.hpp"

namespace ingot::lint {
namespace {

using namespace sql;

void sqlite_alter(const Look& look) {
    const auto* alter = look.alter_table();
    if (alter == nullptr) return;
    if (alter->changes.size() > 1)
        look.report(look.first(), "SQLite takes one action per ALTER TABLE");
    for (const TableChange& change : alter->changes) {
        const bool known =
            change.change == Change::add_column || change.change == Change::drop_column ||
            change.change == Change::rename || change.change == Change::rename_column;
        if (!known || change.if_exists)
            look.report(change.tokens[0],
                        "SQLite does not know " +
                            excerpt(change.tokens.subspan(
                                0, std::min<std::size_t>(change.tokens.size(), 6))));
    }
}

void pragma_in_transaction(const Look& look) {
    if (!look.starts_with("PRAGMA") || !look.in_transaction()) return;
    for (const char* pragma : {"foreign_keys", "journal_mode"})
        if (look.statement.tokens.size() > 2 && look.statement.tokens[1].is_word(pragma))
            look.report(look.first(),
                        std::string("PRAGMA ") + pragma + " does nothing inside a transaction");
}

void postgres_only(const Look& look) {
    const auto* index = look.as<CreateIndex>();
    if (index != nullptr && (index->concurrently || !index->method.empty()))
        look.report(look.first(), "CONCURRENTLY and USING are PostgreSQL's");
    for (const char* words : {"CREATE EXTENSION", "CREATE TYPE", "CREATE FUNCTION", "DO",
                              "TRUNCATE", "CREATE MATERIALIZED VIEW", "COPY", "CREATE SEQUENCE"})
        if (look.starts_with(words))
            look.report(look.first(), std::string(words) + " is PostgreSQL's");
}

constexpr Rule kRules[] = {
    {"sqlite-alter", Severity::error, For::sqlite,
     "SQLite's ALTER TABLE adds, drops and renames columns and renames the table, one at a time, "
     "without IF EXISTS; anything else is a syntax error.",
     "A new table, INSERT … SELECT, DROP, RENAME, in one transaction with foreign_keys off before "
     "it.",
     "ALTER TABLE a ALTER COLUMN b SET NOT NULL;\n", "ALTER TABLE a ADD COLUMN b integer;\n",
     sqlite_alter},
    {"pragma-in-transaction", Severity::error, For::sqlite,
     "The pragma is ignored there without a word: foreign keys stay as they were.",
     "PRAGMA before BEGIN; PRAGMA foreign_key_check before COMMIT.",
     "BEGIN;\nPRAGMA foreign_keys = off;\nCOMMIT;\n",
     "PRAGMA foreign_keys = off;\nBEGIN;\nSELECT 1;\nCOMMIT;\n", pragma_in_transaction},
    {"postgres-only", Severity::error, For::sqlite, "SQLite does not know the statement.",
     "What SQLite has: plain indexes and views, CHECK instead of enums, DELETE without WHERE.",
     "CREATE INDEX CONCURRENTLY i ON a (b);\n", "CREATE INDEX i ON a (b);\n", postgres_only},
};

}  // namespace

std::span<const Rule> sqlite_rules() { return kRules; }

}  // namespace ingot::lint
