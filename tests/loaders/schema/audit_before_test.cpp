// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/finding.hpp"
#include "tests/loaders/before_state.hpp"

#include <algorithm>

/// The databases before their migration hold what each is known for, and nothing else is found there.
namespace ingot::schema::audit {
namespace {

using Names = std::vector<std::string>;
using Found = std::map<std::string, Names>;

/// Check → the last words of what it found, sorted.
Found found_in(const std::string& fixture, const Names& variables = {}) {
    const auto target =
        open_postgres(ingot::testing::before_database(fixture, variables), "public");
    Found found;
    for (const Finding& finding : audit(read_catalog(*target), *target).findings) {
        const std::size_t blank = finding.object.rfind(' ');
        found[std::string(finding.check)].push_back(finding.object.substr(blank + 1));
    }
    for (auto& [check, names] : found) std::ranges::sort(names);
    return found;
}

/// Two tables declare ix_agent_timestamp and ix_session_timestamp; whichever has them, the other has not.
/// ix_trace_timestamp is the same trap, and the sessions' ix_project_started reads as one of projects.
TEST(AuditBefore, FindsTheIndexNamesOfTheTerminalManagerThatTwoTablesMayWant) {
    EXPECT_EQ(found_in("terminal_manager"),
              (Found{
                  {"covered-index",
                   {"ix_budget_history_agent_id", "ix_budget_history_operation_type",
                    "ix_sessions_primary_agent", "ix_sessions_project", "ix_sessions_status",
                    "ix_stored_events_agent_id", "ix_stored_events_event_type",
                    "ix_stored_events_intent", "ix_stored_events_project",
                    "ix_stored_events_session_id", "ix_stored_events_trace_id"}},
                  {"name-clash",
                   {"ix_agent_timestamp", "ix_project_started", "ix_project_timestamp",
                    "ix_session_timestamp", "ix_trace_timestamp"}},
              }));
}

TEST(AuditBefore, FindsTheSameNamesWhenTheOtherTableOwnsThem) {
    const Found found = found_in("terminal_manager", {"owner=budget_history"});
    EXPECT_EQ(found.at("name-clash"),
              (Names{"ix_agent_timestamp", "ix_project_started", "ix_project_timestamp",
                     "ix_session_timestamp", "ix_trace_timestamp"}));
    EXPECT_EQ(found.size(), 2U);
}

/// ix_epics_… on project_management_epics are short names, not names of another table.
TEST(AuditBefore, FindsTheKeysAndRepetitionsOfTheAgentHive) {
    const Found expected{
        {"unindexed-foreign-key",
         {"agent_sessions_agent_id_fkey", "fk_epics_owner_agent", "fk_prds_owner_agent",
          "fk_prds_previous_version", "fk_projects_owner_agent",
          "project_management_tasks_created_by_agent_id_fkey",
          "project_management_tasks_project_id_fkey"}},
        {"duplicate-index", {"ix_short_id_registry_entity"}},
        {"covered-index",
         {"ix_agents_status", "ix_epics_priority", "ix_epics_project_id", "ix_prds_epic_id",
          "ix_prds_priority", "ix_project_tasks_assigned_agent_id", "ix_project_tasks_prd_id",
          "ix_project_tasks_priority", "ix_project_tasks_task_type", "ix_projects_status",
          "ix_short_id_registry_entity_type"}},
    };
    EXPECT_EQ(found_in("agent_hive"), expected);
    EXPECT_EQ(found_in("agent_hive", {"types=enum"}), expected);
}

/// Four indexes of project_tasks are called ix_tasks_…, and there is a table tasks.
TEST(AuditBefore, FindsNamesOfAnotherTableInTheGenuineAgentHive) {
    EXPECT_EQ(
        found_in("agent_hive_genuine"),
        (Found{
            {"unindexed-foreign-key",
             {"epics_owner_agent_id_fkey", "prds_owner_agent_id_fkey",
              "prds_previous_version_id_fkey", "project_tasks_created_by_agent_id_fkey",
              "projects_owner_agent_id_fkey", "tasks_created_by_agent_id_fkey"}},
            {"duplicate-index", {"idx_config_key"}},
            {"covered-index",
             {"ix_epics_priority", "ix_epics_project_id", "ix_prds_epic_id", "ix_prds_priority",
              "ix_project_tasks_assigned_agent_id", "ix_project_tasks_prd_id",
              "ix_project_tasks_priority", "ix_project_tasks_task_type", "ix_projects_status"}},
            {"name-clash",
             {"ix_tasks_assigned_kanban", "ix_tasks_prd_kanban", "ix_tasks_priority_due",
              "ix_tasks_type_kanban"}},
        }));
}

/// Sixteen of the 64 keys to "User" have no index, and one to "AssistantChatSession".
TEST(AuditBefore, FindsTheMissingIndexesOfThePersonalAssistantAndItsQuotedNames) {
    Found found = found_in("personal_ai");
    EXPECT_EQ(found["quoted-name"].size(), 63);
    found.erase("quoted-name");
    EXPECT_EQ(found,
              (Found{
                  {"unindexed-foreign-key",
                   {"AssistantAnalytics_sessionId_fkey", "EmailCampaign_createdById_fkey",
                    "FormSubmission_submittedBy_fkey", "Form_createdBy_fkey",
                    "KBAttachment_uploadedBy_fkey", "KBIssueRelation_createdBy_fkey",
                    "MenuItem_createdBy_fkey", "MenuItem_deletedBy_fkey", "MenuItem_updatedBy_fkey",
                    "Page_createdBy_fkey", "Survey_createdById_fkey", "Tag_createdBy_fkey",
                    "ThemeConfig_updatedById_fkey", "UserInvitation_invitedBy_fkey",
                    "User_createdBy_fkey", "User_deletedBy_fkey", "User_updatedBy_fkey"}},
                  {"duplicate-index", {"User_email_idx", "User_username_idx"}},
                  {"covered-index",
                   {"AssistantAnalytics_userId_idx", "AssistantConversation_userId_idx",
                    "AssistantFolder_userId_idx"}},
              }));
}

/// Renaming tables alone leaves every name of theirs behind, as it really happened.
TEST(AuditBefore, FindsEveryNameThatStaysBehindWhenTablesAreRenamed) {
    const auto target = open_postgres(ingot::testing::before_database("personal_ai"), "public");
    const Names renamed{"User", "AssistantFolder", "AssistantConversation", "AssistantMessage"};
    Names expected;
    const Catalog before = read_catalog(*target);
    for (const std::string& table : renamed) {
        for (const Constraint* each : before.constraints_of(table)) expected.push_back(each->name);
        for (const Index* each : before.indexes_of(table))
            if (each->constraint.empty()) expected.push_back(each->name);
        target->execute("ALTER TABLE " + identifier(table) + " RENAME TO " +
                        identifier(table == "User" ? "users" : "legacy_" + table));
    }
    std::ranges::sort(expected);
    Names found;
    for (const Finding& finding : audit(read_catalog(*target), *target).findings)
        if (finding.check == "stale-name")
            found.push_back(finding.object.substr(finding.object.rfind(' ') + 1));
    std::ranges::sort(found);
    EXPECT_EQ(found, expected);
    EXPECT_GT(found.size(), 20U);
}

/// idx_work_item_… on tasks is what work items are called, no table that was renamed.
TEST(AuditBefore, FindsTheIndexesOfProjectTrackingThatServeNothing) {
    const Found expected{
        {"unindexed-foreign-key",
         {"fk_current_session", "fk_task_planning_references_task_id_tasks",
          "fk_task_status_history_task_id_tasks"}},
        {"covered-index",
         {"idx_dependency_source_id", "idx_vendor_deployment_deployment_id",
          "idx_work_item_deployment_deployment_id"}},
        {"constant-key", {"idx_work_item_deleted_at"}},
    };
    EXPECT_EQ(found_in("codebase_mcp"), expected);
    EXPECT_EQ(found_in("codebase_mcp", {"rev=003"}), expected);
}

}  // namespace
}  // namespace ingot::schema::audit
