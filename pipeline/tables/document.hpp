// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// A Markdown or prompt file.
struct Document {
    std::string_view path;
    std::string_view kind;
    std::string_view name;
    OptionalText title;
    std::optional<Json> front_matter;
    std::string_view body;
    OptionalTime modified_at;

    static constexpr std::string_view table = "documents";
    static constexpr std::string_view says = "A Markdown or prompt file.";
    static constexpr std::array references{Reference{"source_id", "sources", "source_id"}};
    static constexpr auto fields() {
        using R = Document;
        return std::tuple{
            Field{"path", &R::path},
            Field{"kind", &R::kind,
                  Traits{.domain = "agent command skill rule plan memory instructions document"}},
            Field{"name", &R::name},
            Field{"title", &R::title},
            Field{"front_matter", &R::front_matter},
            Field{"body", &R::body},
            Field{"modified_at", &R::modified_at}};
    }
};

}  // namespace ingot
