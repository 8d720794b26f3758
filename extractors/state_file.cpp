// SPDX-License-Identifier: MIT
#include "extractors/state_file.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string_view>

#include <sqlite3.h>
#include <unistd.h>

namespace ingot {
namespace {

constexpr std::size_t kSmallestLimit = std::size_t{1} << 20;  // a schema's own SQL must fit
constexpr std::size_t kLargestLimit = 1'000'000'000;          // SQLite's own
constexpr int kMostOperations =
    250'000;  // of one statement; generated columns may nest without end
constexpr std::string_view kJournalEnd{"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8};

std::uint32_t big_endian(std::string_view four_bytes) {
    std::uint32_t value = 0;
    for (const char c : four_bytes) value = value << 8U | static_cast<unsigned char>(c);
    return value;
}

bool exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

/// 0: there is no such file.
std::streamoff size_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    return in ? static_cast<std::streamoff>(in.tellg()) : 0;
}

/// The last bytes of a file.
std::string tail_of(const std::string& path, std::streamoff most) {
    std::string tail(static_cast<std::size_t>(std::min(size_of(path), most)), '\0');
    std::ifstream in(path, std::ios::binary);
    in.seekg(-static_cast<std::streamoff>(tail.size()), std::ios::end);
    in.read(tail.data(), static_cast<std::streamsize>(tail.size()));
    return in ? tail : std::string();
}

/// Whether SQLite takes the name at the end of a journal for one.
bool is_sound(std::string_view name, std::uint32_t checksum) {
    for (const char c : name) checksum -= static_cast<std::uint32_t>(c);
    return checksum == 0;
}

/// A journal may end with the name of another file, the super-journal of a transaction over several
/// databases. If that file is gone, the transaction is complete and the journal means nothing; else
/// SQLite would play the journal back and then delete that file: wherever it is, it is not ours. So
/// the name is cut off. https://sqlite.org/fileformat2.html#the_rollback_journal
void settle_super_journal(const std::string& journal) {
    const std::string tail = tail_of(journal, 8192);
    if (tail.size() < 20 || !tail.ends_with(kJournalEnd)) return;
    const std::string_view numbers = std::string_view(tail).substr(tail.size() - 16);
    const std::size_t length = big_endian(numbers.substr(0, 4));
    if (length + 20 > tail.size()) return;  // too long a name for SQLite, too
    const std::string name = tail.substr(tail.size() - 16 - length, length);
    const bool is_complete = is_sound(name, big_endian(numbers.substr(4, 4))) &&
                             !(name.starts_with('/') && exists(name));
    const std::streamoff kept =
        is_complete ? 0 : size_of(journal) - static_cast<std::streamoff>(length + 20);
    if (truncate(journal.c_str(), kept) != 0) std::remove(journal.c_str());
}

/// Orders text of a collation that only the program that made the database knows.
int compare_bytes(void* /*unused*/, int a_size, const void* a, int b_size, const void* b) {
    const int order = std::memcmp(a, b, static_cast<std::size_t>(std::min(a_size, b_size)));
    return order != 0 ? order : a_size - b_size;
}

void supply_collation(void* /*unused*/, sqlite3* handle, int /*encoding*/, const char* name) {
    sqlite3_create_collation_v2(handle, name, SQLITE_UTF8, nullptr, compare_bytes, nullptr);
}

void disarm(SQLite::Database& database, std::size_t longest) {
    sqlite3* handle = database.getHandle();
    for (const int option : {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE})
        sqlite3_db_config(handle, option, 1, nullptr);
    for (const int option : {SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
                             SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION})
        sqlite3_db_config(handle, option, 0, nullptr);
    const std::size_t limit = std::clamp(longest, kSmallestLimit, kLargestLimit);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, static_cast<int>(limit));
    sqlite3_limit(handle, SQLITE_LIMIT_VDBE_OP, kMostOperations);
    sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_collation_needed(handle, nullptr, supply_collation);
    // Exclusive: the index of a -wal is kept in memory, no -shm is made.
    database.exec("PRAGMA locking_mode=EXCLUSIVE; PRAGMA cell_size_check=ON; PRAGMA query_only=ON");
}

}  // namespace

StateFile open_state_file(const std::string& path, std::size_t longest) {
    settle_super_journal(path + "-journal");
    StateFile file{SQLite::Database(path, SQLite::OPEN_READWRITE), {}};
    disarm(file.database, longest);
    constexpr const char* first_look = "SELECT 1 FROM sqlite_schema LIMIT 1";
    try {
        file.database.exec(first_look);
    } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() == SQLITE_NOTADB) throw;
        file.damage = error.what();
        // With this, SQLite passes over what it does not understand, a view of a newer version
        // for example, and over missing pages, instead of refusing the whole file.
        sqlite3_db_config(file.database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
        file.database.exec("PRAGMA writable_schema=ON");
        file.database.exec(first_look);
    }
    return file;
}

bool settle_state_file(const std::string& path) {
    settle_super_journal(path + "-journal");
    try {
        SQLite::Database database(path, SQLite::OPEN_READWRITE);
        for (const int option : {SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
                                 SQLITE_DBCONFIG_TRUSTED_SCHEMA})
            sqlite3_db_config(database.getHandle(), option, 0, nullptr);
        const std::string mode = database.execAndGet("PRAGMA journal_mode = DELETE").getString();
        return mode == "delete";
    } catch (const SQLite::Exception&) {
        return false;
    }
}

}  // namespace ingot
