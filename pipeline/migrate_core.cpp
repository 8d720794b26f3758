// SPDX-License-Identifier: MIT
#include "pipeline/migrate_core.hpp"

#include "loaders/lock.hpp"
#include "loaders/schema/engine/backup.hpp"
#include "pipeline/interrupt.hpp"
#include "pipeline/schema_session.hpp"

#include <boost/filesystem.hpp>
#include <fmt/format.h>

#include <array>
#include <cstring>
#include <fstream>
#include <optional>

namespace ingot {
namespace {

/// Says what happens on one line each.
class Lines : public schema::Observer {
public:
    explicit Lines(bool quiet) : quiet_(quiet) {}
    void step_ended(const schema::LogEntry& entry) override {
        if (!quiet_) fmt::print(stderr, "  {} {}\n", entry.status, entry.step);
    }
    void check_interrupt() override { ingot::check_interrupt(); }

private:
    bool quiet_;
};

/// Version of Ingot's schema in a database; nothing when it has none.
std::optional<int> version_of(schema::Target& target) {
    const bool sqlite = target.dialect() == Dialect::sqlite;
    const std::string version = target.ask(
        sqlite ? "SELECT user_version FROM pragma_user_version WHERE EXISTS (SELECT 1 FROM "
                 "sqlite_schema "
                 "WHERE name = 'import_runs')"
               : "SELECT substring(coalesce(obj_description(n.oid, 'pg_namespace'), "
                 "obj_description(w.oid, 'pg_class')) FROM 'ingot schema version ([0-9]+)') FROM "
                 "pg_namespace n JOIN pg_class w ON w.relnamespace = n.oid AND w.relname = "
                 "'workspaces' WHERE n.nspname = " +
                     schema::literal(target.schema()));
    if (version.empty() || version == "0") return std::nullopt;
    return std::stoi(version);
}

bool needs_migration(schema::Target& target) {
    const std::optional<int> version = version_of(target);
    return version && *version < kSchemaVersion;
}

/// user_version as SQLite's header has it (https://sqlite.org/fileformat2.html, offset 60): looking must
/// leave no trace, and opening makes files beside a database in WAL mode. 0: it is none, or too short.
std::uint32_t version_in_header(const std::string& path) {
    std::array<unsigned char, 64> header{};
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(header.data()), header.size());
    if (!file || std::memcmp(header.data(), "SQLite format 3", 16) != 0) return 0;
    std::uint32_t version = 0;
    for (std::size_t i = 60; i < 64; ++i) version = version << 8U | header[i];
    return version;
}

bool may_migrate(const Options& options, const std::string& what) {
    if (options.migrate) return true;
    if (options.dry_run || options.quiet || options.json) return false;
    try {
        return is_approved(options, "", what + " Bring it up to date?");
    } catch (const UsageError&) {  // nobody to ask
        return false;
    }
}

void migrate(const Options& options, schema::Target& target) {
    const int version = version_of(target).value_or(0);
    const std::string what =
        fmt::format("{} has version {} of Ingot's schema, this program needs {}.", target.name(),
                    version, kSchemaVersion);
    if (!may_migrate(options, what))
        throw RunError(Exit::schema, what + " Run `ingot import --migrate`" +
                                         (options.dry_run ? " before a dry run" : ""));
    const schema::Pack pack =
        schema::bind_pack(schema::find_pack("core", ""), schema::read_catalog(target), {});
    schema::Ledger ledger(target, options.pg_schema, pack.name);
    if (target.dialect() == Dialect::sqlite) {
        const std::string file = fmt::format("{}.schema-{}", target.name(), version);
        if (!boost::filesystem::exists(file)) schema::make_backup(target, target.name(), {}, file);
        if (!options.quiet) fmt::print(stderr, "{}\n  copied to {}\n", what, file);
    }
    Lines lines(options.quiet);
    schema::up(pack, target, ledger, {}, run_settings(options), lines);
}

}  // namespace

void bring_up_to_date(const Options& options) {
    const std::uint32_t version = version_in_header(options.sqlite);
    if (version > 0 && version < static_cast<std::uint32_t>(kSchemaVersion)) {
        const auto target = schema::open_sqlite(options.sqlite);
        if (needs_migration(*target)) {
            const FileLock lock(options.sqlite);
            migrate(options, *target);
        }
    }
    if (!options.postgres) return;
    try {
        const auto target = schema::open_postgres(*options.postgres, options.pg_schema);
        if (needs_migration(*target)) migrate(options, *target);
    } catch (const DatabaseUnreachable&) {  // the publication says so, after SQLite has its rows
    }
}

}  // namespace ingot
