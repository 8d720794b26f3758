// SPDX-License-Identifier: MIT
#include "tests/loaders/before_state.hpp"
#include "tests/loaders/schema/pack_fixture.hpp"

namespace ingot::testing {
namespace {

class AssistantPack : public ::testing::Test {
protected:
    PackOn on_{"assistant-table-rename", "personal_ai"};

    std::string ask(const std::string& sql) { return on_.ask(sql); }
};

TEST_F(AssistantPack, KeepsAllRowsAndAddsTheOlderOnes) {
    on_.up();
    EXPECT_EQ(ask("SELECT count(*) FROM users"), "400");
    EXPECT_EQ(ask("SELECT count(*) FROM chat_folders"), "900");
    EXPECT_EQ(ask("SELECT count(*) FROM chat_sessions"), "2400");
    EXPECT_EQ(ask("SELECT count(*) FROM chat_messages"), "14400");
    EXPECT_EQ(ask("SELECT count(*) FROM assistant_conversation_legacy"), "1200");
    EXPECT_EQ(ask("SELECT count(*) FROM assistant_message_legacy"), "5400");
}

TEST_F(AssistantPack, PutsOlderMessagesIntoTheChatOfTheirUser) {
    on_.up();
    EXPECT_EQ(ask(R"(SELECT count(*) FROM assistant_message_legacy m
                       JOIN assistant_conversation_legacy c ON c.id = m."conversationId"
                       JOIN chat_messages t ON t.id = m.id
                       JOIN chat_sessions s ON s.id = t."sessionId"
                      WHERE s."userId" = c."userId" AND s.id IN (c.id, c."sessionId")
                        AND t.role = m.type AND t.timestamp = m."createdAt"
                        AND t.content = m.content)"),
              "5400");
    EXPECT_EQ(ask("SELECT count(*) FROM chat_sessions WHERE model = 'legacy'"), "900");
    // Of the 60 without a message, some ended and some only began.
    EXPECT_EQ(ask(R"(SELECT count(*) FROM chat_sessions s
                       JOIN assistant_conversation_legacy c ON c.id = s.id
                      WHERE s."lastActiveAt" = coalesce(
                            (SELECT max("createdAt") FROM assistant_message_legacy m
                              WHERE m."conversationId" = c.id), c."endedAt", c."startedAt"))"),
              "900");
}

TEST_F(AssistantPack, CallsAChatWhatItWasCalled) {
    on_.up();
    EXPECT_EQ(ask(R"(SELECT count(*) FROM chat_sessions WHERE title = "sessionName")"),
              ask(R"(SELECT count(*) FROM chat_sessions WHERE "sessionName" IS NOT NULL)"));
    EXPECT_EQ(ask(R"(SELECT count(*) FROM chat_sessions
                      WHERE model <> 'legacy' AND "sessionName" IS NOT NULL)"),
              "1000");
    EXPECT_EQ(ask(R"(SELECT count(*) FROM chat_sessions
                      WHERE model <> 'legacy' AND "lastMessageAt" = "lastActiveAt")"),
              "1500");
}

TEST_F(AssistantPack, CountsTheChatsOfAFolderWhenAllAreThere) {
    on_.up();
    EXPECT_EQ(ask(R"(SELECT count(*) FROM chat_folders f WHERE "sessionCount" <>
                     (SELECT count(*) FROM chat_sessions s WHERE s."folderId" = f.id))"),
              "0");
    EXPECT_EQ(ask(R"(SELECT sum("sessionCount") FROM chat_folders)"), "400");
    EXPECT_THROW(on_.run(R"(UPDATE chat_sessions SET "folderId" = 'none')"),
                 schema::StatementFailed);
}

TEST_F(AssistantPack, LeavesNoForeignKeyBehind) {
    on_.up();
    EXPECT_EQ(ask("SELECT count(*) FROM pg_constraint "
                  "WHERE contype = 'f' AND confrelid = 'users'::regclass"),
              "64");
    EXPECT_EQ(failures(on_.verify()), "");
}

/// Made, read, changed and deleted under `users`, `sessions`, `messages`.
void work_through(PackOn& on, const std::string& users, const std::string& sessions,
                  const std::string& messages) {
    on.run("INSERT INTO " + users +
           R"( (id, email, username, "passwordHash", "updatedAt")
               VALUES ('u', 'u@example.org', 'u', 'none', now()))");
    on.run("INSERT INTO " + users +
           R"( (id, email, username, "passwordHash", "updatedAt")
               VALUES ('u', 'u@example.org', 'u', 'none', now())
               ON CONFLICT (id) DO UPDATE SET bio = 'again')");
    on.run("INSERT INTO " + sessions +
           R"( (id, "userId", model, "lastActiveAt", "updatedAt")
               VALUES ('s', 'u', 'small', now(), now()))");
    on.run("INSERT INTO " + messages +
           R"( (id, "sessionId", role, content) VALUES ('m', 's', 'user', 'Hello'))");
    on.run("UPDATE " + messages + " SET content = 'Goodbye' WHERE id = 'm'");
    EXPECT_EQ(on.ask("SELECT bio FROM " + users + R"( WHERE id = 'u' AND "isActive")"), "again");
    EXPECT_EQ(on.ask("SELECT temperature FROM " + sessions + " WHERE id = 's'"), "0.7");
    EXPECT_EQ(
        on.ask("SELECT content FROM " + messages + " WHERE timestamp IS NOT NULL AND id = 'm'"),
        "Goodbye");
}

TEST_F(AssistantPack, WorksThroughTheNewNames) {
    on_.up();
    work_through(on_, "users", "chat_sessions", "chat_messages");
    on_.run("DELETE FROM users WHERE id = 'u'");
    EXPECT_EQ(ask("SELECT count(*) FROM chat_messages WHERE id = 'm'"), "0");
}

TEST_F(AssistantPack, WorksThroughTheOldNames) {
    on_.up();
    work_through(on_, R"("User")", R"("AssistantChatSession")", R"("AssistantChatMessage")");
    EXPECT_EQ(ask("SELECT role FROM users WHERE id = 'u'"), "USER");
    EXPECT_EQ(ask(R"(SELECT format('%s %s', title, "isActive") FROM chat_sessions WHERE id = 's')"),
              "Untitled Session t");
    on_.run(R"(DELETE FROM "User" WHERE id = 'u')");
    EXPECT_EQ(ask("SELECT count(*) FROM chat_messages WHERE id = 'm'"), "0");
}

TEST_F(AssistantPack, RefusesARoleThatIsNone) {
    on_.up();
    EXPECT_THROW(on_.run("UPDATE users SET role = 'KING'"), schema::StatementFailed);
}

TEST_F(AssistantPack, WritesStartEndAndWayBackIntoTheAuditLog) {
    constexpr const char* kActions =
        R"(SELECT string_agg(split_part(action, '_', 4), ' ' ORDER BY "createdAt", action DESC)
             FROM "AuditLog" WHERE resource = 'DATABASE_SCHEMA')";
    on_.up();
    EXPECT_EQ(ask(kActions), "START COMPLETE");
    EXPECT_EQ(ask(R"(SELECT format('%s %s %s %s', metadata ->> 'users', metadata ->> 'folders',
                            metadata ->> 'sessions', metadata ->> 'messages')
                       FROM "AuditLog" WHERE action = 'TABLE_RENAME_MIGRATION_COMPLETE')"),
              "400 900 2400 14400");
    on_.down_all();
    EXPECT_EQ(ask(kActions), "START COMPLETE ROLLBACK");
    EXPECT_EQ(ask(R"(SELECT count(*) FROM "AuditLog" WHERE resource = 'USER')"), "600");
    on_.up();
    EXPECT_EQ(ask(kActions), "START COMPLETE ROLLBACK START COMPLETE");
}

TEST_F(AssistantPack, TakesBackOnlyTheRowsThatItMerged) {
    on_.up();
    on_.run(R"(INSERT INTO chat_messages (id, "sessionId", role, content)
               SELECT 'mine', min(id), 'user', 'Hello' FROM chat_sessions WHERE model = 'large')");
    on_.down_all();
    EXPECT_EQ(ask(R"(SELECT count(*) FROM "AssistantChatMessage")"), "9001");
    EXPECT_EQ(ask(R"(SELECT count(*) FROM "AssistantChatSession")"), "1500");
}

TEST_F(AssistantPack, StopsWhenANewNameIsTaken) {
    on_.run("CREATE TABLE users (id int)");
    EXPECT_NE(obstacles(on_.plan()).find("users"), std::string::npos);
    EXPECT_THROW(on_.up(), RunError);
}

}  // namespace
}  // namespace ingot::testing
