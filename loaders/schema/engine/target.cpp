// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/target.hpp"

#include "loaders/postgres.hpp"
#include "loaders/reader.hpp"

#include <stdexcept>

namespace ingot::schema {

void Target::rollback() noexcept {
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
