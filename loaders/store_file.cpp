// SPDX-License-Identifier: MIT
#include "loaders/store.hpp"

#include "loaders/database.hpp"
#include "loaders/ddl.hpp"

#include "pipeline/model/errors.hpp"

#include <algorithm>
#include <chrono>

#include <SQLiteCpp/Backup.h>
#include <boost/filesystem.hpp>
#include <fcntl.h>
#include <unistd.h>

/// How the store's file comes into being and gets its name.
namespace ingot {
namespace {

namespace fs = boost::filesystem;

/// No journal and no sync while the file is private: it is synced once, before it gets its name.
constexpr const char* kNewFile = R"(
PRAGMA page_size = 32768;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA secure_delete = OFF;
PRAGMA foreign_keys = OFF;
)";

void sync_path(const std::string& path) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

std::string directory_of(const std::string& path) {
    const std::string parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

/// A new file takes the place of what has its name: that must be nothing, or a database.
void require_usable(const std::string& path) {
    const auto refuse = [&](const std::string& why) {
        throw UsageError(path + " " + why + "; name another file with --sqlite");
    };
    if (path == ":memory:" || path.starts_with("file:")) refuse("is not a file that stays");
    const fs::file_status there = fs::status(path);
    if (there.type() == fs::file_not_found && fs::is_symlink(fs::symlink_status(path)))
        refuse("is a link to a file that is not there");
    if (there.type() != fs::file_not_found && there.type() != fs::regular_file)
        refuse("is no regular file");
}

std::string now_for_a_name() {
    std::string name = format_time({std::chrono::duration_cast<std::chrono::microseconds>(
                                        std::chrono::system_clock::now().time_since_epoch())
                                        .count()});
    std::erase_if(name, [](char c) { return c == '-' || c == ':' || c == '.'; });
    return name;
}

}  // namespace

Store::Store(const StoreOptions& options) : options_(options), files_(options.path + ".store") {
    require_usable(options_.path);
    is_new_ = !fs::exists(options_.path);
    file_ = is_new_ ? options_.path + ".partial" : options_.path;
    lock_ = std::make_unique<FileLock>(file_);
    if (is_new_ && fs::exists(options_.path))
        throw Locked("another import has just made " + options_.path + "; try again");
    had_file_store_ = fs::exists(options_.path + ".store");
    if (is_new_) {
        open_new();
    } else {
        open_existing();
    }
    rows_ = std::make_unique<SourceRows>(*db_, options_.tables, is_new_);
}

Store::~Store() {
    rows_.reset();
    segments_.reset();
    transaction_.reset();
    db_.reset();
    if (!is_new_ || !fs::exists(file_)) return;
    boost::system::error_code
        ignored;  // a destructor must not throw; the next run takes the rest away
    fs::remove(file_, ignored);
    fs::remove(file_ + "-journal", ignored);
    if (!had_file_store_) fs::remove_all(options_.path + ".store", ignored);
}

void Store::open_new() {
    for (const char* leftover : {"-journal", "-wal", "-shm"}) fs::remove(file_ + leftover);
    if (truncate(file_.c_str(), 0) != 0) throw RunError(Exit::failed, "cannot write " + file_);
    db_ = std::make_unique<SQLite::Database>(file_, kOpenFlags | SQLite::OPEN_CREATE);
    db_->exec(kNewFile);
    transaction_ = std::make_unique<SQLite::Transaction>(*db_);
    for (const Table* table : options_.tables) db_->exec(create_table(Dialect::sqlite, *table));
}

void Store::open_existing() {
    db_ = std::make_unique<SQLite::Database>(file_, kOpenFlags, 10'000);
    require_known_schema(*db_, file_);
    if (options_.backup) {
        backup_path_ = file_ + ".backup-" + now_for_a_name();
        SQLite::Database copy(backup_path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Backup(copy, *db_).executeStep(-1);
    }
}

std::string Store::store_id() {
    return db_->execAndGet("SELECT coalesce((SELECT store_id FROM workspaces LIMIT 1), '')")
        .getString();
}

/// The file is whole: it is synced, then renamed, so that under its name there is all of it or nothing.
void Store::give_name() {
    rows_.reset();
    segments_.reset();
    db_->exec("PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL");
    db_.reset();
    sync_path(file_);
    fs::rename(file_, options_.path);
    sync_path(directory_of(options_.path));
    is_new_ = false;
    file_ = options_.path;
    db_ = std::make_unique<SQLite::Database>(file_, kOpenFlags, 10'000);
    rows_ = std::make_unique<SourceRows>(*db_, options_.tables, false);
}

}  // namespace ingot
