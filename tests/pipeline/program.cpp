// SPDX-License-Identifier: MIT
#include "tests/pipeline/program.hpp"

#include "tests/pipeline/temp_folder.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <system_error>

namespace ingot::testing {
namespace {

std::string content(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What the child does before it becomes the program.
struct Preparation {
    posix_spawn_file_actions_t actions{};
    Preparation() { posix_spawn_file_actions_init(&actions); }
    Preparation(const Preparation&) = delete;
    Preparation& operator=(const Preparation&) = delete;
    ~Preparation() { posix_spawn_file_actions_destroy(&actions); }

    void write_to(int descriptor, const std::string& file) {
        posix_spawn_file_actions_addopen(&actions, descriptor, file.c_str(),
                                         O_WRONLY | O_CREAT | O_TRUNC, 0600);
    }
};

int exit_code_of(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Finished run(const std::vector<std::string>& command, const std::string& folder) {
    const TempFolder temporary;
    const std::string output = (temporary.path() / "output").string();
    const std::string errors = (temporary.path() / "errors").string();
    Preparation preparation;
    posix_spawn_file_actions_addopen(&preparation.actions, 0, "/dev/null", O_RDONLY, 0);
    preparation.write_to(1, output);
    preparation.write_to(2, errors);
    if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&preparation.actions, folder.c_str());

    std::vector<std::string> words = command;
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    pid_t child = 0;
    if (const int error =
            posix_spawn(&child, argv[0], &preparation.actions, nullptr, argv.data(), environ))
        throw std::system_error(error, std::generic_category(), command.front());
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return {
        .exit_code = exit_code_of(status), .output = content(output), .errors = content(errors)};
}

Finished run_ingot(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), INGOT);
    return run(arguments);
}

}  // namespace ingot::testing
