// SPDX-License-Identifier: MIT
#include "loaders/store.hpp"

namespace ingot {
namespace {

constexpr const char* kOfRun = " WHERE workspace_id = ?1 AND run_id = ?2";

}  // namespace

void Store::forget_history(std::int64_t source_id) {
    RowStatement forget(*db_, "DELETE FROM source_versions WHERE workspace_id = ?1 AND source_id = "
                              "?2 AND run_id <> ?3");
    forget.bind(1, run_.workspace_id);
    forget.bind(2, source_id);
    forget.bind(3, std::string_view(run_.run_id));
    forget.run();
    RowStatement empty(*db_, "DELETE FROM source_segments WHERE workspace_id = ?1 AND source_id = "
                             "?2");
    empty.bind(1, run_.workspace_id);
    empty.bind(2, source_id);
    empty.run();
}

void Store::begin_undo(const RunInfo& info, const std::vector<std::string>& runs) {
    run_ = info;
    changes_.clear();
    begin_writing();
    in_run_ = in_undo_ = true;
    for (const std::string& run : runs) {
        RowStatement forget(*db_, std::string("DELETE FROM source_versions") + kOfRun);
        forget.bind(1, run_.workspace_id);
        forget.bind(2, std::string_view(run));
        forget.run();
    }
}

void Store::unmark_missing(std::int64_t source_id, std::string_view last_run_id) {
    RowStatement unmark(*db_, "UPDATE sources SET missing_since = NULL, last_run_id = ?3 WHERE "
                              "workspace_id = ?1 AND source_id = ?2");
    unmark.bind(1, run_.workspace_id);
    unmark.bind(2, source_id);
    unmark.bind(3, last_run_id);
    unmark.run();
}

void Store::finish_undo(const std::vector<std::string>& runs) {
    for (const std::string& run : runs) {
        RowStatement mark(*db_, std::string("UPDATE import_runs SET status = 'undone'") + kOfRun);
        mark.bind(1, run_.workspace_id);
        mark.bind(2, std::string_view(run));
        mark.run();
    }
    RowStatement last(*db_,
                      "UPDATE workspaces SET last_imported_at = coalesce((SELECT max(started_at) "
                      "FROM import_runs WHERE workspace_id = ?1 AND status = 'completed'), "
                      "first_imported_at) WHERE workspace_id = ?1");
    last.bind(1, run_.workspace_id);
    last.run();
    transaction_->commit();
    transaction_.reset();
    in_run_ = in_undo_ = false;
    sweep_files();
    db_->exec("DELETE FROM touched");
}

}  // namespace ingot
