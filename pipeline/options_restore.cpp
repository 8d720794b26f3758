// SPDX-License-Identifier: MIT
#include "pipeline/options.hpp"

#include <CLI/CLI.hpp>

namespace ingot {

void restore_options(CLI::App& app, Options& options) {
    app.add_option("FILE", options.files, "A backup; FILE.toml stands beside it")
        ->required()
        ->expected(1);
    postgres_options(app, options);
    sqlite_option(app, options);
    app.get_option("--sqlite")->description("SQLite file, instead of PostgreSQL");
    app.get_option("--pg-schema")->description("PostgreSQL schema for Ingot's own tables (ingot)");
    app.remove_option(app.get_option("--pg-connections"));
    app.add_option("--target-schema", options.target_schema,
                   "PostgreSQL schema that the backup is of (public)")
        ->option_text("NAME");
    app.add_flag("--yes", options.yes, "Do not ask");
    app.add_flag("-n,--dry-run", options.dry_run, "Only say what would happen");
}

}  // namespace ingot
