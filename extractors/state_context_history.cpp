// SPDX-License-Identifier: MIT
#include "extractors/state_family.hpp"
#include "pipeline/tables/context_session.hpp"

#include <array>
#include <string>

namespace ingot {
namespace {

/// A measurement of how full an agent's context was. The database knows no sessions: what one file
/// says of one agent is one session, and its last measurement is the session's state.
bool map_usage(StateRecord& record, Batch& out) {
    const auto agent = record.name("agent_id");
    if (!agent) return false;
    const std::string_view file = record.piece().source.path_without_ending();
    const std::string id = std::string(file) + "/" + std::string(*agent);
    const auto at = record.time("timestamp");
    ContextSession session{};
    session.session_id = id;
    session.agent_id = agent;
    session.kind = "context";
    session.usage_percent = record.real("usage_percent");
    session.created_at = session.last_accessed = at;
    session.context_data = record.rest();
    out.state(record.number(), session, at);
    return true;
}

constexpr std::array kMappings{
    StateMapping{"context_history", "id agent_id timestamp usage_percent", map_usage}};

}  // namespace

/// context_history.db of agent hives.
extern constinit const StateFamily context_history_family{"context_history", kMappings};

}  // namespace ingot
