// SPDX-License-Identifier: MIT
#include "pipeline/options.hpp"

#include "pipeline/model/reject.hpp"
#include "pipeline/report/printable.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <set>

namespace ingot {
namespace {

constexpr const char* kExitCodes =
    "Exit codes: 0 done and valid, 1 failed, 2 wrong usage, 3 validation found a difference or a "
    "broken rule,\n"
    "4 --strict and something was quarantined, 5 database not reachable, 6 schema too new or "
    "drifted,\n"
    "7 another run holds the lock, 8 changes are pending, 130/143 interrupted.";

/// `--postgres` alone means $DATABASE_URL.
std::string database_url() {
    const char* url = std::getenv("DATABASE_URL");
    if (url == nullptr)
        throw CLI::ValidationError("--postgres", "has no value and DATABASE_URL is not set");
    return url;
}

/// The command and its subcommands below `parent`.
void add_command(CLI::App& parent, const Command& command, Invocation& invocation) {
    CLI::App* sub = parent.add_subcommand(command.name, command.says);
    sub->footer(command.example + "\n" + kExitCodes);
    for (const OptionGroup add : command.options) add(*sub, invocation.options);
    for (const Command& each : command.subcommands) add_command(*sub, each, invocation);
    if (command.run == nullptr)
        sub->require_subcommand(1);
    else
        sub->callback([&invocation, &command, sub] {
            invocation.command = &command;
            for (const CLI::Option* option : sub->get_options())
                if (option->count() > 0) invocation.options.given.insert(option->get_name());
        });
}

}  // namespace

void workspace_argument(CLI::App& app, Options& options) {
    app.add_option(
        "WORKSPACE", options.workspace,
        "A .claude directory, or one that holds it ($CLAUDE_CONFIG_DIR, ./.claude or ~/.claude)");
}

void all_option(CLI::App& app, Options& options) {
    app.add_option("--all", options.all, "Every .claude below DIR; goes on past a bad one")
        ->option_text("DIR");
}

void name_option(CLI::App& app, Options& options) {
    app.add_option("--workspace", options.names, "Identity of the workspace (host and real path)")
        ->option_text("NAME")
        ->check(CLI::Validator([](std::string& name) { return name.empty() ? "needs a name" : ""; },
                               ""));
}

void sqlite_option(CLI::App& app, Options& options) {
    app.add_option_function<std::string>(
           "--sqlite",
           [&options](const std::string& file) {
               if (file.empty()) throw CLI::ValidationError("--sqlite", "needs a file name");
               options.sqlite = file;
               options.sqlite_given = true;
           },
           "SQLite file (ingot.db)")
        ->option_text("FILE");
}

void postgres_option(CLI::App& app, Options& options) {
    app.add_option_function<std::vector<std::string>>(
           "--postgres",
           [&options](const std::vector<std::string>& values) {
               const bool has_value = !values.empty() && !(values.size() == 1 && values[0] == "{}");
               options.postgres = has_value ? values[0] : database_url();
           },
           "postgres:// URL or key=value text; '' for the PG* environment; without a value "
           "DATABASE_URL")
        ->expected(0, 1)
        ->option_text("[CONN]");
}

void postgres_options(CLI::App& app, Options& options) {
    postgres_option(app, options);
    app.add_option("--pg-schema", options.pg_schema, "PostgreSQL schema (ingot)")
        ->option_text("NAME");
    app.add_option("--pg-connections", options.pg_connections, "Pool size (2)")
        ->check(CLI::Range(1, 10))
        ->option_text("N");
}

void source_selection(CLI::App& app, Options& options) {
    app.add_option(
           "--only", options.only,
           "Only these sources: a family (log, transcript, …) or a glob over paths; repeatable")
        ->option_text("FAMILY|GLOB")
        ->type_size(1)
        ->allow_extra_args(false);
}

void table_selection(CLI::App& app, Options& options) {
    app.add_option("--table", options.tables, "Only this table; repeatable")
        ->option_text("T")
        ->allow_extra_args(false);
}

void dry_run_options(CLI::App& app, Options& options) {
    CLI::Option* dry_run = app.add_flag("-n,--dry-run", options.dry_run,
                                        "Everything but the writing: exact counts, a fingerprint");
    app.add_flag("--exit-code", options.exit_code, "With -n: exit 8 when changes are pending")
        ->needs(dry_run);
    app.add_option("--expect", options.expect,
                   "Refuse (exit 8) when the plan has another fingerprint")
        ->option_text("FINGERPRINT");
}

void import_options(CLI::App& app, Options& options) {
    app.add_flag("--prune", options.prune, "Remove the rows of files that vanished");
    app.add_flag("--backup", options.backup, "Copy an existing SQLite file first");
    app.add_flag("--migrate", options.migrate,
                 "Bring databases of an older Ingot up to date without asking");
    app.add_flag_callback(
        "--no-archive", [&options] { options.archive = false; }, "Do not keep the original bytes");
    app.add_option("--timezone", options.timezone, "For times without a zone (UTC)")
        ->option_text("TZ");
    app.add_flag("--strict", options.strict, "Exit 4 when something was quarantined or unreadable");
}

void adopt_option(CLI::App& app, Options& options) {
    app.add_flag("--adopt", options.adopt, "Publish although another SQLite file published before");
}

void performance_options(CLI::App& app, Options& options) {
    app.add_option("-j,--jobs", options.threads, "Threads (one per core)")
        ->option_text("N")
        ->check(CLI::Range(0, 1024));
    app.add_option("--batch-rows", options.batch_rows, "Rows per batch (100000)")
        ->check(CLI::Range(1, 1'000'000'000).description(""))
        ->option_text("N");
    const auto size = CLI::AsSizeValue(false);
    const auto at_least = [](std::uint64_t least) {
        return CLI::Validator(
            [least](std::string& bytes) {
                return bytes.starts_with('-') || std::stoull(bytes) < least
                           ? "must be at least " + std::to_string(least) + " bytes"
                           : std::string();
            },
            "");
    };
    app.add_option("--memory", options.memory, "Bound for data under way (96MiB)")
        ->check(at_least(std::uint64_t{1} << 20U))
        ->transform(size)
        ->option_text("SIZE");
    app.add_option("--max-record", options.max_record, "Longest record (64MiB)")
        ->check(at_least(1024))
        ->transform(size)
        ->option_text("SIZE");
    app.add_option("--snapshot-inline", options.snapshot_inline,
                   "Longer snapshots go to FILE.store (64KiB)")
        ->check(at_least(0))
        ->transform(size)
        ->option_text("SIZE");
}

void output_options(CLI::App& app, Options& options) {
    app.add_flag("--json", options.json, "Print one JSON document");
    app.add_flag("-q,--quiet", options.quiet, "Print nothing but errors");
    app.add_flag("-v,--verbose", options.verbose, "Print every source");
    app.add_option_function<std::string>(
           "--progress",
           [&options](const std::string& mode) {
               options.progress = mode == "plain"  ? ProgressMode::plain
                                  : mode == "none" ? ProgressMode::none
                                                   : ProgressMode::automatic;
           },
           "auto, plain or none (auto)")
        ->check(CLI::IsMember({"auto", "plain", "none"}).description(""))
        ->option_text("MODE");
}

void scan_options(CLI::App& app, Options& options) {
    app.add_flag("--records", options.records, "Count records too: reads every file");
    app.add_flag("--schema", options.schema,
                 "Show tables and columns of state databases and the key paths of JSON");
}

void export_options(CLI::App& app, Options& options) {
    app.add_option("--to", options.to, "Directory to write to: a new or an empty one")
        ->option_text("DIR")
        ->required();
    app.add_flag("--overwrite", options.overwrite, "Write into a directory that is not empty");
    app.add_option("--as-of", options.run, "As the files were after this run")->option_text("RUN");
}

void reject_options(CLI::App& app, Options& options) {
    std::set<std::string> reasons;
    for (int i = 0; i <= static_cast<int>(Reason::incomplete); ++i)
        reasons.emplace(name_of(static_cast<Reason>(i)));
    app.add_option("--reason", options.reason, "Only this reason (bad_json, too_long, …)")
        ->check(CLI::IsMember(reasons))
        ->option_text("R");
    app.add_option("--source", options.source, "Only sources whose path matches")
        ->option_text("GLOB");
    app.add_option("--raw", options.raw_id, "Print the bytes of this one")
        ->option_text("ID")
        ->check(
            CLI::Validator([](std::string& id) { return id.empty() ? "needs an id" : ""; }, ""));
    app.add_flag("--replay", options.replay,
                 "Try all again with this program's extractors and load what loads now");
}

void undo_options(CLI::App& app, Options& options) {
    app.add_option("RUN", options.run, "Its id, to be sure that it is the youngest one");
    app.add_flag("--backup", options.backup, "Copy the SQLite file first");
}

void deep_option(CLI::App& app, Options& options) {
    app.add_flag("--deep", options.deep,
                 "Extract the sources again, from the workspace or the archive, and compare");
}

void snapshot_argument(CLI::App& app, Options& options) {
    app.add_option("ID", options.snapshot_id, "Content hash, or the id that its producer gave it")
        ->required();
}

void report_files(CLI::App& app, Options& options) {
    app.add_option("--report", options.reports,
                   "Write the report to this file, by its ending as .json, .html, .xml (JUnit) or "
                   ".md; repeatable")
        ->option_text("FILE")
        ->type_size(1)
        ->allow_extra_args(false);
}

void run_argument(CLI::App& app, Options& options) {
    app.add_option("RUN", options.run, "A run's id; `ingot runs` lists them")->required();
}

void lint_options(CLI::App& app, Options& options) {
    app.add_option("FILE", options.files, "SQL files, in the order in which they run; - is stdin")
        ->required();
    app.add_option_function<std::string>(
           "--dialect",
           [&options](const std::string& dialect) { options.sqlite_dialect = dialect == "sqlite"; },
           "postgres or sqlite (postgres)")
        ->check(CLI::IsMember({"postgres", "sqlite"}).description(""))
        ->option_text("D");
    app.add_option("--assume", options.assume,
                   "What whoever runs the files does: transaction (one around each file), "
                   "lock_timeout (sets it); repeatable")
        ->check(CLI::IsMember({"transaction", "lock_timeout"}).description(""))
        ->option_text("WHAT")
        ->allow_extra_args(false);
    CLI::Option* json = app.add_flag("--json", options.json, "Print one JSON document");
    app.add_flag("--sarif", options.sarif, "Print a SARIF 2.1.0 document")->excludes(json);
    app.add_flag("-q,--quiet", options.quiet, "Print nothing but errors");
    app.add_flag("--strict", options.strict, "Exit 3 for warnings too");
}

Invocation parse(int argc, char** argv, std::span<const Command> commands) {
    Invocation invocation;
    CLI::App app{
        "Ingot moves an agent workspace out of files into SQLite, then PostgreSQL, and proves\n"
        "table by table that nothing was lost.",
        "ingot"};
    app.set_version_flag("--version", std::string("ingot ") + INGOT_VERSION);
    app.footer(std::string("Example: ingot import . --postgres postgres://localhost/agents\n\n") +
               kExitCodes);
    app.require_subcommand(1);
    for (const Command& command : commands) add_command(app, command, invocation);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        invocation.command = nullptr;
        invocation.exit_code = error.get_exit_code() == 0 ? 0 : 2;
        if (invocation.exit_code == 0) {
            app.exit(error);  // prints the help or the version
        } else {
            std::fprintf(stderr, "%s\nRun with --help for more information.\n",
                         printable_lines(error.what()).c_str());
        }
    }
    return invocation;
}

}  // namespace ingot
