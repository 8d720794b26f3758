// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/catalog.hpp"

#include <functional>
#include <set>
#include <span>

namespace ingot::lint {

enum class Severity { note, warning, error };

std::string_view name_of(Severity severity);

enum class For { postgres, sqlite, both };

struct Options {
    Dialect dialect = Dialect::postgres;
    bool in_transaction = false;  ///< Whoever runs the files wraps each in a transaction.
    bool lock_timeout = false;    ///< Whoever runs them has set lock_timeout.
};

/// What statements before this one set up, in the same file.
struct Session {
    bool lock_timeout = false;        ///< SET lock_timeout.
    bool local_lock_timeout = false;  ///< SET LOCAL, until the transaction ends.
    std::size_t statements = 0;       ///< Seen in this file.
    std::set<std::string> locked;     ///< Tables changed in this transaction.
    std::set<std::string> not_valid;  ///< Constraints added in this transaction.
    std::set<std::string> analyzed;   ///< Tables: ANALYZE has run.
    std::size_t begun = 0;            ///< The transaction whose BEGIN was seen.

    void observe(const sql::Statement& statement, const sql::Meaning& meaning);
    bool has_lock_timeout() const { return lock_timeout || local_lock_timeout; }
};

/// One statement as a rule sees it.
struct Look {
    const sql::Statement& statement;
    const sql::Meaning& meaning;
    const Catalog& before;  ///< As the statements before it leave the database.
    const Catalog& whole;   ///< All that the files define, also behind it.
    const Session& session;
    const Options& options;
    std::size_t file;
    /// Reports a finding at a token, of the rule's severity or of this one.
    std::function<void(const sql::Token&, std::string, std::optional<Severity>)> sink;

    void report(const sql::Token& at, std::string says) const { sink(at, std::move(says), {}); }
    void report(const sql::Token& at, std::string says, Severity severity) const {
        sink(at, std::move(says), severity);
    }
    const sql::Token& first() const { return statement.tokens.front(); }
    bool starts_with(std::string_view words) const {
        return sql::Cursor(statement.tokens).sees(words);
    }
    bool in_transaction() const {
        return statement.in_transaction() || statement.in_body || options.in_transaction;
    }
    /// Whether rows and readers may be there: the table was not created in the same file.
    bool is_in_use(const sql::Name& table) const;
    template <class What> const What* as() const { return std::get_if<What>(&meaning); }
    /// ALTER TABLE, else null.
    const sql::AlterTable* alter_table() const;
};

/// A rule. One that has no function is reported by the reader of the files itself.
struct Rule {
    std::string_view id;
    Severity severity;
    For dialect;
    std::string_view why;      ///< What goes wrong.
    std::string_view instead;  ///< What to write.
    std::string_view bad;      ///< A script that it reports…
    std::string_view good;     ///< …and one like it that it does not.
    void (*check)(const Look&) = nullptr;
    bool once_per_file = false;
};

/// All rules, in the order of the documentation.
std::span<const Rule> rules();
/// The rule of this id; null: there is none.
const Rule* rule(std::string_view id);

// One list a file of this folder.
std::span<const Rule> script_rules();
std::span<const Rule> lock_rules();
std::span<const Rule> table_rules();
std::span<const Rule> name_rules();
std::span<const Rule> key_rules();
std::span<const Rule> drop_rules();
std::span<const Rule> data_rules();
std::span<const Rule> query_rules();
std::span<const Rule> catalog_rules();
std::span<const Rule> sqlite_rules();

}  // namespace ingot::lint
