// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/database.hpp"
#include "pipeline/report/printable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ingot {
namespace {

int run(const Options& options) {
    const auto db = open_database(options.sqlite);
    const std::vector<Workspace> workspaces = chosen_workspaces(*db, options);
    if (options.json) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const Workspace& workspace : workspaces)
            list.push_back({{"id", std::to_string(workspace.id)},
                            {"name", workspace.name},
                            {"path", workspace.path},
                            {"host", workspace.host}});
        const nlohmann::ordered_json document{{"schema_version", 1}, {"workspaces", list}};
        fmt::print("{}\n",
                   document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        return 0;
    }
    for (const Workspace& workspace : workspaces)
        fmt::print("{:>20}  {}  {}:{}\n", workspace.id, printable(workspace.name),
                   printable(workspace.host), printable(workspace.path));
    return 0;
}

}  // namespace

Command workspaces_command() {
    return {.name = "workspaces",
            .says = "What a database holds",
            .example = "Example:\n  ingot workspaces --sqlite agents.db\n",
            .options = {name_option, sqlite_option, output_options},
            .run = run};
}

}  // namespace ingot
