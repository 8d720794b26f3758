// SPDX-License-Identifier: MIT
#include "loaders/postgres.hpp"

#include "loaders/conninfo.hpp"
#include "pipeline/model/errors.hpp"

#include <array>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <libpq-fe.h>
#include <poll.h>

namespace ingot {
namespace {

/// A message of libpq, which has several lines.
std::string one_line(const char* message) {
    std::istringstream lines(message);
    std::string out;
    for (std::string line; std::getline(lines >> std::ws, line);)
        out += (out.empty() ? "" : "; ") + line;
    return out;
}

std::string session_settings(const std::string& schema) {
    return "SET TimeZone = 'UTC'; SET standard_conforming_strings = on; "
           "SET client_min_messages = warning; SET statement_timeout = 0; SET lock_timeout = 0; "
           "SET idle_in_transaction_session_timeout = 0; "
           "SET default_transaction_isolation = 'read committed'; SET search_path = " +
           quoted_name(schema) +
           // A server of version 14 on notices within a second that its client was killed, and lets its
           // locks go.
           "; SELECT set_config(name, '1s', false) FROM pg_settings WHERE name = "
           "'client_connection_check_interval'";
}

/// Cancels what is running unless told that it has come to its end.
class CancelUnlessDone {
public:
    explicit CancelUnlessDone(Connection& connection) : connection_(connection) {}
    CancelUnlessDone(const CancelUnlessDone&) = delete;
    CancelUnlessDone& operator=(const CancelUnlessDone&) = delete;
    ~CancelUnlessDone() {
        if (!done) connection_.cancel();
    }
    bool done = false;

private:
    Connection& connection_;
};

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

/// Waits without blocking the check for interrupts; null at the end of a command.
Result next_result(Connection& connection) {
    while (PQisBusy(connection.raw()) != 0) {
        connection.wait();
        if (PQconsumeInput(connection.raw()) == 0) connection.fail_now();
    }
    return {PQgetResult(connection.raw()), PQclear};
}

bool is_error(const PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
}

/// Class 08: connection exception; 57P01 to 57P03: the server shuts down or starts.
bool ends_connection(std::string_view sqlstate) {
    return sqlstate.starts_with("08") || sqlstate.starts_with("57P0");
}

}  // namespace

std::string quoted_name(std::string_view name) {
    if (name.empty() || name.size() > 63 || name.find('\0') != std::string_view::npos)
        throw UsageError("a PostgreSQL name has 1 to 63 bytes: '" + std::string(name) + "'");
    std::string out = "\"";
    for (const char c : name) out.append(c == '"' ? 2 : 1, c);
    return out + '"';
}

HandlePolicy::~HandlePolicy() { PQfinish(raw); }  // of a connection that was refused half-way

HandlePolicy::handle HandlePolicy::do_startconnect(handle given) {
    if (given != nullptr) return given;
    std::vector<const char*> keys;
    std::vector<const char*> values;
    const auto parameters = connection_parameters(options());
    for (const auto& [key, value] : parameters) {
        keys.push_back(key.c_str());
        values.push_back(value.c_str());
    }
    keys.push_back(nullptr);
    values.push_back(nullptr);
    std::unique_ptr<PGconn, decltype(&PQfinish)> made(
        PQconnectdbParams(keys.data(), values.data(), 0), PQfinish);
    if (!made) throw std::bad_alloc();
    if (PQstatus(made.get()) != CONNECTION_OK) {
        const std::string message = scrubbed(one_line(PQerrorMessage(made.get())), options());
        if (PQconnectionUsedPassword(made.get()) != 0 || PQconnectionNeedsPassword(made.get()) != 0)
            throw DatabaseUnreachable(message);
        throw pqxx::broken_connection(message);
    }
    raw = made.release();
    return raw;
}

HandlePolicy::handle HandlePolicy::do_disconnect(handle given) noexcept {
    raw = nullptr;
    return connectionpolicy::do_disconnect(given);
}

Connection::Connection(const std::string& conninfo, const std::string& schema)
    : connection_base(policy_), conninfo_(conninfo), policy_(conninfo_) {
    init();
    PQsetNoticeProcessor(
        raw(), [](void*, const char*) {}, nullptr);
    execute(session_settings(schema));
}

std::int64_t Connection::execute(const std::string& sql) {
    CancelUnlessDone guard(*this);
    start(sql);
    const std::int64_t rows = finish();
    guard.done = true;
    return rows;
}

std::vector<std::vector<std::optional<std::string>>> Connection::query(const std::string& sql) {
    std::vector<std::vector<std::optional<std::string>>> rows;
    CancelUnlessDone guard(*this);
    start(sql);
    const Result result = next_result(*this);
    if (!result || is_error(result.get())) fail(result.get());
    for (int row = 0; row < PQntuples(result.get()); ++row) {
        auto& cells = rows.emplace_back();
        for (int column = 0; column < PQnfields(result.get()); ++column)
            cells.push_back(
                PQgetisnull(result.get(), row, column) != 0
                    ? std::nullopt
                    : std::optional<std::string>(PQgetvalue(result.get(), row, column)));
    }
    finish();
    guard.done = true;
    return rows;
}

void Connection::start_copy(const std::string& sql) {
    CancelUnlessDone guard(*this);
    start(sql);
    const Result result = next_result(*this);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COPY_IN && status != PGRES_COPY_OUT) fail(result.get());
    guard.done = true;
}

