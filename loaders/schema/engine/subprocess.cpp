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
#include <boost/process/pipe.hpp>

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

/// What both ways have in common. A file takes the errors: nothing can wait for that pipe to be emptied.
template <typename Output, typename Follow>
Ending run_with(const Subprocess& subprocess, Output&& output, const Follow& follow) {
    const File errors(std::tmpfile(), std::fclose);
    if (!errors) throw RunError(Exit::failed, "cannot make a temporary file below /tmp");
    process::environment environment = boost::this_process::environment();
    for (const auto& [name, value] : subprocess.environment) environment[name] = value;
    try {
        process::child child(subprocess.program, process::args(subprocess.arguments), environment,
                             (process::std_in < process::null), (process::std_out > output),
                             (process::std_err > errors.get()));
        follow(child);  // an exception ends the child with the object
        child.wait();
        return {.exit_code = child.exit_code(), .errors = content_of(errors.get())};
    } catch (const process::process_error& error) {
        throw RunError(Exit::failed,
                       "cannot run " + subprocess.program + ": " + error.code().message());
    }
}

}  // namespace

Ending run(const Subprocess& subprocess, const std::function<void()>& while_waiting) {
    return run_with(subprocess, process::null, [&](process::child& child) {
        while (child.running()) {
            while_waiting();
            std::this_thread::sleep_for(kBetweenLooks);
        }
    });
}

Ending run_reading(const Subprocess& subprocess, const std::function<void(std::istream&)>& read) {
    process::ipstream output;
    return run_with(subprocess, output, [&](process::child&) {
        read(output);
        output.pipe().close();  // what is not read cannot hold it up
    });
}

}  // namespace ingot::schema
