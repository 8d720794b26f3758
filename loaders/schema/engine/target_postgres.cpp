// SPDX-License-Identifier: MIT
#include "loaders/conninfo.hpp"
#include "loaders/pool.hpp"
#include "loaders/schema/engine/restore_script.hpp"
#include "loaders/schema/engine/target.hpp"

namespace ingot::schema {
namespace {

class PostgresTarget : public Target {
public:
    PostgresTarget(const std::string& conninfo, std::string schema)
        : pool_(conninfo, schema, 1), connection_(pool_.acquire()), schema_(std::move(schema)) {
        connection_->check_interrupt = [this] { while_waiting(); };
        // Temporary objects must not hide those that are meant.
        connection_->execute("SET search_path = " + identifier(schema_) + ", pg_temp");
    }

    Dialect dialect() const override { return Dialect::postgres; }
    const std::string& schema() const override { return schema_; }
    std::string name() const override { return redacted(pool_.conninfo()); }

    Rows query(const std::string& sql) override {
        return guarded([&] { return connection_->query(sql); });
    }

    std::int64_t execute(const std::string& sql) override {
        return guarded([&] { return connection_->execute(sql); });
    }

    void run_script(std::istream& script) override {
        guarded([&] { run_restore_script(*connection_, script); });
    }

    std::unique_ptr<Target> another() const override {
        return open_postgres(pool_.conninfo(), schema_);
    }

private:
    template <typename Work> std::invoke_result_t<Work> guarded(const Work& work) {
        try {
            return work();
        } catch (const pqxx::sql_error& error) {
            throw StatementFailed(error.what(), error.sqlstate());
        } catch (const pqxx::broken_connection& error) {
            throw DatabaseUnreachable(std::string("the connection to PostgreSQL was lost: ") +
                                      error.what());
        }
    }

    Pool pool_;
    Pool::Lease connection_;
    std::string schema_;
};

}  // namespace

std::unique_ptr<Target> open_postgres(const std::string& conninfo, const std::string& schema) {
    return std::make_unique<PostgresTarget>(conninfo, schema);
}

}  // namespace ingot::schema
