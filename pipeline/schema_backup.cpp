// SPDX-License-Identifier: MIT
#include "pipeline/schema_backup.hpp"

#include "pipeline/clock.hpp"

#include "loaders/schema/engine/backup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include <boost/filesystem/path.hpp>
#include <unistd.h>

namespace ingot {
namespace {

/// Tables of the migrations in which something is to do.
std::vector<std::string> changed_tables(const schema::Pack& pack, const schema::Plan& plan) {
    std::set<std::string> tables;
    for (const schema::PlannedStep& planned : plan.steps) {
        if (planned.assessment.state != schema::State::to_do) continue;
        const auto migration =
            std::ranges::find(pack.migrations, planned.version, &schema::Migration::version);
        const auto step = std::ranges::find(migration->steps, planned.step, &schema::Step::name);
        for (const std::string& table : step->operation->tables()) tables.insert(table);
    }
    return {tables.begin(), tables.end()};
}

/// The database's name as part of a file's name.
std::string database_name(schema::Target& target) {
    std::string name = target.dialect() == Dialect::postgres
                           ? target.ask("SELECT current_database()")
                           : boost::filesystem::path(target.name()).stem().string();
    for (char& c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_') c = '_';
    return name.substr(0, 63);
}

/// Runs on other databases may begin in the same moment in the same directory.
std::string default_file(const Options& options, SchemaSession& session) {
    std::string time = format_time(now());
    std::erase_if(time, [](char c) { return c == ':' || c == '-' || c == '.'; });
    return fmt::format("{}/backup-{}-{}-{}-{}.{}",
                       options.backup_folder.empty() ? options.log_dir : options.backup_folder,
                       session.pack.name, database_name(*session.target), time, getpid(),
                       options.postgres ? "dump" : "db");
}

}  // namespace

std::string back_up(const Options& options, SchemaSession& session, const schema::Plan& plan,
                    schema::Observer& observer) {
    const std::vector<std::string> tables = changed_tables(session.pack, plan);
    if (options.no_backup || tables.empty()) return "";
    const std::string place = options.postgres ? *options.postgres : options.sqlite;
    const std::string file =
        options.backup_file.empty() ? default_file(options, session) : options.backup_file;
    const Timestamp start = now();
    observer.step_begins(fmt::format("back up {} tables to {}", tables.size(), file));
    const schema::BackupInfo info =
        schema::make_backup(*session.target, place, tables, file, session.pack.name);
    schema::prove_backup(info, place, [&] { observer.check_interrupt(); });
    schema::LogEntry entry{.step = "backup",
                           .direction = "up",
                           .started_at = start,
                           .ended_at = now(),
                           .status = "done",
                           .detail = fmt::format("{} at position {}; restored into a scratch "
                                                 "database with equal row hashes",
                                                 file, info.position)};
    for (const schema::BackupTable& table : info.tables) entry.records += table.hash.rows;
    session.ledger->create();
    session.ledger->log(entry);
    observer.step_ended(entry);
    return file;
}

}  // namespace ingot
