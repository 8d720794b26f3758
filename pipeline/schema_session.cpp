// SPDX-License-Identifier: MIT
#include "pipeline/schema_session.hpp"

#include "pipeline/clock.hpp"

#include <fmt/format.h>
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

}  // namespace

std::unique_ptr<schema::Target> open_target(const Options& options) {
    if (options.postgres && options.sqlite_given)
        throw UsageError("give --postgres or --sqlite, not both");
    if (options.postgres) return schema::open_postgres(*options.postgres, options.target_schema);
    if (options.sqlite_given) return schema::open_sqlite(options.sqlite);
    throw UsageError("name the database: --postgres CONN or --sqlite FILE");
}

SchemaSession open_session(const Options& options) {
    if (options.pack.empty())
        throw UsageError("name the migrations: --pack P; `ingot schema packs` lists them");
    const schema::PackFiles files = schema::find_pack(options.pack, options.pack_dir);
    SchemaSession session{.target = open_target(options), .pack = {}, .ledger = {}};
    session.pack =
        schema::bind_pack(files, schema::read_catalog(*session.target), name_map(options));
    session.ledger =
        std::make_unique<schema::Ledger>(*session.target, options.pg_schema, session.pack.name);
    return session;
}

SchemaReport begin_report(const std::string& command, const SchemaSession& session) {
    SchemaReport report;
    report.command = command;
    report.pack = session.pack.name;
    report.target = session.target->name();
    report.schema = session.target->schema();
    report.started_at = now();
    return report;
}

int finish_report(const Options& options, SchemaReport& report) {
    report.seconds = static_cast<double>(now().us - report.started_at.us) / 1e6;
    if (!options.quiet) fmt::print("{}", schema_text(report, options.verbose));
    return static_cast<int>(report.exit);
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
