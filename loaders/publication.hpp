// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/publish.hpp"
#include "loaders/publish_plan.hpp"
#include "loaders/publish_schema.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ingot {

/// What one transaction did.
struct Published {
    PublishedWorkspace workspace;
    std::vector<std::string> ddl;
};

/// One try to publish one workspace in one transaction.
class Publication {
public:
    Publication(SQLite::Database& store, Connection& connection, const std::string& schema,
                const PublishOptions& options, std::int64_t workspace_id, bool allow_append);

    /// nullopt when the schema changed while it waited for the lock: begin anew. Without commit, at
    /// any exception, PostgreSQL is as it was.
    std::optional<Published> run();

    /// What was about to be committed.
    const Published& result() const { return result_; }

private:
    bool prepare(pqxx::transaction_base& work);
    void check_owner(pqxx::transaction_base& work);
    void write();
    void write_entities();
    void remove_sources();
    void mark_missing();
    void verify_all();
    void verify_rows(const RowPlan& plan, const Judge& judge);
    void enter_totals(const RowPlan& plan);
    void describe();
    PublishedTable& line(std::string_view table);
    std::string ids_of(SourceState state) const;
    void begin_step(std::string_view step, std::int64_t total_rows);
    CountRows counter(std::string_view table);

    const PublishOptions& options_;
    const std::string& schema_;
    std::vector<const Table*> tables_;  ///< Selected.
    Ends ends_;
    PlanScope scope_;
    PublishPlan plan_;
    Published result_;
    PublishProgress progress_;
};

}  // namespace ingot