void Connection::start(const std::string& sql) const {
    if (raw() == nullptr || PQsendQuery(raw(), sql.c_str()) == 0) fail_now();
}

std::int64_t Connection::finish() {
    std::int64_t rows = 0;
    Result error(nullptr, PQclear);
    while (Result result = next_result(*this)) {
        if (is_error(result.get()) && !error) error = std::move(result);
        const std::string_view count = result ? PQcmdTuples(result.get()) : "";
        if (!count.empty()) rows = std::stoll(std::string(count));
    }
    if (error) fail(error.get());
    return rows;
}

void Connection::wait() const {
    if (PQsocket(raw()) < 0) fail_now();
    pollfd socket{.fd = PQsocket(raw()), .events = POLLIN, .revents = 0};
    constexpr int kMilliseconds = 200;
    while (poll(&socket, 1, kMilliseconds) <= 0) check_interrupt();
    check_interrupt();
}

void Connection::cancel() const noexcept {
    if (raw() == nullptr || PQtransactionStatus(raw()) != PQTRANS_ACTIVE) return;
    if (PGcancel* request = PQgetCancel(raw()); request != nullptr) {
        std::array<char, 256> message{};
        PQcancel(request, message.data(), static_cast<int>(message.size()));
        PQfreeCancel(request);
    }
    PQputCopyEnd(raw(), "cancelled");
    while (const Result result{PQgetResult(raw()), PQclear}) {
        const ExecStatusType status = PQresultStatus(result.get());
        if (status == PGRES_COPY_IN && PQputCopyEnd(raw(), "cancelled") < 0) break;
        char* row = nullptr;
        while (status == PGRES_COPY_OUT && PQgetCopyData(raw(), &row, 0) >= 0) PQfreemem(row);
    }
}

void Connection::fail_now() const {
    throw pqxx::broken_connection(raw() == nullptr
                                      ? "the connection is closed"
                                      : scrubbed(one_line(PQerrorMessage(raw())), conninfo_));
}

void Connection::fail(const PGresult* result) const {
    if (result == nullptr) fail_now();
    const char* sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string message = scrubbed(one_line(PQresultErrorMessage(result)), conninfo_);
    if (sqlstate == nullptr || ends_connection(sqlstate)) throw pqxx::broken_connection(message);
    throw pqxx::sql_error(message, "", sqlstate);
}

bool Connection::is_ready() const {
    if (raw() == nullptr) return false;
    // A server that went away has left a farewell; the end of the stream comes after it.
    for (int i = 0; i < 2; ++i)
        if (PQconsumeInput(raw()) == 0) return false;
    return PQstatus(raw()) == CONNECTION_OK && PQtransactionStatus(raw()) == PQTRANS_IDLE;
}

bool Connection::is_lost(const pqxx::failure& error) const {
    if (dynamic_cast<const pqxx::broken_connection*>(&error) != nullptr) return true;
    const auto* sql = dynamic_cast<const pqxx::sql_error*>(&error);
    return (sql != nullptr && ends_connection(sql->sqlstate())) || PQstatus(raw()) != CONNECTION_OK;
}

}  // namespace ingot
