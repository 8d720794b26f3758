// SPDX-License-Identifier: MIT
#include "pipeline/schema_session.hpp"

#include "pipeline/clock.hpp"
#include "pipeline/interrupt.hpp"
#include "pipeline/report/printable.hpp"
#include "pipeline/report_files.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

namespace ingot {
namespace {

std::map<std::string, std::string> name_map(const Options& options) {
    std::map<std::string, std::string> names;
    for (const std::string& pair : options.map) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == pair.size())
            throw UsageError("--map wants OLD=NEW: '" + pair + "'");
        names[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return names;
}

/// For commands that a report tells somebody to run.
std::string options_that_name(const Options& options) {
    std::string text = " --pack " + shell_word(options.pack);
    if (!options.pack_dir.empty()) text += " --pack-dir " + shell_word(options.pack_dir);
    for (const std::string& pair : options.map) text += " --map " + shell_word(pair);
    if (!options.env.empty()) text += " --env " + shell_word(options.env);
    const Options usual;
    if (options.pg_schema != usual.pg_schema)
        text += " --pg-schema " + shell_word(options.pg_schema);
    if (options.target_schema != usual.target_schema)
        text += " --target-schema " + shell_word(options.target_schema);
    return text;
}

SchemaSession opened(const Options& options) {
    if (options.pack.empty())
        throw UsageError("name the migrations: --pack P; `ingot schema packs` lists them");
    const schema::PackFiles files = schema::find_pack(options.pack, options.pack_dir);
    SchemaSession session{.target = open_target(options),
                          .pack = {},
                          .ledger = {},
                          .options = options_that_name(options)};
    session.pack =
        schema::bind_pack(files, schema::read_catalog(*session.target), name_map(options));
    session.ledger =
        std::make_unique<schema::Ledger>(*session.target, options.pg_schema, session.pack.name);
    return session;
}

/// Columns of the terminal on stdout; 0: it is none.
std::size_t terminal_width() {
    winsize size{};
    if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}

/// What was done before it failed, as far as the database can still be asked.
void add_log(SchemaSession& session, SchemaReport& report) {
    constexpr std::int64_t most = 10'000;
    if (report.run || !session.ledger->exists()) return;
    try {
        schema::RunResult run;
        for (schema::LogEntry& entry : session.ledger->history(most)) {
            if (entry.started_at.us < report.started_at.us) continue;
            if (entry.version > 0) {  // the backup belongs to none, and changes nothing
                (entry.status == "skipped" ? run.steps_skipped : run.steps_done) +=
                    entry.status == "skipped" || entry.status == "done" ? 1 : 0;
                run.rows += entry.records;
            }
            run.log.push_back(std::move(entry));
        }
        if (!run.log.empty()) report.run = std::move(run);
    } catch (const RunError& error) {
        report.notes.push_back(std::string("the log cannot be read: ") + error.what());
    }
}

}  // namespace

std::unique_ptr<schema::Target> open_target(const Options& options) {
    if (options.postgres && options.sqlite_given)
        throw UsageError("give --postgres or --sqlite, not both");
    if (options.postgres) return schema::open_postgres(*options.postgres, options.target_schema);
    if (options.sqlite_given) return schema::open_sqlite(options.sqlite);
    throw UsageError("name the database: --postgres CONN or --sqlite FILE");
}

SchemaSession open_session(const Options& options, const std::string& command) {
    require_report_files(options, {});
    try {
        return opened(options);
    } catch (const RunError& error) {
        if (error.exit == Exit::usage) throw;
        SchemaReport report;
        report.command = command;
        report.pack = options.pack;
        report.started_at = now();
        report.exit = error.exit;
        report.error = error.what();
        write_reports(options, schema_document(report));
        throw;
    }
}

SchemaReport begin_report(const std::string& command, const SchemaSession& session) {
    SchemaReport report;
    report.command = command;
    report.pack = session.pack.name;
    report.about = facts_of(session.pack);
    report.about.options = session.options;
    report.dialect = session.target->dialect();
    report.target = session.target->name();
    report.schema = session.target->schema();
    report.started_at = now();
    return report;
}

void print_report(const Options& options, const SchemaReport& report) {
    fmt::print("{}", schema_text(report, options.verbose, terminal_width()));
}

int finish_report(const Options& options, SchemaReport& report) {
    report.seconds = static_cast<double>(now().us - report.started_at.us) / 1e6;
    if (options.json)
        fmt::print("{}", schema_json(report));
    else if (!options.quiet)
        print_report(options, report);
    std::fflush(stdout);
    if (!report.error.empty()) fmt::print(stderr, "ingot: {}\n", printable_lines(report.error));
    if (options.reports.empty()) return static_cast<int>(report.exit);
    const Exit written = write_reports(options, schema_document(report));
    return static_cast<int>(gravest(report.exit, written));
}

int run_reported(const Options& options, SchemaSession& session, SchemaReport& report,
                 const std::function<void()>& work) {
    try {
        work();
    } catch (const RunError& error) {
        report.exit = error.exit;
        report.error = error.what();
        add_log(session, report);
    } catch (const Interrupted& interrupted) {
        report.exit = Exit::failed;
        report.error = interrupted.what();
        write_reports(options, schema_document(report));
        throw;
    }
    return finish_report(options, report);
}

schema::RunSettings run_settings(const Options& options) {
    const auto milliseconds = [](double seconds) {
        return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
    };
    return {.lock_timeout = milliseconds(options.lock_timeout),
            .build_lock_timeout = milliseconds(options.build_lock_timeout),
            .lock_attempts = 10,
            .rollback_on_failure = options.rollback_on_failure,
            .skip_conflicts = options.skip_conflicts};
}

bool is_approved(const Options& options, const std::string& fingerprint,
                 const std::string& question) {
    if (!options.expect.empty()) {
        if (options.expect == fingerprint) return true;
        throw RunError(Exit::pending, "the plan is another one than expected: its fingerprint is " +
                                          fingerprint + "; look at it with ingot schema plan");
    }
    if (options.yes) return true;
    if (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0)
        throw UsageError("nobody can be asked here: give --yes, or --expect " + fingerprint);
    fmt::print("{} [y/N] ", question);
    std::fflush(stdout);
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace ingot
