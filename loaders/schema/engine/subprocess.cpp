// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/subprocess.hpp"

#include "pipeline/model/errors.hpp"

#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/environment.hpp>
#include <boost/process/io.hpp>

namespace ingot::schema {
namespace {

namespace process = boost::process;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

constexpr std::chrono::milliseconds kBetweenLooks{10};
constexpr std::size_t kMostErrors = 4'000;  ///< Characters of standard error that are kept.

std::string content_of(std::FILE* file) {
    std::string text(kMostErrors, '\0');
    std::rewind(file);
    text.resize(std::fread(text.data(), 1, text.size(), file));
    return text.substr(0, text.find_last_not_of(" \n") + 1);
}

/// A file takes the errors: nothing can wait for a pipe to be emptied.
process::child started(const Subprocess& subprocess, std::FILE* errors) {
    process::environment environment = boost::this_process::environment();
    for (const auto& [name, value] : subprocess.environment) environment[name] = value;
    const std::string output = subprocess.output.empty() ? "/dev/null" : subprocess.output;
    return process::child(subprocess.program, process::args(subprocess.arguments), environment,
                          (process::std_in < process::null), (process::std_out > output),
                          (process::std_err > errors));
}

}  // namespace

Ending run(const Subprocess& subprocess, const std::function<void()>& while_waiting) {
    const File errors(std::tmpfile(), std::fclose);
    if (!errors) throw RunError(Exit::failed, "cannot make a temporary file below /tmp");
    try {
        process::child child = started(subprocess, errors.get());
        while (child.running()) {
            while_waiting();  // its exception ends the child with the object
            std::this_thread::sleep_for(kBetweenLooks);
        }
        return {.exit_code = child.exit_code(), .errors = content_of(errors.get())};
    } catch (const process::process_error& error) {
        throw RunError(Exit::failed,
                       "cannot run " + subprocess.program + ": " + error.code().message());
    }
}

}  // namespace ingot::schema
