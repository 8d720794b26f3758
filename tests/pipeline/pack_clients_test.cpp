// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/pipeline/clients.hpp"
#include "tests/pipeline/program.hpp"
#include "tests/pipeline/temp_folder.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace ingot::testing {
namespace {

constexpr int kClients = 8;

class PackWithClients : public ::testing::Test {
protected:
    void schema(const std::string& command, const std::string& pack, const std::string& url) {
        std::vector<std::string> words{"schema", command,      "--pack",
                                       pack,     "--postgres", url,
                                       "--yes",  "--log-dir",  folder_.path().string()};
        words.push_back(command == "up" ? "--no-backup" : "--all");
        const Finished finished = run_ingot(words);
        EXPECT_EQ(finished.exit_code, 0) << command << "\n" << finished.output << finished.errors;
    }

    /// Up, proved, and back, while the clients work.
    void go_up_and_back(const std::string& pack, const std::string& url,
                        const Clients::Work& work) {
        for (const std::string command : {"up", "down"}) {
            Clients clients(url, kClients, work);
            schema(command, pack, url);
            clients.stop();
            EXPECT_EQ(clients.failures(), "");
            EXPECT_GT(clients.rounds(), kClients);
            EXPECT_LT(clients.longest_ms(), 2'500);  // a try waits 2 s for its lock at most
            std::cout << fmt::format("{} {}: {} rounds, the longest {:.0f} ms\n", pack, command,
                                     clients.rounds(), clients.longest_ms());
        }
    }

    TempFolder folder_;
};

TEST_F(PackWithClients, AgentsWorkWhileTheirHiveIsChanged) {
    const std::string url = before_database("agent_hive", {"types=enum"});
    go_up_and_back("agent-hive-2", url, [](pqxx::nontransaction& db, int client, int round) {
        const std::string id = fmt::format("md5('client {} {}')::uuid", client, round);
        const std::string sign = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
        db.exec("SELECT id, name FROM project_management_projects WHERE short_id = 'PRJ-A7B2'");
        db.exec(fmt::format("INSERT INTO project_management_tasks (id, title, prd_id, short_id) "
                            "SELECT {}, 'new', id, 'TSK-NEW{}{}' FROM project_management_prds "
                            "LIMIT 1",
                            id, client, round));
        db.exec(fmt::format("UPDATE project_management_tasks SET kanban_state = 'done' WHERE id = "
                            "{}",
                            id));
        db.exec(fmt::format("UPDATE agents SET last_active = now() WHERE name = 'Agent {}'",
                            1 + (client * 7 + round) % 60));
        db.exec(fmt::format("DELETE FROM project_management_tasks WHERE id = {}", id));
    });
}

TEST_F(PackWithClients, AssistantAnswersUnderOldAndNewNames) {
    const std::string url = before_database("personal_ai");
    go_up_and_back(
        "assistant-table-rename", url, [](pqxx::nontransaction& db, int client, int round) {
            const std::string id = fmt::format("'client {} {}'", client, round);
            db.exec(
                fmt::format(R"(INSERT INTO "User" (id, email, username, "passwordHash", "updatedAt")
                               VALUES ({0}, {0}, {0}, 'none', now())
                               ON CONFLICT (id) DO UPDATE SET bio = 'again')",
                            id));
            db.exec(fmt::format(R"(INSERT INTO "AssistantChatSession"
                               (id, "userId", model, "lastActiveAt", "updatedAt")
                               VALUES ({0}, {0}, 'small', now(), now()))",
                                id));
            db.exec(
                fmt::format(R"(INSERT INTO "AssistantChatMessage" (id, "sessionId", role, content)
                               VALUES ({0}, {0}, 'user', 'Hello'))",
                            id));
            db.exec(fmt::format(R"(UPDATE "AssistantChatMessage" SET content = 'x' WHERE id = {})",
                                id));
            db.exec(R"(SELECT count(*) FROM "AssistantFolder")");
            db.exec(fmt::format(R"(DELETE FROM "User" WHERE id = {})", id));
        });
}

}  // namespace
}  // namespace ingot::testing
