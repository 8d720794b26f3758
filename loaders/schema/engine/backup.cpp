// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/backup.hpp"

#include "loaders/schema/engine/backup_manifest.hpp"
#include "loaders/schema/engine/catalog.hpp"
#include "loaders/schema/engine/definition_text.hpp"
#include "loaders/schema/engine/scratch_database.hpp"
#include "loaders/schema/engine/subprocess.hpp"

#include "pipeline/model/time.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>

#include <boost/filesystem.hpp>

namespace ingot::schema {
namespace {

std::string time_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return format_time({std::chrono::duration_cast<std::chrono::microseconds>(since).count()});
}

void compare(Target& scratch, const BackupInfo& info, const std::string& complaints) {
    std::string wrong;
    for (const BackupTable& table : info.tables) {
        std::string says;
        try {
            says = difference(table.hash, row_hash(scratch, table.hash.table, table.hash.columns));
        } catch (const StatementFailed& error) {
            says = table.hash.table + " cannot be read: " + error.what();
        }
        if (!says.empty()) wrong += (wrong.empty() ? "" : "; ") + says;
    }
    if (wrong.empty()) return;
    throw ValidationFailed("the backup " + info.file + " does not give back what it was made of: " +
                           wrong + (complaints.empty() ? "" : " (" + complaints + ")"));
}

/// Runs the archive's statements; what fails shows in what is compared afterwards.
Ending restore_into(const ScratchDatabase& scratch, Target& target, const BackupInfo& info,
                    std::vector<std::string> parts, const std::function<void()>& while_waiting) {
    target.while_waiting = while_waiting;
    target.execute("CREATE SCHEMA IF NOT EXISTS " + identifier(info.schema));
    std::vector<std::string> arguments = std::move(parts);
    for (const char* without : {"--no-owner", "--no-acl", "--no-publications", "--no-subscriptions",
                                "--no-security-labels"})
        arguments.emplace_back(without);
    arguments.push_back(info.file);
    return run_postgres_program(postgres_program("pg_restore", std::stoi(info.version)), arguments,
                                scratch.where(), while_waiting);
}

/// Views come without their rows here.
std::vector<std::string> definitions(std::vector<std::string> lines) {
    for (std::string& line : lines)
        if (const std::size_t at = line.rfind(" (not populated)"); at != std::string::npos)
            line.erase(at, std::string_view(" (not populated)").size());
    return lasting_definitions(std::move(lines));
}

/// A restore refuses what comes back otherwise than it was, so that it is found now. What cannot be made
/// without the rest of the database (an extension, a type of another schema) is no difference.
void prove_definitions(const BackupInfo& info, const std::string& place,
                       const std::function<void()>& while_waiting) {
    const ScratchDatabase scratch = ScratchDatabase::on_server(place);
    const std::unique_ptr<Target> target = scratch.open(info.schema);
    restore_into(scratch, *target, info, {"--schema-only"}, while_waiting);
    const auto then = definitions(info.description);
    std::string wrong;
    for (const std::string& line : definitions(describe(read_catalog(*target))))
        if (!line.starts_with("extension ") && !std::ranges::binary_search(then, line))
            wrong += (wrong.empty() ? "" : "; ") + line;
    if (!wrong.empty())
        throw ValidationFailed("the backup " + info.file +
                               " does not give back the definitions that it was made of: " + wrong);
}

/// Definitions and rows only: what comes after them (foreign keys) needs the rows of other tables.
void prove_rows(const BackupInfo& info, const std::string& place,
                const std::function<void()>& while_waiting) {
    const ScratchDatabase scratch = ScratchDatabase::on_server(place);
    const std::unique_ptr<Target> target = scratch.open(info.schema);
    const Ending ending = restore_into(scratch, *target, info,
                                       {"--section=pre-data", "--section=data"}, while_waiting);
    compare(*target, info, ending.exit_code == 0 ? "" : ending.errors);
}

void prove_sqlite(const BackupInfo& info) {
    const ScratchDatabase scratch = ScratchDatabase::copy_of(info.file);
    const std::unique_ptr<Target> target = scratch.open("main");
    const std::string verdict = target->ask("PRAGMA integrity_check");
    if (verdict != "ok")
        throw ValidationFailed("the backup " + info.file + " is damaged: " + verdict);
    compare(*target, info, "");
}

}  // namespace

BackupInfo make_backup(Target& target, const std::string& place,
                       const std::vector<std::string>& tables, const std::string& file,
                       const std::string& pack) {
    NewFile manifest(file + ".toml");
    NewFile content(file);
    BackupInfo info = target.dialect() == Dialect::sqlite
                          ? backup_sqlite(target, place, tables, content)
                          : backup_postgres(target, place, tables, content);
    info.file = file;
    info.pack = pack;
    info.time = time_now();
    info.schema = target.schema();
    info.content = content_hash(content.temporary());
    manifest.write(manifest_text(info));
    content.keep();
    manifest.keep();
    return info;
}

void prove_backup(const BackupInfo& info, const std::string& place,
                  const std::function<void()>& while_waiting) {
    try {
        if (info.dialect == Dialect::sqlite) return prove_sqlite(info);
        prove_definitions(info, place, while_waiting);
        prove_rows(info, place, while_waiting);
    } catch (const StatementFailed& error) {
        throw RunError(Exit::failed,
                       "the backup " + info.file + " cannot be proved: " + error.what());
    }
}

BackupInfo read_backup(const std::string& file) {
    std::ifstream in(file + ".toml", std::ios::binary);
    if (!in)
        throw RunError(Exit::failed, "cannot read " + file +
                                         ".toml, which `ingot schema up` writes beside a backup");
    const std::string text(std::istreambuf_iterator<char>(in), {});
    BackupInfo info = read_manifest(text, file);
    if (content_hash(file) != info.content)
        throw ValidationFailed(file + " is not the file that was written as a backup: its content "
                                      "has changed; nothing was restored");
    return info;
}

}  // namespace ingot::schema
