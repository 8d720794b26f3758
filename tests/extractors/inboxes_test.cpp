// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

using testing::extract;

TEST(Inboxes, GiveTheMessagesOfAnAgent) {
    const auto out = extract(
        "message_bus/inboxes/crashy.json",
        R"([{"timestamp":"2026-01-02T10:00:00Z","from":"pm","type":"task","priority":"high","content":"Start","id":"07"}])");
    EXPECT_EQ(out.extractor->name, "inboxes");
    EXPECT_EQ(out.rows("agent_messages"), "1.0 message_id=07 from_agent=pm to_agent=crashy "
                                          "message_type=task content=Start priority=high "
                                          "sent_at=2026-01-02T10:00:00.000000Z\n");
    EXPECT_TRUE(out.balanced());
}

TEST(Inboxes, ReadTeamInboxes) {
    const auto out = extract("teams/t/inboxes/lead.json",
                             R"([{"from":"critic","text":"done","read":true,"color":"blue"}])");
    EXPECT_EQ(out.rows("agent_messages"),
              "1.0 from_agent=critic to_agent=lead message_type=message content=done\n");
}

TEST(Inboxes, KeepContentThatIsNoText) {
    const auto out = extract("inboxes/a.json", R"([{"from":"b","content":{"n": 1.10}}])");
    EXPECT_EQ(out.column("agent_messages", "content"), R"({"n": 1.10})");
}

TEST(Inboxes, RejectWhatIsNoMessage) {
    const auto out = extract("inboxes/a.json", R"([{"from":"b"},{"x":1},2,{"from":"c"}])");
    EXPECT_EQ(out.column("agent_messages", "from_agent"), "b,c");
    EXPECT_EQ(out.rejects(), "missing_field@14+7 line 1, wrong_type@22+1 line 1");
    EXPECT_TRUE(out.balanced());
}

}  // namespace
}  // namespace ingot
