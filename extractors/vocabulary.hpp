// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

namespace ingot {

/// One word of a source and the word of ours that it means.
struct Meaning {
    std::string_view word;  ///< Lower case, words joined by '_'.
    std::string_view means;
};

/// Everything that sources call one of our few words.
struct Vocabulary {
    std::string_view name;      ///< "task status"
    std::string_view fallback;  ///< For a word that is not listed.
    std::span<const Meaning> meanings;
};

/// All vocabularies, for the docs.
std::span<const Vocabulary> vocabularies();

// A source's word is compared without case, '-' and blank as '_', and without the class of a Python
// enum ("TaskStatus.DONE" is "done").

/// debug, info, warning, error or critical; empty for a word that is no level.
std::string_view severity_of(std::string_view word);
/// The same for the numbers of pino and bunyan: 10 trace … 60 fatal; empty for others.
std::string_view severity_of_level(double level);
/// active, idle, crashed, sleeping or unknown.
std::string_view agent_status_of(std::string_view word);
/// pending, in_progress, completed, failed, cancelled or unknown.
std::string_view task_status_of(std::string_view word);
/// working, consolidated, archived or critical; working for a word that is not listed.
std::string_view memory_type_of(std::string_view word);
/// consolidation, compression, overflow_warning, sleep or wake; empty for a word that is not listed.
std::string_view context_event_of(std::string_view word);

}  // namespace ingot
