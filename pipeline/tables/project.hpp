// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// A project: a directory that agents worked in.
struct Project {
    std::string_view project_id;
    OptionalText name;
    OptionalText description;
    OptionalText status;
    OptionalText path;
    OptionalTime created_at;
    OptionalTime target_completion;
    std::optional<Json> metadata;

    static constexpr std::string_view table = "projects";
    static constexpr std::string_view says = "A project: a directory that agents worked in.";
    static constexpr Kind table_kind = Kind::entity;
    static constexpr std::array<std::string_view, 2> table_key{"workspace_id", "project_id"};
    static constexpr bool can_be_inferred = true;
    static constexpr auto fields() {
        using R = Project;
        return std::tuple{Field{"project_id", &R::project_id,
                                Traits{.says = "The slug of the transcripts' folder."}},
                          Field{"name", &R::name, Traits{.fallback = "$id"}},
                          Field{"description", &R::description},
                          Field{"status", &R::status},
                          Field{"path", &R::path},
                          Field{"created_at", &R::created_at, Traits{.fold = Fold::earliest}},
                          Field{"target_completion", &R::target_completion},
                          Field{"metadata", &R::metadata}};
    }
};

}  // namespace ingot
