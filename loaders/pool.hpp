// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/postgres.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace ingot {

/// At most `size` connections to one database and schema, opened when needed, used again, and closed
/// after 30 s without use. For several threads.
class Pool {
public:
    Pool(std::string conninfo, std::string schema, std::size_t size = 2);

    /// A connection for as long as the lease lives.
    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection)
            : pool_(&pool), connection_(std::move(connection)) {}
        Lease(Lease&&) = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (connection_) pool_->release(std::move(connection_));
        }
        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }

    private:
        Pool* pool_;
        std::unique_ptr<Connection> connection_;
    };

    /// Waits while all are in use. A connection that died is replaced; connecting is tried five
    /// times over 1.5 s, then DatabaseUnreachable is thrown.
    Lease acquire();

    const std::string& conninfo() const { return conninfo_; }
    const std::string& schema() const { return schema_; }
    std::size_t idle() const;

    std::chrono::milliseconds idle_limit{30'000};
    std::chrono::milliseconds first_delay{100};  ///< Between tries to connect; doubles.

private:
    struct Idle {
        std::unique_ptr<Connection> connection;
        std::chrono::steady_clock::time_point since;
    };

    void release(std::unique_ptr<Connection> connection);
    void drop_old();
    std::unique_ptr<Connection> take_idle();
    std::unique_ptr<Connection> connect() const;

    const std::string conninfo_;
    const std::string schema_;
    const std::size_t size_;
    mutable std::mutex mutex_;
    std::condition_variable returned_;
    std::size_t leased_ = 0;
    std::vector<Idle> idle_;
};

}  // namespace ingot
