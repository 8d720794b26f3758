// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/bookkeeping.hpp"

namespace ingot {

/// A memory file as it was.
struct MemorySnapshot {
    std::string_view snapshot_id;
    OptionalText producer_id;
    OptionalText session_id;
    OptionalText agent_id;
    std::string_view memory_type;
    std::optional<Json> content;
    OptionalText content_path;
    std::string_view content_hash;
    std::int64_t content_bytes = 0;
    std::int64_t stored_bytes = 0;
    std::optional<double> compression_ratio;
    std::optional<double> importance_score;
    OptionalTime created_at;
    OptionalTime expires_at;
    std::optional<Json> tags;

    static constexpr std::string_view table = "memory_snapshots";
    static constexpr std::string_view says = "A memory file as it was.";
    static constexpr std::string_view time_column = "created_at";
    static constexpr std::array references{
        Reference{"source_id", "sources", "source_id"},
        Reference{"session_id", "context_sessions", "session_id"},
        Reference{"agent_id", "agents", "agent_id"}};
    static constexpr std::array indexes{Index{"idx_memory_snapshots_snapshot_id", "snapshot_id"},
                                        Index{"idx_memory_snapshots_producer_id", "producer_id"}};
    static constexpr auto fields() {
        using R = MemorySnapshot;
        return std::tuple{
            Field{"snapshot_id", &R::snapshot_id, Traits{.says = "XXH3-128 of the file's bytes."}},
            Field{"producer_id", &R::producer_id, Traits{.says = "The id it gives itself."}},
            Field{"session_id", &R::session_id},
            Field{"agent_id", &R::agent_id},
            Field{"memory_type", &R::memory_type,
                  Traits{.domain = "working consolidated archived critical"}},
            Field{"content", &R::content, Traits{.says = "NULL when stored as a file."}},
            Field{"content_path", &R::content_path, Traits{.says = "Below the file store."}},
            Field{"content_hash", &R::content_hash},
            Field{"content_bytes", &R::content_bytes},
            Field{"stored_bytes", &R::stored_bytes},
            Field{"compression_ratio", &R::compression_ratio},
            Field{"importance_score", &R::importance_score},
            Field{"created_at", &R::created_at},
            Field{"expires_at", &R::expires_at},
            Field{"tags", &R::tags}};
    }
};

}  // namespace ingot
