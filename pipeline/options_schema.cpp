// SPDX-License-Identifier: MIT
#include "pipeline/options.hpp"

#include <CLI/CLI.hpp>

namespace ingot {

void target_options(CLI::App& app, Options& options) {
    postgres_option(app, options);
    app.add_option_function<std::string>(
           "--sqlite",
           [&options](const std::string& file) {
               if (file.empty()) throw CLI::ValidationError("--sqlite", "needs a file name");
               options.sqlite = file;
               options.sqlite_given = true;
           },
           "SQLite file")
        ->option_text("FILE")
        ->excludes(app.get_option("--postgres"));
    app.add_option("--target-schema", options.target_schema, "Schema of PostgreSQL (public)")
        ->option_text("NAME");
    app.add_flag("--json", options.json, "Print one JSON document");
    app.add_flag("-q,--quiet", options.quiet, "Print nothing but errors");
}

void audit_options(CLI::App& app, Options& options) {
    app.add_option("--fix", options.pack_folder,
                   "Write a pack that mends what was found to this new directory; the database "
                   "stays as it is")
        ->option_text("DIR");
    app.add_flag("--strict", options.strict, "Exit 3 for warnings too");
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

}  // namespace ingot
