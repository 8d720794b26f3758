// SPDX-License-Identifier: MIT
#include "tests/pipeline/merged.hpp"

#include "tests/pipeline/program.hpp"

#include <stdexcept>

namespace ingot::testing {

void copy_tree(const boost::filesystem::path& from, const boost::filesystem::path& to) {
    const Finished copy = run({"/bin/cp", "-a", "-T", from.string(), to.string()});
    if (copy.exit_code != 0)
        throw std::runtime_error("cannot copy " + from.string() + ": " + copy.errors);
}

Merged::Merged() {
    boost::filesystem::create_directory(claude());
    for (const std::string& name : fixture_names()) {
        const Workspace laid_out = lay_out(name);
        copy_tree(laid_out.claude(), claude() / name);
    }
}

}  // namespace ingot::testing
