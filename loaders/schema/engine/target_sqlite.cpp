// SPDX-License-Identifier: MIT
#include "loaders/database.hpp"
#include "loaders/schema/engine/target.hpp"
#include "loaders/sqlite_query.hpp"

#include <boost/filesystem.hpp>

namespace ingot::schema {
namespace {

class SqliteTarget : public Target {
public:
    explicit SqliteTarget(const std::string& path)
        : path_(path), db_(path, kOpenFlags, kWaitForLock), run_(sqlite_query(db_)) {
        // Both are off by default, and both change what renaming a table does to others.
        db_.exec("PRAGMA foreign_keys = ON; PRAGMA legacy_alter_table = OFF");
    }

    Dialect dialect() const override { return Dialect::sqlite; }
    const std::string& schema() const override { return schema_; }
    std::string name() const override { return path_; }

    Rows query(const std::string& sql) override {
        return guarded([&] { return run_(sql); });
    }

    std::int64_t execute(const std::string& sql) override {
        return guarded([&] { return static_cast<std::int64_t>(db_.exec(sql)); });
    }

    std::unique_ptr<Target> another() const override { return open_sqlite(path_); }

private:
    static constexpr int kWaitForLock = 5'000;  // milliseconds

    template <typename Work> std::invoke_result_t<Work> guarded(const Work& work) {
        try {
            return work();
        } catch (const SQLite::Exception& error) {
            throw StatementFailed(error.what(), std::to_string(error.getErrorCode() & 0xff));
        }
    }

    std::string path_;
    std::string schema_ = "main";
    SQLite::Database db_;
    RunQuery run_;
};

}  // namespace

std::unique_ptr<Target> open_sqlite(const std::string& path) {
    if (!boost::filesystem::exists(path))
        throw RunError(Exit::failed, "there is no " + path + "; name the database with --sqlite");
    try {
        auto target = std::make_unique<SqliteTarget>(path);
        target->query("SELECT count(*) FROM sqlite_schema");
        return target;
    } catch (const std::exception& error) {
        throw RunError(Exit::failed, "cannot open " + path + ": " + error.what());
    }
}

}  // namespace ingot::schema
