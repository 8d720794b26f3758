// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/down.hpp"
#include "loaders/schema/engine/rehearse.hpp"
#include "loaders/schema/engine/verify.hpp"

#include "pipeline/model/errors.hpp"
#include "pipeline/report/document.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ingot {

/// What a report tells of a pack.
struct PackFacts {
    struct Migration {
        std::int64_t version = 0;
        std::string name;
        std::string says;
        std::int64_t phase = 1;
        std::int64_t expected_ms = 0;  ///< 0: not said.
    };
    struct Switch {
        std::string name;
        std::string says;
    };
    std::string says;
    std::string variant;
    /// What names it and its place on a command line: " --pack P --pack-dir DIR".
    std::string options;
    std::vector<Migration> migrations;
    std::vector<schema::Query> queries;
    std::vector<schema::Query> smoke;
    std::vector<Switch> switches;

    const Migration* migration(std::int64_t version) const;
    /// Of an answer, in queries and smoke.
    const schema::Query* query(const std::string& name) const;
};

PackFacts facts_of(const schema::Pack& pack);

/// A materialized view that was renewed.
struct RefreshedView {
    std::string view;
    bool concurrent = false;  ///< It could be read meanwhile.
    double seconds = 0;
};

/// What a schema command did and found; all renderings are made from it.
struct SchemaReport {
    std::string command;  ///< plan, up, down, verify, status, baseline, rehearse
    std::string pack;
    PackFacts about;
    Dialect dialect = Dialect::postgres;
    std::string target;  ///< Without its password.
    std::string schema;
    Timestamp started_at;
    double seconds = 0;
    Exit exit = Exit::done;
    std::string error;  ///< What ended it; empty: nothing did.
    std::optional<schema::Plan> plan;
    std::optional<schema::DownPlan> down;
    bool plan_is_shown = false;  ///< On the terminal, before somebody was asked.
    std::optional<schema::RunResult> run;
    std::optional<schema::Verification> verification;
    std::optional<schema::Rehearsal> rehearsal;
    std::vector<schema::Answer> smoke;          ///< Asked after a way back.
    std::vector<schema::TableSize> rows_after;  ///< Row counts after a change.
    std::vector<RefreshedView> refreshed;
    std::vector<std::string> notes;  ///< Backup made, lock waited for, …
};

/// In quotes for a shell where it needs them.
std::string shell_word(const std::string& word);

/// The table that a lock is on, with its size; null: it is on something else.
const schema::TableSize* table_of(const schema::Plan& plan, const schema::Lock& lock);
/// "500 rows at a time, 10 ms apart; what is done stays done"; empty: in one statement.
std::string batch_words(const schema::Action& action);
/// What makes a query's answer a warning or a failure, in words.
std::string threshold_words(const schema::Query& query);
/// What came out, with its unit; empty for a query of which only the time counts.
std::string value_words(const PackFacts& about, const schema::Answer& answer);
/// How long a step took.
double milliseconds_of(const schema::LogEntry& entry);

/// The terminal's rendering. `verbose`: with what is done already. Lines are wrapped to `width`
/// columns; 0: not at all.
std::string schema_text(const SchemaReport& report, bool verbose, std::size_t width = 0);

/// One JSON document, as docs/schema-report.schema.json has it.
std::string schema_json(const SchemaReport& report);

/// For Markdown, HTML and JUnit. A plan is a runbook.
document::Document schema_document(const SchemaReport& report);

}  // namespace ingot
