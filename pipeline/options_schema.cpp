// SPDX-License-Identifier: MIT
#include "pipeline/options.hpp"

#include <CLI/CLI.hpp>

namespace ingot {

void target_options(CLI::App& app, Options& options) {
    postgres_option(app, options);
    sqlite_option(app, options);
    app.get_option("--sqlite")
        ->description("SQLite file, instead of PostgreSQL")
        ->excludes(app.get_option("--postgres"));
    app.add_option("--pg-schema", options.pg_schema,
                   "PostgreSQL schema for Ingot's own tables (ingot)")
        ->option_text("NAME");
    app.add_option("--target-schema", options.target_schema,
                   "PostgreSQL schema that is changed (public)")
        ->option_text("NAME");
}

void pack_options(CLI::App& app, Options& options) {
    app.add_option("--pack", options.pack, "Which migrations; `ingot schema packs` lists them")
        ->option_text("P");
    app.add_option("--pack-dir", options.pack_dir, "Directory with packs of your own")
        ->option_text("DIR");
    app.add_option("--map", options.map,
                   "The pack's name OLD is called NEW in this database; several with commas")
        ->option_text("OLD=NEW")
        ->delimiter(',')
        ->allow_extra_args(false);
    app.add_option("--env", options.env,
                   "Profile with connection, backup, approval and hooks: ./ingot.NAME.toml, else "
                   "~/.config/ingot/NAME.toml")
        ->option_text("NAME");
}

void plan_options(CLI::App& app, Options& options) {
    app.add_flag("--sql", options.sql, "Print the plan as a script for psql or sqlite3");
}

void version_options(CLI::App& app, Options& options) {
    app.add_option("--to", options.to_version, "Up to this version")->option_text("N");
    app.add_option("--phase", options.phase, "Only migrations of this phase")->option_text("N");
}

namespace {

/// CLI::Range lets a value through that is no number.
CLI::Validator seconds() {
    return {[](std::string& text) {
                double value = 0;
                const bool fits =
                    CLI::detail::lexical_cast(text, value) && value >= 0.001 && value <= 86'400;
                return fits ? "" : "must be 0.001 to 86400 seconds: " + text;
            },
            ""};
}

}  // namespace

void repair_option(CLI::App& app, Options& options) {
    app.add_flag(
        "--repair", options.repair,
        "Also what is missing of applied migrations: skipped, damaged or taken back alone");
}

void change_options(CLI::App& app, Options& options) {
    app.add_flag("--yes", options.yes, "Do not ask");
    app.add_option("--expect", options.expect,
                   "Do not ask, but refuse (exit 8) when the plan has another fingerprint")
        ->option_text("FINGERPRINT");
    app.add_option("--lock-timeout", options.lock_timeout,
                   "Seconds that a statement may wait for a lock before it is tried again (2); at "
                   "most half of the server's deadlock_timeout")
        ->check(seconds())
        ->option_text("S");
    app.add_option("--build-lock-timeout", options.build_lock_timeout,
                   "The same for concurrent builds, which block nobody while they wait (60)")
        ->check(seconds())
        ->option_text("S");
    app.add_option("--log-dir", options.log_dir, "Directory for migration-log-TIME.txt (.)")
        ->option_text("DIR");
}

void up_options(CLI::App& app, Options& options) {
    CLI::Option* backup =
        app.add_option("--backup", options.backup_file,
                       "File for the backup of the affected tables (backup-PACK-TIME)")
            ->option_text("FILE");
    app.add_flag("--no-backup", options.no_backup, "Make none")->excludes(backup);
    app.add_option_function<std::string>(
           "--on-failure",
           [&options](const std::string& what) {
               options.rollback_on_failure = what == "rollback";
           },
           "stop or rollback (stop)")
        ->check(CLI::IsMember({"stop", "rollback"}).description(""))
        ->option_text("WHAT");
    app.add_option_function<std::string>(
           "--on-conflict",
           [&options](const std::string& what) { options.skip_conflicts = what == "skip"; },
           "stop or skip (stop)")
        ->check(CLI::IsMember({"stop", "skip"}).description(""))
        ->option_text("WHAT");
}

void down_options(CLI::App& app, Options& options) {
    CLI::Option* to = app.add_option("--to", options.to_version,
                                     "Take back all above this version (the last one)")
                          ->option_text("N");
    CLI::Option* all = app.add_flag("--all", options.all_versions, "Take back everything");
    CLI::Option* only = app.add_option("--only", options.objects,
                                       "Take back only this index, column, table …; repeatable")
                            ->option_text("OBJECT")
                            ->allow_extra_args(false);
    CLI::Option* flag =
        app.add_option("--switch", options.emergency,
                       "Only set this flag of the pack, for an emergency; nothing else changes")
            ->option_text("NAME");
    all->excludes(to)->excludes(only)->excludes(flag);
    only->excludes(to)->excludes(flag);
}

void runs_option(CLI::App& app, Options& options) {
    app.add_option("--runs", options.runs, "Runs of a query whose time is measured (5)")
        ->check(CLI::Range(1, 1000).description(""))
        ->option_text("N");
}

void rehearse_options(CLI::App& app, Options& options) {
    app.add_option_function<std::string>(
           "--sample",
           [&options](const std::string& rows) {
               options.sample = rows == "all" ? std::nullopt : std::optional(std::stoll(rows));
           },
           "Rows of each table that are copied, with those that they refer to: a number or all "
           "(1000). SQLite: always all")
        ->check(CLI::Validator(
            [](std::string& rows) {
                const bool is_number = !rows.empty() && rows.size() <= 12 &&
                                       rows.find_first_not_of("0123456789") == std::string::npos;
                return is_number || rows == "all" ? "" : "must be a number or all";
            },
            ""))
        ->option_text("ROWS");
}

void status_options(CLI::App& app, Options& options) {
    app.add_flag("--exit-code", options.exit_code, "Exit 8 when migrations are pending");
}

void audit_options(CLI::App& app, Options& options) {
    app.add_option("--fix", options.pack_folder,
                   "Write a pack that mends what was found to this new directory; the database "
                   "stays as it is")
        ->option_text("DIR");
    app.add_flag("--strict", options.strict, "Exit 3 for warnings too");
    app.add_flag("-v,--verbose", options.verbose, "Also say what could not be judged, and why");
}

void rename_plan_options(CLI::App& app, Options& options) {
    app.add_option("--to", "What names shall look like: snake_case")
        ->required()
        ->check(CLI::IsMember({"snake_case"}).description(""))
        ->option_text("STYLE");
    app.add_option("--map", options.renames,
                   "Names of your own: old=new, divided by commas; old=old leaves a table as it is")
        ->delimiter(',')
        ->option_text("OLD=NEW");
    app.add_option("--scan", options.scanned_folder,
                   "List SQL in the source files of this directory that uses the old names")
        ->option_text("SRC");
    app.add_option("-o,--output", options.pack_folder, "Write the pack to this new directory")
        ->option_text("DIR");
}

void printing_options(CLI::App& app, Options& options) {
    app.add_flag("--json", options.json, "Print one JSON document");
    app.add_flag("-q,--quiet", options.quiet, "Print nothing but errors");
}

void schema_output(CLI::App& app, Options& options) {
    report_files(app, options);
    printing_options(app, options);
    app.add_flag("-v,--verbose", options.verbose, "Print every statement");
}

void restore_options(CLI::App& app, Options& options) {
    app.add_option("FILE", options.files, "A backup; FILE.toml stands beside it")
        ->required()
        ->expected(1);
    app.add_flag("--yes", options.yes, "Do not ask");
    app.add_flag("-n,--dry-run", options.dry_run, "Only say what would happen");
}

}  // namespace ingot
