// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/ddl.hpp"

#include "pipeline/model/errors.hpp"

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ingot::schema {

/// Cells of an answer as text; NULL is nullopt.
using Rows = std::vector<std::vector<std::optional<std::string>>>;

/// A statement that the database refused.
struct StatementFailed : RunError {
    StatementFailed(const std::string& text, std::string error_code)
        : RunError(Exit::failed, text), code(std::move(error_code)) {}
    std::string code;  ///< SQLSTATE; of SQLite, the number of its error.

    /// It waited for a lock for longer than it may, or for somebody who waited for it.
    bool is_lock_timeout() const { return code == "55P03" || code == "40P01" || code == "5"; }
};

/// A database whose schema is looked at or changed: one connection, pinned, so that settings, session
/// locks and transactions are where they are meant to be. Unqualified names in SQL mean its schema.
class Target {
public:
    Target() = default;
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;
    virtual ~Target() = default;

    virtual Dialect dialect() const = 0;
    /// The schema that is worked on; "main" in SQLite.
    virtual const std::string& schema() const = 0;
    /// For messages, without a password.
    virtual std::string name() const = 0;
    /// Throws StatementFailed, DatabaseUnreachable.
    virtual Rows query(const std::string& sql) = 0;
    /// Runs one statement, outside a transaction unless begin() was called; returns how many rows it
    /// says it handled. Throws as query().
    virtual std::int64_t execute(const std::string& sql) = 0;
    /// Runs what pg_restore writes: statements, and after COPY … FROM stdin its rows. Throws as query();
    /// std::logic_error in SQLite.
    virtual void run_script(std::istream& script);
    /// Another connection to the same, to look on while this one is busy.
    virtual std::unique_ptr<Target> another() const = 0;

    void begin();
    void commit();
    /// Never throws: what cannot be rolled back is gone with its connection.
    void rollback() noexcept;

    /// The rows, or nothing and why the database refuses; a transaction that is open stays usable.
    std::optional<Rows> try_query(const std::string& sql, std::string& error);

    /// The first cell of the first row; empty for none and for NULL.
    std::string ask(const std::string& sql);
    std::int64_t number(const std::string& sql);

    /// Called several times a second while a statement runs; may throw to cancel it.
    std::function<void()> while_waiting = [] {};

private:
    bool in_transaction_ = false;
};

/// Throws DatabaseUnreachable. `schema` need not exist.
std::unique_ptr<Target> open_postgres(const std::string& conninfo, const std::string& schema);

/// Throws RunError when there is no such file or it is no database.
std::unique_ptr<Target> open_sqlite(const std::string& path);

/// "name" as both databases quote it. Throws UsageError for more than 63 bytes.
std::string identifier(std::string_view name);

/// "schema"."name" in PostgreSQL, "name" in SQLite.
std::string qualified(const Target& target, std::string_view name);

/// 'text' as both databases quote it.
std::string literal(std::string_view text);

}  // namespace ingot::schema
