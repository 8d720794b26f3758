// SPDX-License-Identifier: MIT
#include "loaders/pool.hpp"

#include "loaders/conninfo.hpp"
#include "pipeline/model/errors.hpp"

#include <stdexcept>
#include <thread>

namespace ingot {
namespace {

constexpr int kTries = 5;

std::string unreachable(const std::string& conninfo, const std::string& reason) {
    return "cannot work with PostgreSQL at " + redacted(conninfo) + ": " + reason +
           "; check that the server runs and that --postgres or the PG* environment name it";
}

}  // namespace

Pool::Pool(std::string conninfo, std::string schema, std::size_t size)
    : conninfo_(std::move(conninfo)), schema_(std::move(schema)), size_(size) {
    if (size_ == 0) throw std::invalid_argument("a pool needs at least one connection");
    connection_parameters(conninfo_);  // a text that is wrong is said at once
    quoted_name(schema_);
}

Pool::Lease Pool::acquire() {
    {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [this] { return leased_ < size_; });
        ++leased_;
        drop_old();
        if (auto connection = take_idle()) return {*this, std::move(connection)};
    }
    try {
        return {*this, connect()};
    } catch (const std::exception&) {
        const std::lock_guard lock(mutex_);
        --leased_;
        returned_.notify_one();
        throw;
    }
}

std::size_t Pool::idle() const {
    const std::lock_guard lock(mutex_);
    return idle_.size();
}

void Pool::release(std::unique_ptr<Connection> connection) {
    const bool reusable = connection->is_ready();
    if (reusable) connection->check_interrupt = [] {};
    if (!reusable) connection.reset();
    const std::lock_guard lock(mutex_);
    if (reusable) idle_.push_back({std::move(connection), std::chrono::steady_clock::now()});
    --leased_;
    drop_old();
    returned_.notify_one();
}

void Pool::drop_old() {
    const auto limit = std::chrono::steady_clock::now() - idle_limit;
    std::erase_if(idle_, [&](const Idle& one) { return one.since < limit; });
}

std::unique_ptr<Connection> Pool::take_idle() {
    while (!idle_.empty()) {
        std::unique_ptr<Connection> connection = std::move(idle_.back().connection);
        idle_.pop_back();
        if (connection->is_ready()) return connection;
    }
    return nullptr;
}

std::unique_ptr<Connection> Pool::connect() const {
    auto delay = first_delay;
    for (int tried = 1;; ++tried, delay *= 2) {
        try {
            return std::make_unique<Connection>(conninfo_, schema_);
        } catch (const DatabaseUnreachable& refused) {
            throw DatabaseUnreachable(unreachable(conninfo_, refused.what()));
        } catch (const pqxx::failure& error) {
            if (tried == kTries) throw DatabaseUnreachable(unreachable(conninfo_, error.what()));
        }
        std::this_thread::sleep_for(delay);
    }
}

}  // namespace ingot
