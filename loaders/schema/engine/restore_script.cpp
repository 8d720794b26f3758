// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/restore_script.hpp"

#include <istream>

#include <libpq-fe.h>

namespace ingot::schema {
namespace {

void send(Connection& connection, std::string& rows) {
    connection.check_interrupt();
    if (PQputCopyData(connection.raw(), rows.data(), static_cast<int>(rows.size())) != 1)
        connection.fail_now();
    rows.clear();
}

/// The rows up to the line "\.", in COPY's text format as they are.
void copy_rows(Connection& connection, const std::string& statement, std::istream& script) {
    constexpr std::size_t kPortion = 1U << 16U;
    connection.start_copy(statement);
    std::string rows;
    for (std::string line; std::getline(script, line) && line != "\\.";) {
        rows += line;
        rows += '\n';
        if (rows.size() >= kPortion) send(connection, rows);
    }
    if (!rows.empty()) send(connection, rows);
    if (PQputCopyEnd(connection.raw(), nullptr) != 1) connection.fail_now();
    connection.finish();
}

/// The lines "\restrict KEY" and "\unrestrict KEY" with the same random key are orders for psql; the same
/// words in the body of a function are not.
bool is_for_psql(const std::string& line, std::string& key) {
    constexpr std::string_view kRestrict = "\\restrict ";
    if (key.empty() && line.starts_with(kRestrict)) {
        key = line.substr(kRestrict.size());
        return true;
    }
    return !key.empty() && line == "\\unrestrict " + key;
}

}  // namespace

void run_restore_script(Connection& connection, std::istream& script) {
    std::string statements = "\n";
    std::string key;
    for (std::string line; std::getline(script, line);) {
        if (is_for_psql(line, key)) continue;
        statements += line + '\n';
        // A name may hold a line feed, so that the statement may have begun some lines before.
        const std::size_t copy = statements.rfind("\nCOPY ");
        if (!line.ends_with(" FROM stdin;") || copy == std::string::npos) continue;
        connection.execute(statements.substr(0, copy + 1));
        copy_rows(connection, statements.substr(copy + 1), script);
        statements = "\n";
    }
    connection.execute(statements);
}

}  // namespace ingot::schema
