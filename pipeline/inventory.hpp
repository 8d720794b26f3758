// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/key_paths.hpp"
#include "pipeline/options.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/workspace.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace ingot {

/// What a family of sources amounts to.
struct FamilyCount {
    std::int64_t files = 0;
    std::int64_t bytes = 0;
    std::int64_t records = 0;                        ///< With --records.
    std::int64_t rejected = 0;                       ///< With --records.
    std::map<std::string, std::int64_t> extractors;  ///< Files each takes; "-": nobody.
};

/// A table of a state database.
struct StateSchema {
    std::string path;
    std::string table;
    std::vector<std::string> columns;
};

/// What a workspace holds, without loading it.
struct Inventory {
    Plan plan;
    std::map<std::string, FamilyCount> families;  ///< Every family, also empty ones.
    std::map<std::string, std::int64_t> statuses;
    std::vector<const SourcePlan*> biggest;     ///< At most ten.
    std::map<std::string, KeyPaths> key_paths;  ///< By extractor; with --schema.
    std::vector<StateSchema> databases;         ///< With --schema.
};

Inventory take_inventory(const Options& options, const Workspace& workspace);

std::string text_inventory(const Inventory& inventory, const Workspace& workspace,
                           const Options& options);
std::string json_inventory(const Inventory& inventory, const Workspace& workspace,
                           const Options& options);

}  // namespace ingot
