// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// Which tasks belong to which project.
struct ProjectTask {
    std::string_view project_id;
    std::string_view task_id;

    static constexpr std::string_view table = "project_tasks";
    static constexpr std::string_view says = "Which tasks belong to which project.";
    static constexpr Kind table_kind = Kind::entity;
    static constexpr std::array<std::string_view, 3> table_key{"workspace_id", "project_id",
                                                               "task_id"};
    static constexpr std::array references{Reference{"project_id", "projects", "project_id"},
                                           Reference{"task_id", "tasks", "task_id"}};
    static constexpr auto fields() {
        using R = ProjectTask;
        return std::tuple{Field{"project_id", &R::project_id}, Field{"task_id", &R::task_id}};
    }
};

}  // namespace ingot
