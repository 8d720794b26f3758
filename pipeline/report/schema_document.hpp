// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/report/schema_report.hpp"

/// Parts of the document of a schema command: each adds its sections and cases.
namespace ingot::schema_parts {

using document::Document;

/// The runbook: what is to be done before, where it stands, every statement, what comes after.
void add_prerequisites(const SchemaReport& report, Document& out);
void add_state(const schema::Plan& plan, Document& out);
void add_plan(const SchemaReport& report, Document& out);
void add_way_back(const SchemaReport& report, Document& out);
/// What is asked when all is done, and the pack's emergency switches.
void add_checks_to_come(const SchemaReport& report, Document& out);
void add_down(const SchemaReport& report, Document& out);
void add_run(const SchemaReport& report, Document& out);
void add_verification(const SchemaReport& report, Document& out);
void add_rehearsal(const SchemaReport& report, Document& out);
void add_answers(const SchemaReport& report, const std::vector<schema::Answer>& answers,
                 const std::string& pointer, const std::string& id, const std::string& title,
                 Document& out);
void add_tables(const std::vector<schema::TableSize>& tables, const std::string& pointer,
                const std::string& note, Document& out);
void add_refreshed(const SchemaReport& report, Document& out);

/// "ingot schema up --pack P --postgres \"$DATABASE_URL\"": what comes after `ingot schema`.
std::string command_line(const SchemaReport& report, const std::string& words);
/// Rows that the way back touches are known to the journal alone.
bool needs_journal(const schema::Action& action);
inline constexpr const char* kJournalKeys = "${JOURNAL_KEYS} stands for the keys of the rows that "
                                            "were written; only ingot schema down knows "
                                            "them.";
/// "003 name"
std::string migration_name(std::int64_t version, const std::string& name);

}  // namespace ingot::schema_parts
