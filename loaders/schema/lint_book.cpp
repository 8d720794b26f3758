// SPDX-License-Identifier: MIT
#include "loaders/schema/lint_book.hpp"

#include "loaders/schema/lint_rule.hpp"

namespace ingot::lint {
namespace {

constexpr std::string_view kIntroduction = R"(# Rules of `ingot schema lint`

Printed from the code; a test keeps this page equal to it, and another one runs both examples of each rule.

`ingot schema lint FILE…` reads SQL files in the order in which they run, as one migration after the other, and connects to
nothing. It knows the database only as far as the files create it: a table that the same file creates is taken to be empty and
unused. Bodies of functions and DO blocks in SQL and PL/pgSQL are looked at too.

`error`: fails, or silently does something else. `warning`: blocks, loses data, or depends on what the files do not show.
`note`: worth knowing. The exit code is 3 when there are errors, with `--strict` also for warnings.

A comment on the line before silences one finding; the reason must be there:

    -- ingot:ignore write-without-where the table was created an hour ago
    DELETE FROM scratch;

`--assume transaction`: whoever runs the files wraps each in a transaction. `--assume lock_timeout`: and has set a timeout.

| rule | severity | for |
| --- | --- | --- |
)";

constexpr std::string_view kAdding = R"(
## Add a rule

A function of a `Look` (the statement, what it means, the catalog before it and as a whole) and one entry in the list of a file
`loaders/schema/rules_*.cpp`: id, severity, dialect, why, what to write instead, a script that is reported and one that is not.
)";

std::string_view name_of(For dialect) {
    switch (dialect) {
        case For::postgres: return "PostgreSQL";
        case For::sqlite: return "SQLite";
        default: return "both";
    }
}

std::string indented(std::string_view script) {
    std::string text;
    while (!script.empty()) {
        const std::size_t end = script.find('\n') + 1;
        text += "    " + std::string(script.substr(0, end));
        script.remove_prefix(end);
    }
    return text;
}

}  // namespace

std::string lint_book() {
    std::string page(kIntroduction);
    for (const Rule& rule : rules())
        page += "| [" + std::string(rule.id) + "](#" + std::string(rule.id) + ") | " +
                std::string(name_of(rule.severity)) + " | " + std::string(name_of(rule.dialect)) +
                " |\n";
    for (const Rule& rule : rules())
        page += "\n## " + std::string(rule.id) + "\n\n" + std::string(rule.why) +
                "\n\nReported:\n\n" + indented(rule.bad) +
                "\nInstead: " + std::string(rule.instead) + "\n\n" + indented(rule.good);
    return page + std::string(kAdding);
}

}  // namespace ingot::lint
