// SPDX-License-Identifier: MIT
#include "extractors/snapshot_agents.hpp"

#include "extractors/vocabulary.hpp"
#include "pipeline/tables/agent.hpp"

#include <array>

namespace ingot {
namespace {

/// Where agents are listed, and the status of those that do not say theirs.
struct Place {
    std::string_view parent;
    std::string_view member;
    std::string_view status;
};

void state_agent(const SnapshotObject& snapshot, Agent stated, std::optional<std::string_view> word,
                 const Place& place, Batch& out) {
    if (word) stated.status = agent_status_of(*word);
    if (!word && !place.status.empty()) stated.status = place.status;
    stated.source_status = word;
    out.state(snapshot.offset, stated, snapshot.at);
}

Agent agent_named(std::string_view name) {
    Agent agent;
    agent.agent_id = name;
    return agent;
}

void state_described(const SnapshotObject& snapshot, std::string_view name, json::Object agent,
                     const Place& place, Batch& out) {
    Agent stated = agent_named(name_in(agent, {"agent_id", "id", "name"}).value_or(name));
    if (stated.agent_id.empty()) return;
    stated.agent_type = text_of(agent, {"agent_type", "type", "role"});
    stated.worktree_path = text_of(agent, {"worktree_path", "worktree"});
    stated.branch_name = text_of(agent, {"branch_name", "branch"});
    stated.last_activity = time_of(agent, {"last_activity", "last_update"}, snapshot.zone);
    state_agent(snapshot, stated, text_of(agent, {"status", "state"}), place, out);
}

/// ["builder-7", {"agent_id": "tester-2", …}]
void state_list(const SnapshotObject& snapshot, json::Array list, const Place& place, Batch& out) {
    for (const json::Element element : list) {
        std::string_view name;
        json::Object agent;
        if (!element.get(name)) {
            if (is_name(name)) state_agent(snapshot, agent_named(name), {}, place, out);
        } else if (!element.get(agent)) {
            state_described(snapshot, {}, agent, place, out);
        }
    }
}

/// {"builder-7": "active", "tester-2": {"status": "idle"}}: a member of another kind is no agent.
void state_members(const SnapshotObject& snapshot, json::Object agents, const Place& place,
                   Batch& out) {
    for (const auto member : agents) {
        std::string_view word;
        json::Object agent;
        if (!is_name(member.key)) continue;
        if (!member.value.get(word)) {
            const bool is_status = agent_status_of(word) != "unknown" && member.key != "status";
            if (is_status) state_agent(snapshot, agent_named(member.key), word, place, out);
        } else if (!member.value.get(agent) && text_of(agent, {"status", "state", "agent_id"})) {
            state_described(snapshot, member.key, agent, place, out);
        }
    }
}

}  // namespace

void state_agents(const SnapshotObject& snapshot, Batch& out) {
    static constexpr auto places = std::to_array<Place>({
        {"", "active_agents", "active"},
        {"state", "active_agents", "active"},
        {"", "agents", ""},
        {"state", "agents", ""},
        {"", "agent_status", ""},
        {"state", "agent_status", ""},
    });
    for (const Place& place : places) {
        const auto parent = snapshot.object_at(place.parent);
        if (!parent) continue;
        if (const auto list = json::array_if(*parent, place.member))
            state_list(snapshot, *list, place, out);
        if (const auto members = json::object_if(*parent, place.member))
            state_members(snapshot, *members, place, out);
    }
}

}  // namespace ingot
