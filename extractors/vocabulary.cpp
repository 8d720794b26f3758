// SPDX-License-Identifier: MIT
#include "extractors/vocabulary.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace ingot {
namespace {

constexpr auto kSeverities = std::to_array<Meaning>({
    {"trace", "debug"},        {"debug", "debug"},      {"dbg", "debug"},
    {"verbose", "debug"},      {"silly", "debug"},      {"fine", "debug"},
    {"finer", "debug"},        {"finest", "debug"},     {"info", "info"},
    {"inf", "info"},           {"information", "info"}, {"informational", "info"},
    {"notice", "info"},        {"log", "info"},         {"success", "info"},
    {"normal", "info"},        {"low", "info"},         {"warning", "warning"},
    {"warn", "warning"},       {"wrn", "warning"},      {"suggestion", "info"},
    {"medium", "warning"},     {"moderate", "warning"}, {"error", "error"},
    {"err", "error"},          {"severe", "error"},     {"high", "error"},
    {"failure", "error"},      {"exception", "error"},  {"critical", "critical"},
    {"crit", "critical"},      {"fatal", "critical"},   {"alert", "critical"},
    {"emergency", "critical"}, {"emerg", "critical"},   {"panic", "critical"},
    {"failed", "error"},       {"stuck", "warning"},
});

// `terminated` is idle: the sources that use it have another word for a crash.
constexpr auto kAgentStatuses = std::to_array<Meaning>({
    {"active", "active"},
    {"running", "active"},
    {"in_progress", "active"},
    {"busy", "active"},
    {"working", "active"},
    {"processing", "active"},
    {"executing", "active"},
    {"started", "active"},
    {"starting", "active"},
    {"spawned", "active"},
    {"spawning", "active"},
    {"initializing", "active"},
    {"recovering", "active"},
    {"online", "active"},
    {"healthy", "active"},
    {"assigned", "active"},
    {"idle", "idle"},
    {"inactive", "idle"},
    {"ready", "idle"},
    {"available", "idle"},
    {"waiting", "idle"},
    {"pending", "idle"},
    {"blocked", "idle"},
    {"completed", "idle"},
    {"complete", "idle"},
    {"done", "idle"},
    {"completed_with_issues", "idle"},
    {"completed_with_warnings", "idle"},
    {"completed_with_errors", "idle"},
    {"finished", "idle"},
    {"success", "idle"},
    {"succeeded", "idle"},
    {"stopped", "idle"},
    {"stopping", "idle"},
    {"shutting_down", "idle"},
    {"shutdown", "idle"},
    {"terminated", "idle"},
    {"retired", "idle"},
    {"offline", "idle"},
    {"cancelled", "idle"},
    {"canceled", "idle"},
    {"maintenance", "idle"},
    {"crashed", "crashed"},
    {"crash", "crashed"},
    {"failed", "crashed"},
    {"failure", "crashed"},
    {"error", "crashed"},
    {"dead", "crashed"},
    {"killed", "crashed"},
    {"aborted", "crashed"},
    {"timeout", "crashed"},
    {"timed_out", "crashed"},
    {"stuck", "crashed"},
    {"sleeping", "sleeping"},
    {"sleep", "sleeping"},
    {"asleep", "sleeping"},
    {"hibernating", "sleeping"},
    {"suspended", "sleeping"},
    {"paused", "sleeping"},
});

constexpr auto kTaskStatuses = std::to_array<Meaning>({
    {"pending", "pending"},
    {"todo", "pending"},
    {"to_do", "pending"},
    {"open", "pending"},
    {"new", "pending"},
    {"created", "pending"},
    {"queued", "pending"},
    {"backlog", "pending"},
    {"ready", "pending"},
    {"assigned", "pending"},
    {"planned", "pending"},
    {"planning", "pending"},
    {"draft", "pending"},
    {"scheduled", "pending"},
    {"waiting", "pending"},
    {"not_started", "pending"},
    {"blocked", "pending"},
    {"on_hold", "pending"},
    {"paused", "pending"},
    {"in_progress", "in_progress"},
    {"inprogress", "in_progress"},
    {"running", "in_progress"},
    {"active", "in_progress"},
    {"started", "in_progress"},
    {"doing", "in_progress"},
    {"wip", "in_progress"},
    {"working", "in_progress"},
    {"processing", "in_progress"},
    {"executing", "in_progress"},
    {"on_track", "in_progress"},
    {"review", "in_progress"},
    {"in_review", "in_progress"},
    {"testing", "in_progress"},
    {"stuck", "in_progress"},
    {"completed", "completed"},
    {"complete", "completed"},
    {"done", "completed"},
    {"completed_with_issues", "completed"},
    {"completed_with_warnings", "completed"},
    {"completed_with_errors", "completed"},
    {"finished", "completed"},
    {"closed", "completed"},
    {"resolved", "completed"},
    {"success", "completed"},
    {"successful", "completed"},
    {"succeeded", "completed"},
    {"passed", "completed"},
    {"merged", "completed"},
    {"approved", "completed"},
    {"verified", "completed"},
    {"failed", "failed"},
    {"failure", "failed"},
    {"error", "failed"},
    {"errored", "failed"},
    {"crashed", "failed"},
    {"timeout", "failed"},
    {"timed_out", "failed"},
    {"rejected", "failed"},
    {"cancelled", "cancelled"},
    {"canceled", "cancelled"},
    {"aborted", "cancelled"},
    {"abandoned", "cancelled"},
    {"skipped", "cancelled"},
    {"deleted", "cancelled"},
    {"killed", "cancelled"},
    {"superseded", "cancelled"},
    {"deprecated", "cancelled"},
    {"wont_fix", "cancelled"},
    {"wont_do", "cancelled"},
});

constexpr auto kMemoryTypes = std::to_array<Meaning>({
    {"working", "working"},
    {"normal", "working"},
    {"session", "working"},
    {"checkpoint", "working"},
    {"manual", "working"},
    {"automatic", "working"},
    {"sleep", "working"},
    {"consolidated", "consolidated"},
    {"consolidation", "consolidated"},
    {"light", "consolidated"},
    {"light_consolidation", "consolidated"},
    {"deep", "consolidated"},
    {"deep_consolidation", "consolidated"},
    {"summary", "consolidated"},
    {"compressed", "consolidated"},
    {"archived", "archived"},
    {"archive", "archived"},
    {"backup", "archived"},
    {"historical", "archived"},
    {"critical", "critical"},
    {"emergency", "critical"},
    {"crash", "critical"},
    {"urgent", "critical"},
});

constexpr auto kContextEvents = std::to_array<Meaning>({
    {"consolidation", "consolidation"},
    {"consolidate", "consolidation"},
    {"consolidated", "consolidation"},
    {"light_consolidation", "consolidation"},
    {"deep_consolidation", "consolidation"},
    {"compression", "compression"},
    {"compress", "compression"},
    {"compressed", "compression"},
    {"compact", "compression"},
    {"compacted", "compression"},
    {"compaction", "compression"},
    {"overflow_warning", "overflow_warning"},
    {"overflow", "overflow_warning"},
    {"context_overflow", "overflow_warning"},
    {"context_warning", "overflow_warning"},
    {"sleep", "sleep"},
    {"wake", "wake"},
    {"wake_up", "wake"},
});

constexpr std::array kVocabularies{
    Vocabulary{"log severity", "info", kSeverities},
    Vocabulary{"agent status", "unknown", kAgentStatuses},
    Vocabulary{"task status", "unknown", kTaskStatuses},
    Vocabulary{"memory type", "working", kMemoryTypes},
    Vocabulary{"context event", "", kContextEvents},
};

/// The word as the tables spell it.
std::string plain(std::string_view word) {
    word = trimmed(word);
    if (const std::size_t dot = word.rfind('.'); dot != std::string_view::npos)
        word.remove_prefix(dot + 1);
    std::string out = lower(word);
    std::ranges::replace_if(
        out, [](char c) { return c == '-' || c == ' '; }, '_');
    return out;
}

std::string_view meaning(std::span<const Meaning> meanings, std::string_view word,
                         std::string_view fallback) {
    const std::string wanted = plain(word);
    const auto found = std::ranges::find(meanings, wanted, &Meaning::word);
    return found == meanings.end() ? fallback : found->means;
}

}  // namespace

std::span<const Vocabulary> vocabularies() { return kVocabularies; }

std::string_view severity_of(std::string_view word) { return meaning(kSeverities, word, {}); }

std::string_view severity_of_level(double level) {
    constexpr auto levels =
        std::to_array<std::string_view>({"debug", "debug", "info", "warning", "error", "critical"});
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (level == static_cast<double>(10 * (i + 1))) return levels.at(i);
    return {};
}

std::string_view agent_status_of(std::string_view word) {
    return meaning(kAgentStatuses, word, "unknown");
}

std::string_view task_status_of(std::string_view word) {
    return meaning(kTaskStatuses, word, "unknown");
}

std::string_view memory_type_of(std::string_view word) {
    return meaning(kMemoryTypes, word, "working");
}

std::string_view context_event_of(std::string_view word) {
    return meaning(kContextEvents, word, {});
}

}  // namespace ingot
