// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/target.hpp"

#include "loaders/postgres.hpp"
#include "loaders/reader.hpp"

#include <stdexcept>

namespace ingot::schema {

void Target::begin() {
    execute(dialect() == Dialect::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
    in_transaction_ = true;
}

void Target::commit() {
    execute("COMMIT");
    in_transaction_ = false;
}

std::optional<Rows> Target::try_query(const std::string& sql, std::string& error) {
    // An error would end PostgreSQL's transaction; SQLite's goes on.
    const bool protect = in_transaction_ && dialect() == Dialect::postgres;
    if (protect) execute("SAVEPOINT ingot_question");
    try {
        Rows rows = query(sql);
        if (protect) execute("RELEASE SAVEPOINT ingot_question");
        return rows;
    } catch (const StatementFailed& failure) {
        error = failure.what();
        if (protect) {
            execute("ROLLBACK TO SAVEPOINT ingot_question");
            execute("RELEASE SAVEPOINT ingot_question");  // it outlives the rollback to it
        }
        return std::nullopt;
    }
}

void Target::rollback() noexcept {
    in_transaction_ = false;
    try {
        execute("ROLLBACK");
    } catch (const std::exception&) {  // no transaction, or no connection: nothing to take back
    }
}

void Target::run_script(std::istream&) { throw std::logic_error("SQLite has no COPY"); }

std::string Target::ask(const std::string& sql) {
    const Rows rows = query(sql);
    return rows.empty() || rows[0].empty() ? "" : rows[0][0].value_or("");
}

std::int64_t Target::number(const std::string& sql) {
    const std::string text = ask(sql);
    return text.empty() ? 0 : std::stoll(text);
}

std::string identifier(std::string_view name) { return quoted_name(name); }

std::string qualified(const Target& target, std::string_view name) {
    return target.dialect() == Dialect::sqlite
               ? identifier(name)
               : identifier(target.schema()) + "." + identifier(name);
}

std::string literal(std::string_view text) { return sql_text(text); }

}  // namespace ingot::schema
