// SPDX-License-Identifier: MIT
#include "extractors/binary.hpp"
#include "extractors/extractor.hpp"
#include "pipeline/model/text.hpp"

#include <array>

namespace ingot {

extern const Extractor state_db_extractor;
extern const Extractor workflow_journal_extractor;
extern const Extractor agent_meta_extractor;
extern const Extractor sessions_index_extractor;
extern const Extractor transcript_extractor;
extern const Extractor transcript_stream_extractor;
extern const Extractor history_extractor;
extern const Extractor todos_extractor;
extern const Extractor task_files_extractor;
extern const Extractor agents_extractor;
extern const Extractor completions_extractor;
extern const Extractor inboxes_extractor;
extern const Extractor log_lines_extractor;
extern const Extractor log_stream_extractor;
extern const Extractor log_text_extractor;
extern const Extractor log_plain_extractor;
extern const Extractor snapshot_extractor;
extern const Extractor context_lines_extractor;
extern const Extractor context_extractor;
extern const Extractor config_extractor;
extern const Extractor document_extractor;

// One file each. The order is the order of asking: content that is unmistakable first, then the
// folders that say what a file is, then the endings.

std::span<const Extractor* const> extractors() {
    static constexpr std::array<const Extractor*, 21> all{
        &state_db_extractor,    &workflow_journal_extractor,
        &agent_meta_extractor,  &sessions_index_extractor,
        &transcript_extractor,  &transcript_stream_extractor,
        &history_extractor,     &todos_extractor,
        &task_files_extractor,  &agents_extractor,
        &completions_extractor, &inboxes_extractor,
        &log_lines_extractor,   &log_stream_extractor,
        &log_text_extractor,    &log_plain_extractor,
        &snapshot_extractor,    &context_lines_extractor,
        &context_extractor,     &config_extractor,
        &document_extractor};
    return all;
}

namespace {

/// Text that is not blank, and what a crash left of one.
bool may_be_claimed(std::string_view head) {
    return is_all_nul(head) || (!is_binary(head) && !trimmed(head).empty());
}

}  // namespace

const Extractor* extractor_for(const Candidate& candidate) {
    // What is no text is a database or nothing that is known, whatever its name says.
    const bool is_foreign = has_magic_number(candidate.head);
    for (const Extractor* extractor : extractors())
        if ((!is_foreign || extractor->cut == Cut::database) && extractor->takes(candidate))
            return extractor;
    if (!may_be_claimed(candidate.head)) return nullptr;
    for (const Extractor* extractor : extractors())
        if (extractor->claims != nullptr && extractor->claims(candidate.source)) return extractor;
    return nullptr;
}

const Extractor* extractor_named(std::string_view name) {
    for (const Extractor* extractor : extractors())
        if (extractor->name == name) return extractor;
    return nullptr;
}

}  // namespace ingot
