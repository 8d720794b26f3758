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

    static void expect_undisturbed(const std::string& what, const Clients& clients) {
        EXPECT_EQ(clients.failures(), "") << what;
        EXPECT_GT(clients.rounds(), kClients) << what;
        EXPECT_LT(clients.longest_ms(), 2'500) << what;  // no try waits for longer than 2 s
        std::cout << fmt::format("{}: {} rounds, the longest {:.0f} ms\n", what, clients.rounds(),
                                 clients.longest_ms());
    }

    TempFolder folder_;
};

TEST_F(PackWithClients, AgentsWorkWhileTheirHiveIsChanged) {
    const std::string url = before_database("agent_hive", {"types=enum"});
    const auto work = [](pqxx::nontransaction& db, int client, int round) {
        const std::string id = fmt::format("md5('client {} {}')::uuid", client, round);
        db.exec("SELECT id, name FROM project_management_projects WHERE short_id = 'PRJ-A7B2'");
        db.exec(fmt::format("INSERT INTO project_management_tasks (id, title, prd_id, short_id) "
                            "SELECT {}, 'new', id, 'TSK-NEW{}{}' FROM project_management_prds "
                            "LIMIT 1",
                            id, client, round));
        db.exec("UPDATE project_management_tasks SET kanban_state = 'done' WHERE id = " + id);
        db.exec(fmt::format("UPDATE agents SET last_active = now() WHERE name = 'Agent {}'",
                            1 + (client * 7 + round) % 60));
        db.exec("DELETE FROM project_management_tasks WHERE id = " + id);
    };
    for (const std::string command : {"up", "down"}) {
        Clients clients(url, kClients, work);
        schema(command, "agent-hive-2", url);
        clients.stop();
        expect_undisturbed("agent-hive-2 " + command, clients);
    }
}

/// Names of users, chats, messages and folders.
struct Names {
    const char *users, *chats, *messages, *folders;
};
constexpr Names kOld{R"("User")", R"("AssistantChatSession")", R"("AssistantChatMessage")",
                     R"("AssistantFolder")"};
constexpr Names kNew{"users", "chat_sessions", "chat_messages", "chat_folders"};

void chat(pqxx::nontransaction& db, const Names& names, const std::string& id) {
    db.exec(fmt::format(R"(INSERT INTO {1} (id, email, username, "passwordHash", "updatedAt")
                           VALUES ({0}, {0}, {0}, 'none', now())
                           ON CONFLICT (id) DO UPDATE SET bio = 'again')",
                        id, names.users));
    db.exec(fmt::format(R"(INSERT INTO {1} (id, "userId", model, "lastActiveAt", "updatedAt")
                           VALUES ({0}, {0}, 'small', now(), now()))",
                        id, names.chats));
    db.exec(fmt::format(R"(INSERT INTO {1} (id, "sessionId", role, content)
                           VALUES ({0}, {0}, 'user', 'Hello'))",
                        id, names.messages));
    db.exec(fmt::format("UPDATE {1} SET content = 'x' WHERE id = {0}", id, names.messages));
    db.exec(fmt::format("SELECT count(*) FROM {}", names.folders));
    db.exec(fmt::format("DELETE FROM {1} WHERE id = {0}", id, names.users));
}

TEST_F(PackWithClients, AssistantAnswersUnderOldAndNewNames) {
    const std::string url = before_database("personal_ai");
    // While it goes up, half of them take the new names as soon as these are there.
    Clients clients(url, kClients, [](pqxx::nontransaction& db, int client, int round) {
        const bool take_new =
            client % 2 > 0 && !db.exec1("SELECT to_regclass('users')")[0].is_null();
        chat(db, take_new ? kNew : kOld, fmt::format("'client {} {}'", client, round));
    });
    schema("up", "assistant-table-rename", url);
    clients.stop();
    expect_undisturbed("assistant-table-rename up", clients);

    Clients old(url, kClients, [](pqxx::nontransaction& db, int client, int round) {
        chat(db, kOld, fmt::format("'client {} {}'", client, round));
    });
    schema("down", "assistant-table-rename", url);
    old.stop();
    expect_undisturbed("assistant-table-rename down", old);
}

}  // namespace
}  // namespace ingot::testing
