// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/progress.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace ingot {

/// Everything that the command line can say.
struct Options {
    std::optional<std::string> workspace;  ///< Read only; nothing is ever written below it.
    std::optional<std::string> all;        ///< Every .claude below this directory.
    std::vector<std::string> names;        ///< --workspace: identities in the database.
    std::set<std::string> given;           ///< Options of the command line: "--postgres", …

    std::string sqlite = "ingot.db";
    bool sqlite_given = false;
    std::optional<std::string> postgres;  ///< Connection text; none: stop after SQLite.
    std::string pg_schema = "ingot";
    std::size_t pg_connections = 2;

    std::vector<std::string> only;    ///< Families and globs; empty: all sources.
    std::vector<std::string> tables;  ///< Empty: all tables.
    bool prune = false;               ///< Remove what vanished.
    bool thorough = false;            ///< Publish: compare history and entities in any case.
    bool adopt = false;               ///< Publish from another SQLite file than before.
    bool backup = false;              ///< Copy an existing SQLite file first.
    bool migrate = false;             ///< Bring older databases up to date without asking.
    bool archive = true;              ///< Keep the original bytes too.
    bool dry_run = false;             ///< Everything but the writing.
    std::string expect;               ///< Fingerprint of the plan that was looked at.
    bool exit_code = false;           ///< Exit 8 when changes are pending.
    std::string timezone = "UTC";     ///< For times without a zone.

    // Performance
    std::size_t threads = 0;            ///< Extractor threads; 0: one per core.
    std::int64_t batch_rows = 100'000;  ///< Rows per batch: a transaction may end after so many.
    std::uint64_t memory = std::uint64_t{96} << 20U;      ///< Bytes for pieces under way.
    std::uint64_t max_record = std::uint64_t{64} << 20U;  ///< A longer record is quarantined.
    std::uint64_t snapshot_inline = std::uint64_t{64}
                                    << 10U;  ///< Longer content goes to the file store.

    // What is shown
    std::vector<std::string>
        reports;  ///< Files to write the report to; the ending tells the format.
    bool json = false;
    bool quiet = false;
    bool verbose = false;
    bool strict = false;  ///< Exit 4 when something was quarantined or unreadable.
    ProgressMode progress = ProgressMode::automatic;

    // Single commands
    bool records = false;     ///< scan: count records.
    bool schema = false;      ///< scan: show tables, columns and key paths.
    std::string snapshot_id;  ///< snapshot
    bool deep = false;        ///< validate: extract the sources again.
    std::string to;           ///< export: the directory.
    bool overwrite = false;   ///< export: into a directory that is not empty.
    std::string run;          ///< undo, report: a run's id; export: --as-of.
    std::string reason;       ///< rejects: only this reason.
    std::string source;       ///< rejects: only sources that match this glob.
    std::string raw_id;       ///< rejects: print the bytes of this one.
    bool replay = false;      ///< rejects: try them again.

    // schema lint
    std::vector<std::string> files;   ///< `-`: standard input.
    bool sarif = false;               ///< Print a SARIF document.
    bool sqlite_dialect = false;      ///< --dialect sqlite.
    std::vector<std::string> assume;  ///< What the runner does: transaction, lock_timeout.

    // schema
    std::string target_schema = "public";  ///< Of PostgreSQL.
    std::string pack;                      ///< Which migrations.
    std::string pack_dir;                  ///< Packs of the user.
    std::vector<std::string> map;          ///< old=new
    bool yes = false;                      ///< Do not ask.
    std::optional<std::int64_t> to_version;
    std::optional<std::int64_t> phase;
    std::string backup_file;
    bool no_backup = false;
    bool rollback_on_failure = false;
    bool skip_conflicts = false;
    bool repair = false;               ///< plan, up: what is missing of applied migrations.
    double lock_timeout = 2;           ///< Seconds.
    double build_lock_timeout = 60;    ///< Seconds.
    bool all_versions = false;         ///< down: everything.
    std::vector<std::string> objects;  ///< down: only these.
    std::string emergency;             ///< down: this switch alone.
    bool sql = false;                  ///< plan: as a script.
    std::string log_dir = ".";
    int runs = 5;                                ///< Of a query whose time is measured.
    std::string env;                             ///< Profile.
    std::optional<std::int64_t> sample = 1'000;  ///< rehearse: rows of each table; none: all.
    // What a profile says and the command line cannot.
    std::string approval;                  ///< ask, none, fingerprint or rehearsed; empty: ask.
    std::string backup_folder;             ///< Empty: that of the log.
    std::vector<std::string> before_hook;  ///< Program with arguments; empty: none.
    std::vector<std::string> after_hook;
    // schema audit, rename-plan
    std::string pack_folder;           ///< audit --fix, rename-plan -o: a pack is written there.
    std::vector<std::string> renames;  ///< rename-plan --map: old=new.
    std::string scanned_folder;        ///< rename-plan --scan: source files.
};

/// Adds some options to a command's parser.
using OptionGroup = void (*)(CLI::App&, Options&);

// The groups that commands are made of.
void workspace_argument(CLI::App& app, Options& options);
void all_option(CLI::App& app, Options& options);
void name_option(CLI::App& app, Options& options);
void sqlite_option(CLI::App& app, Options& options);
void postgres_option(CLI::App& app, Options& options);
void postgres_options(CLI::App& app, Options& options);
void source_selection(CLI::App& app, Options& options);
void table_selection(CLI::App& app, Options& options);
void dry_run_options(CLI::App& app, Options& options);
void import_options(CLI::App& app, Options& options);
void adopt_option(CLI::App& app, Options& options);
void performance_options(CLI::App& app, Options& options);
void output_options(CLI::App& app, Options& options);
void scan_options(CLI::App& app, Options& options);
void export_options(CLI::App& app, Options& options);
void deep_option(CLI::App& app, Options& options);
void reject_options(CLI::App& app, Options& options);
void undo_options(CLI::App& app, Options& options);
void snapshot_argument(CLI::App& app, Options& options);
void report_files(CLI::App& app, Options& options);
void run_argument(CLI::App& app, Options& options);
void lint_options(CLI::App& app, Options& options);
void target_options(CLI::App& app, Options& options);
void pack_options(CLI::App& app, Options& options);
void plan_options(CLI::App& app, Options& options);
void version_options(CLI::App& app, Options& options);
void repair_option(CLI::App& app, Options& options);
void change_options(CLI::App& app, Options& options);
void up_options(CLI::App& app, Options& options);
void down_options(CLI::App& app, Options& options);
void runs_option(CLI::App& app, Options& options);
void rehearse_options(CLI::App& app, Options& options);
void status_options(CLI::App& app, Options& options);
void schema_output(CLI::App& app, Options& options);
void restore_options(CLI::App& app, Options& options);
void printing_options(CLI::App& app, Options& options);
void audit_options(CLI::App& app, Options& options);
void rename_plan_options(CLI::App& app, Options& options);

/// A word after `ingot`: one file each in pipeline/commands, one line in its list.
struct Command {
    std::string name;
    std::string says;     ///< One sentence for --help.
    std::string example;  ///< Command lines with what they do.
    std::vector<OptionGroup> options;
    int (*run)(const Options&);  ///< Returns the exit code; null when there are subcommands.
    std::vector<Command> subcommands = {};
};

/// What argv asks for: a command with its options, or an exit code when help was shown or it is wrong.
struct Invocation {
    const Command* command = nullptr;
    Options options;
    int exit_code = 0;
};

Invocation parse(int argc, char** argv, std::span<const Command> commands);

}  // namespace ingot
