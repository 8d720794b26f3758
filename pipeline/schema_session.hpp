// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/migration_ledger.hpp"
#include "loaders/schema/engine/pack.hpp"
#include "loaders/schema/engine/up.hpp"

#include "pipeline/options.hpp"
#include "pipeline/report/schema_report.hpp"

#include <functional>

namespace ingot {

/// The database that --postgres or --sqlite names. Throws UsageError for none and for both.
std::unique_ptr<schema::Target> open_target(const Options& options);

/// What the schema commands work with.
struct SchemaSession {
    std::unique_ptr<schema::Target> target;
    schema::Pack pack;
    std::unique_ptr<schema::Ledger> ledger;
    std::string options = {};  ///< As PackFacts has them.
};

/// Opens the database and reads the pack for it. What is wrong with --report is said before any work;
/// when the database or the pack cannot be read, its files say so. `command`: as in `ingot schema up`.
SchemaSession open_session(const Options& options, const std::string& command);

/// A report with what is known before the work.
SchemaReport begin_report(const std::string& command, const SchemaSession& session);

/// Prints the report as the options say and writes the files of --report; returns its exit code, or
/// Exit::failed when a file could not be written.
int finish_report(const Options& options, SchemaReport& report);

/// Does the work and finishes the report, whatever becomes of it: an error is said in it and on stderr.
int run_reported(const Options& options, SchemaSession& session, SchemaReport& report,
                 const std::function<void()>& work);

/// The terminal's rendering, as wide as the terminal is.
void print_report(const Options& options, const SchemaReport& report);

schema::RunSettings run_settings(const Options& options);

/// Lets somebody approve of a change: --yes, --expect with the right fingerprint, or an answer on the
/// terminal. Throws RunError with Exit::pending for another fingerprint, UsageError where nobody can
/// answer; false when the answer is no.
bool is_approved(const Options& options, const std::string& fingerprint,
                 const std::string& question);

}  // namespace ingot
