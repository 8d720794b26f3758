// SPDX-License-Identifier: MIT
#pragma once

#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/transaction>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ingot {

/// "name" with quotes, as an SQL identifier. Throws UsageError where PostgreSQL would cut it.
std::string quoted_name(std::string_view name);

/// libpqxx hands out no libpq handle, and binary COPY needs one inside the same transaction. A
/// connection policy is what libpqxx lets its users write, and it is given the handle.
class HandlePolicy : public pqxx::connectionpolicy {
public:
    using connectionpolicy::connectionpolicy;
    ~HandlePolicy() override;
    HandlePolicy(const HandlePolicy&) = delete;
    HandlePolicy& operator=(const HandlePolicy&) = delete;
    handle do_startconnect(handle) override;
    handle do_disconnect(handle) noexcept override;
    handle raw = nullptr;
};

/// One connection, for pqxx transactions and for libpq's calls beside them. Its session speaks UTF-8
/// and UTC, looks into the schema given, has no time limits for statements and says no notices.
class Connection : public pqxx::connection_base {
public:
    /// Connects once. Throws pqxx::broken_connection, or DatabaseUnreachable where the server wants
    /// another password; their messages hold none.
    Connection(const std::string& conninfo, const std::string& schema);
    ~Connection() { close(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    pqxx::connectionpolicy::handle raw() const { return policy_.raw; }

    /// Runs a statement, also inside a pqxx transaction, and passes over its rows; returns how many
    /// it says it handled. Calls check_interrupt while it waits; when that throws, the statement is
    /// cancelled.
    std::int64_t execute(const std::string& sql);

    /// The rows of a small answer as text; NULL is nullopt. Waits as execute() does.
    std::vector<std::vector<std::optional<std::string>>> query(const std::string& sql);

    /// Starts a COPY; its data goes over raw() from here.
    void start_copy(const std::string& sql);
    /// Waits for the end of what is running; throws what the server says went wrong. Returns the
    /// number of rows handled.
    std::int64_t finish();
    /// Blocks until the server says something, calling check_interrupt five times a second.
    void wait() const;
    /// Ends whatever is running, without a word.
    void cancel() const noexcept;

    /// Throws what the handle's last error was.
    [[noreturn]] void fail_now() const;

    /// Open, with nothing running and no transaction, as far as can be told without asking.
    bool is_ready() const;

    /// The connection broke, or the server is about to end it: the work can be tried again.
    bool is_lost(const pqxx::failure& error) const;

    std::function<void()> check_interrupt = [] {};  ///< May throw to end what is running.

private:
    void start(const std::string& sql) const;
    [[noreturn]] void fail(const pqxx::internal::pq::PGresult* result) const;

    std::string conninfo_;
    HandlePolicy policy_;
};

}  // namespace ingot
