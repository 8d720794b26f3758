// SPDX-License-Identifier: MIT
#include "pipeline/undo.hpp"
#include "pipeline/commands/commands.hpp"
#include "pipeline/commands/print.hpp"
#include "pipeline/reading.hpp"

namespace ingot {
namespace {

int run(const Options& options) {
    Options sqlite_only = options;
    sqlite_only.postgres.reset();  // the workspace is looked up where the run was made
    const Workspace workspace = ReadTarget(sqlite_only).workspace(options);
    return print_reports(options, {undo_run(options, workspace)}, false);
}

}  // namespace

Command undo_command() {
    return {.name = "undo",
            .says = "Take the last import back, exactly, in both databases",
            .example =
                "Examples:\n"
                "  ingot undo                     the youngest completed run of ingot.db\n"
                "  ingot undo RUN                 only if RUN is that one\n"
                "  ingot undo --postgres ''       in PostgreSQL, too, where it was published\n",
            .options = {undo_options, name_option, sqlite_option, postgres_options, adopt_option,
                        output_options},
            .run = run};
}

}  // namespace ingot
