// SPDX-License-Identifier: MIT
#include "pipeline/database.hpp"

#include "pipeline/model/errors.hpp"
#include "pipeline/reading.hpp"

#include <algorithm>

namespace ingot {
std::vector<Workspace> chosen_workspaces(SQLite::Database& db, const Options& options) {
    const std::vector<StoredWorkspace> all = stored_workspaces(db);
    std::vector<Workspace> chosen;
    if (options.names.empty())
        std::ranges::transform(all, std::back_inserter(chosen), workspace_of);
    for (const std::string& name : options.names) {
        const auto at = std::ranges::find(all, name, &StoredWorkspace::name);
        if (at == all.end()) {
            std::string known;
            for (const StoredWorkspace& stored : all) known += "\n  " + stored.name;
            throw UsageError("the database has no workspace " + name + "; it holds:" + known);
        }
        chosen.push_back(workspace_of(*at));
    }
    return chosen;
}

}  // namespace ingot
