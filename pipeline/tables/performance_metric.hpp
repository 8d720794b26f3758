// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// A measured value.
struct PerformanceMetric {
    OptionalText agent_id;
    OptionalText task_id;
    std::string_view metric_type;
    std::optional<double> value;
    OptionalText unit;
    std::optional<Json> context;
    OptionalTime recorded_at;

    static constexpr std::string_view table = "performance_metrics";
    static constexpr std::string_view says = "A measured value.";
    static constexpr std::string_view time_column = "recorded_at";
    static constexpr std::array references{Reference{"source_id", "sources", "source_id"},
                                           Reference{"agent_id", "agents", "agent_id"},
                                           Reference{"task_id", "tasks", "task_id"}};
    static constexpr auto fields() {
        using R = PerformanceMetric;
        return std::tuple{Field{"agent_id", &R::agent_id},
                          Field{"task_id", &R::task_id},
                          Field{"metric_type", &R::metric_type},
                          Field{"value", &R::value},
                          Field{"unit", &R::unit},
                          Field{"context", &R::context, Traits{.says = "Text values too."}},
                          Field{"recorded_at", &R::recorded_at}};
    }
};

}  // namespace ingot
