// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/scratch_database.hpp"

#include "loaders/database.hpp"
#include "loaders/schema/engine/subprocess.hpp"

#include <chrono>
#include <ctime>

#include <SQLiteCpp/Backup.h>
#include <boost/filesystem.hpp>
#include <unistd.h>

namespace ingot::schema {
namespace {

namespace fs = boost::filesystem;

constexpr std::string_view kPrefix = "ingot_scratch_";
constexpr std::int64_t kLeftAlone = 3'600;  ///< Seconds in which a new one may have no session yet.

/// ingot_scratch_<seconds since 1970>_<process>_<random>
std::string new_name() {
    return std::string(kPrefix) + std::to_string(std::time(nullptr)) + "_" +
           std::to_string(getpid()) + "_" + fs::unique_path("%%%%%%%%").string();
}

/// What killed runs left: an hour old, ours by name and owner, and without any session. The server
/// itself refuses to drop a database that somebody is connected to.
void drop_leftovers(Target& server) {
    const Rows rows =
        server.query("SELECT datname FROM pg_database d WHERE datname ~ "
                     "'^ingot_scratch_[0-9]+_[0-9]+_[0-9a-f]+$'"
                     " AND pg_get_userbyid(datdba) = current_user"
                     " AND split_part(datname, '_', 3)::numeric < extract(epoch FROM now()) - " +
                     std::to_string(kLeftAlone) +
                     " AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)");
    for (const auto& row : rows) {
        try {
            server.execute("DROP DATABASE " + identifier(*row[0]));
        } catch (const StatementFailed&) {  // somebody was quicker
        }
    }
}

/// CREATE DATABASE like the one that the session is in.
std::string create_statement(Target& server, const std::string& name) {
    const Rows rows = server.query(
        "SELECT pg_encoding_to_char(encoding), datcollate, datctype,"
        " to_jsonb(d)->>'datlocprovider', coalesce(to_jsonb(d)->>'datlocale',"
        " to_jsonb(d)->>'daticulocale') FROM pg_database d WHERE datname = current_database()");
    const auto& row = rows.at(0);
    std::string sql = "CREATE DATABASE " + identifier(name) + " TEMPLATE template0 ENCODING " +
                      literal(row[0].value_or("UTF8")) + " LC_COLLATE " +
                      literal(row[1].value_or("C")) + " LC_CTYPE " + literal(row[2].value_or("C"));
    if (row[3] == "i" && row[4]) sql += " LOCALE_PROVIDER icu ICU_LOCALE " + literal(*row[4]);
    return sql;
}

void require_right(Target& server) {
    if (server.ask("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user") !=
        "t")
        throw RunError(Exit::failed,
                       "the user " + server.ask("SELECT current_user") + " of " + server.name() +
                           " may not make databases, and one is needed to try things in; let an "
                           "administrator run: ALTER ROLE " +
                           server.ask("SELECT quote_ident(current_user)") + " CREATEDB");
}

}  // namespace

void copy_sqlite(const std::string& from, const std::string& to) {
    constexpr int kWait = 5'000;  // milliseconds
    const auto fail = [&](const std::string& why) {
        throw RunError(Exit::failed, "cannot copy " + from + " to " + to + ": " + why);
    };
    try {
        SQLite::Database source(from, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, kWait);
        SQLite::Database copy(to, kOpenFlags | SQLITE_OPEN_CREATE, kWait);
        if (SQLite::Backup(copy, source).executeStep(-1) != SQLITE_DONE)
            fail("another program holds a lock");
    } catch (const SQLite::Exception& error) {
        fail(error.what());
    }
}

ScratchDatabase ScratchDatabase::on_server(const std::string& conninfo) {
    std::unique_ptr<Target> server = open_postgres(conninfo, "public");
    require_right(*server);
    drop_leftovers(*server);
    const std::string name = new_name();
    server->execute(create_statement(*server, name));
    ScratchDatabase made;
    made.name_ = name;
    made.where_ = conninfo_for(conninfo, name);
    made.server_ = std::move(server);
    made.session_ = open_postgres(made.where_, "public");
    made.take_extensions(*made.server_);
    return made;
}

ScratchDatabase ScratchDatabase::copy_of(const std::string& sqlite_file) {
    const fs::path file = fs::temp_directory_path() / (new_name() + ".db");
    ScratchDatabase made;
    made.where_ = file.string();
    copy_sqlite(sqlite_file, made.where_);
    fs::permissions(file, fs::owner_read | fs::owner_write);
    return made;
}

ScratchDatabase::~ScratchDatabase() {
    session_.reset();
    if (where_.empty()) return;
    if (!server_) {
        boost::system::error_code none;
        for (const char* ending : {"", "-wal", "-shm", "-journal"})
            fs::remove(where_ + ending, none);
        return;
    }
    try {
        server_->execute("DROP DATABASE IF EXISTS " + identifier(name_) + " WITH (FORCE)");
    } catch (const std::exception&) {  // the server is gone; the next one finds the leftover
    }
}

std::unique_ptr<Target> ScratchDatabase::open(const std::string& schema) const {
    return server_ ? open_postgres(where_, schema) : open_sqlite(where_);
}

void ScratchDatabase::take_extensions(Target& from) {
    const Rows rows = from.query(
        "SELECT quote_ident(extname), quote_ident(nspname) FROM pg_extension"
        " JOIN pg_namespace n ON n.oid = extnamespace WHERE extname <> 'plpgsql' ORDER BY 1");
    for (const auto& row : rows) {
        try {
            session_->execute("CREATE SCHEMA IF NOT EXISTS " + *row[1]);
            session_->execute("CREATE EXTENSION IF NOT EXISTS " + *row[0] + " SCHEMA " + *row[1] +
                              " CASCADE");
        } catch (const StatementFailed&) {  // what needs it will say so
        }
    }
}

}  // namespace ingot::schema
