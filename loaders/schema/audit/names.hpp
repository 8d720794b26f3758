// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/catalog.hpp"

/// What names of tables, indexes and constraints say.
namespace ingot::schema {

/// PostgreSQL cuts longer names.
inline constexpr std::size_t kLongestName = 63;

/// AssistantChatSession → assistant_chat_session, KBIssue → kb_issue.
std::string snake_case(std::string_view name);

/// Whether it has capital letters, so that it means something else without quotes.
bool has_capitals(std::string_view name);

/// The words between underscores, in lower case.
std::vector<std::string> words_of_name(std::string_view name);

/// "a_b"
std::string joined_names(const std::vector<std::string>& names);

/// tasks and task, entries and entry.
bool same_noun(std::string_view a, std::string_view b);

/// Whether both names are the same words, the last in singular or plural.
bool same_thing(const std::vector<std::string>& a, const std::vector<std::string>& b);

/// The name, cut to 63 bytes and numbered when something has it.
std::string free_name(const Catalog& catalog, std::string name);

/// ix_tasks_status → tasks_status: without what convention puts in front of names (ix, idx, pk, fk, uq,
/// ck); nothing when there is no such thing.
std::optional<std::string> without_convention(std::string_view name);

/// The table in a name that the database or a mapper made by rule: <table>_pkey, <table>_<columns>_key,
/// _fkey, _idx, _check, _excl, and <table>_<column>_seq. Nothing when it is no such name, or is so long
/// that it may have been cut.
std::optional<std::string> table_in_made_name(std::string_view name,
                                              const std::vector<std::string>& columns);

/// The name with its table exchanged, cut to what fits.
std::string with_table(std::string_view name, std::string_view old_table,
                       std::string_view new_table);

}  // namespace ingot::schema
