// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

namespace ingot::schema {

/// A program to run: no shell sees any of it.
struct Subprocess {
    std::string program = {};                 ///< Its path.
    std::vector<std::string> arguments = {};  ///< Other users can read them: no secrets.
    std::vector<std::pair<std::string, std::string>> environment = {};  ///< Beside our own.
};

/// Its exit code and what it wrote to standard error.
struct Ending {
    int exit_code = 0;
    std::string errors = {};
};

/// Runs it to its end with an empty standard input; what it says on standard output is dropped. Calls `while_waiting` many times a second; when
/// that throws, the program is killed. Throws RunError when it cannot be started.
Ending run(const Subprocess& subprocess, const std::function<void()>& while_waiting);

/// The same, and `read` takes what it says on standard output; when that throws, the program is killed.
Ending run_reading(const Subprocess& subprocess, const std::function<void(std::istream&)>& read);

/// PostgreSQL's own program ("pg_dump"): from PATH, else the newest installed, that is not older than
/// `at_least` (15). Throws RunError that says which package is missing.
std::string postgres_program(const std::string& name, int at_least);

/// Runs it against a database; a password goes through its environment, and none is in
/// what it says. Throws RunError when it cannot be started.
Ending run_postgres_program(const std::string& program, std::vector<std::string> arguments,
                            const std::string& conninfo,
                            const std::function<void()>& while_waiting);

/// key=value text with the database's name replaced. It may hold a password.
std::string conninfo_for(const std::string& conninfo, const std::string& database);

}  // namespace ingot::schema
