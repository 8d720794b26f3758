// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/commands/print.hpp"
#include "pipeline/interrupt.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/report/printable.hpp"

#include <cstdio>
#include <exception>

/// argv → Options → command → exit code. The one place that turns exceptions into exit codes.
int main(int argc, char** argv) {
    using namespace ingot;
    const Invocation invocation = parse(argc, argv, commands());
    catch_signals();
    try {
        const int exit_code = invocation.command == nullptr
                                  ? invocation.exit_code
                                  : invocation.command->run(invocation.options);
        require_written_output();
        return exit_code;
    } catch (const Interrupted& interrupted) {
        std::fputs("ingot: interrupted; run it again to finish\n", stderr);
        return 128 + interrupted.signal;
    } catch (const RunError& error) {
        std::fprintf(stderr, "ingot: %s\n", printable_lines(error.what()).c_str());
        if (invocation.options.json) print_error_document(error);
        return static_cast<int>(error.exit);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "ingot: %s\n", printable_lines(error.what()).c_str());
    } catch (...) {
        std::fputs("ingot: something failed that does not say what it is\n", stderr);
    }
    return static_cast<int>(Exit::failed);
}
