// SPDX-License-Identifier: MIT
#include "tests/pipeline/fixture.hpp"

#include "tests/pipeline/program.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace ingot::testing {

namespace fs = boost::filesystem;

namespace {

/// 2026-01-02T03:04:05Z in seconds since 1970.
constexpr time_t kFixedTime = 1767323045;

void copy_tree(const fs::path& from, const fs::path& to) {
    fs::create_directory(to);
    for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
        const fs::path target = to / entry.path().filename();
        if (fs::is_directory(entry.symlink_status())) {
            copy_tree(entry.path(), target);
        } else {
            fs::copy(entry.path(), target);
        }
    }
}

void run_script(const fs::path& script, const fs::path& folder) {
    const Finished made = run({"/bin/bash", "-eu", script.string()}, folder.string());
    if (made.exit_code != 0) throw std::runtime_error(script.string() + ": " + made.errors);
}

void make_database(const fs::path& file, const fs::path& sql) {
    std::string text;
    fs::load_string_file(sql, text);
    fs::create_directories(file.parent_path());
    sqlite3* opened = nullptr;
    const int code = sqlite3_open(file.c_str(), &opened);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> db(opened, sqlite3_close);
    if (code != SQLITE_OK) throw std::runtime_error("cannot create " + file.string());
    // What was committed to a -wal stays there, as after a writer that was killed.
    sqlite3_db_config(db.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    if (sqlite3_exec(db.get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(sql.string() + ": " + sqlite3_errmsg(db.get()));
}

void make_databases(const fs::path& folder, const fs::path& claude) {
    if (!fs::exists(folder)) return;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".sql")
            make_database(claude / fs::relative(entry.path(), folder).replace_extension(),
                          entry.path());
}

/// What a checkout's time and umask would otherwise change.
void fix_attributes(const fs::path& path) {
    const timespec fixed{.tv_sec = kFixedTime, .tv_nsec = 0};
    const std::array times{fixed, fixed};
    const fs::file_status status = fs::symlink_status(path);
    const bool runs = fs::is_directory(status) || (status.permissions() & fs::owner_exe) != 0;
    if (!fs::is_symlink(status)) ::chmod(path.c_str(), runs ? 0755 : 0644);
    ::utimensat(AT_FDCWD, path.c_str(), times.data(), AT_SYMLINK_NOFOLLOW);
}

void fix_attributes_below(const fs::path& folder) {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (fs::is_directory(entry.symlink_status())) fix_attributes_below(entry.path());
        fix_attributes(entry.path());
    }
}

}  // namespace

fs::path fixture_folder(const std::string& name) {
    return fs::path(SOURCE_DIR) / "fixtures" / name;
}

std::vector<std::string> fixture_names() {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(fixture_folder("")))
        if (fs::is_directory(entry.status()) &&
            entry.path().filename() != "schemas")  // no workspace
            names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

Workspace lay_out(const std::string& name) {
    Workspace workspace;
    const fs::path from = fixture_folder(name);
    const fs::path claude = workspace.claude();
    if (fs::exists(from / "dot-claude")) {
        copy_tree(from / "dot-claude", claude);
    } else {
        fs::create_directory(claude);
    }
    if (fs::exists(from / "make.sh")) run_script(from / "make.sh", claude);
    make_databases(from / "databases", claude);
    fix_attributes_below(claude);
    return workspace;
}

}  // namespace ingot::testing
