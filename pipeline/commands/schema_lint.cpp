// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/report/lint_report.hpp"
#include "pipeline/report_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include <boost/filesystem.hpp>

namespace ingot {
namespace {

using lint::Severity;

lint::Script read_script(const std::string& name) {
    lint::Script script{.name = name, .text = {}};
    if (name == "-") {
        script.name = "<stdin>";
        script.text.assign(std::istreambuf_iterator<char>(std::cin), {});
        if (std::cin.bad()) throw RunError(Exit::failed, "cannot read standard input");
        return script;
    }
    boost::system::error_code error;
    const bool folder = boost::filesystem::is_directory(name, error);
    std::ifstream file(name, std::ios::binary);
    if (folder || !file)
        throw RunError(Exit::failed, "cannot read " + name +
                                         (folder ? ": it is a directory; name its files" : ""));
    script.text.assign(std::istreambuf_iterator<char>(file), {});
    if (file.bad()) throw RunError(Exit::failed, "cannot read " + name + " to its end");
    if (script.text.starts_with("\xEF\xBB\xBF")) script.text.erase(0, 3);
    return script;
}

bool assumes(const Options& options, std::string_view what) {
    return std::find(options.assume.begin(), options.assume.end(), what) != options.assume.end();
}

Outcome look(const Options& options) {
    std::vector<lint::Script> scripts;
    for (const std::string& name : options.files) scripts.push_back(read_script(name));
    const lint::Result result = lint::lint(
        scripts, {.dialect = options.sqlite_dialect ? Dialect::sqlite : Dialect::postgres,
                  .in_transaction = assumes(options, "transaction"),
                  .lock_timeout = assumes(options, "lock_timeout")});
    if (options.sarif)
        fmt::print("{}\n", lint_sarif(scripts, result));
    else if (options.json)
        fmt::print("{}\n", lint_json(scripts, result));
    else if (!options.quiet)
        fmt::print("{}", lint_text(scripts, result));
    const bool fails = result.count(Severity::error) > 0 ||
                       (options.strict && result.count(Severity::warning) > 0);
    return {lint_document(scripts, result), fails ? Exit::invalid : Exit::done};
}

int run(const Options& options) {
    return with_report(options, "schema lint", [&] { return look(options); });
}

}  // namespace

Command schema_lint_command() {
    return {.name = "lint",
            .says = "Find what would fail, block, lose data or silently do something else in SQL "
                    "migration files; connects to nothing",
            .example = "Examples:\n"
                       "  ingot schema lint migrations/*.sql\n"
                       "  ingot schema lint --dialect sqlite schema.sql\n"
                       "  pg_dump -s db | ingot schema lint --sarif - > lint.sarif\n"
                       "One finding is silenced by a comment on the line before:\n"
                       "  -- ingot:ignore RULE reason\n"
                       "Exits with 3 when there are errors. All rules: docs/lint.md\n",
            .options = {lint_options, report_files},
            .run = run};
}

}  // namespace ingot
