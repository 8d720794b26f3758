// SPDX-License-Identifier: MIT
#include "pipeline/model/batch.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/message.hpp"

#include <gtest/gtest.h>

namespace ingot {
namespace {

Source some_source() {
    Source source;
    source.workspace_id = 1;
    source.source_id = 2;
    return source;
}

Message message(std::string_view session, OptionalText uuid) {
    Message record;
    record.session_id = session;
    record.uuid = uuid;
    record.record_type = "user";
    record.raw = {"{}"};
    return record;
}

std::string_view text(const Batch& batch, std::size_t row, std::string_view column) {
    const Rows& rows = batch.tables().at(0);
    return std::get<std::string_view>(rows.row(row)[rows.table->position(column)]);
}

TEST(BatchRepeats, ShareOneCopyOfATextWithTheRowBefore) {
    const Source source = some_source();
    Batch batch(source, {}, 0);
    batch.add(0, message("s1", "a"));
    batch.add(1, message(std::string("s1"), "b"));
    EXPECT_EQ(text(batch, 0, "session_id").data(), text(batch, 1, "session_id").data());
    EXPECT_EQ(text(batch, 1, "uuid"), "b");
}

TEST(BatchRepeats, CountEveryRepair) {
    const Source source = some_source();
    Batch batch(source, {}, 0);
    const std::string_view broken("a\0b", 3);
    batch.add(0, message("s1", broken));
    batch.add(1, message("s1", broken));
    EXPECT_EQ(batch.tally.repaired, 2);
    EXPECT_EQ(text(batch, 1, "uuid"), "a\xEF\xBF\xBD"
                                      "b");
}

TEST(BatchRepeats, HaveTheSameChecksumInOneBatchOrTwo) {
    const Source source = some_source();
    Batch both(source, {}, 0);
    Batch first(source, {}, 0);
    Batch second(source, {}, 0);
    both.add(0, message("s1", "a"));
    both.add(1, message("s1", "a"));
    first.add(0, message("s1", "a"));
    second.add(1, message("s1", "a"));
    first.tally += second.tally;
    EXPECT_EQ(both.tally.tables.at("messages").checksum,
              first.tally.tables.at("messages").checksum);
}

TEST(BatchRepeats, MentionEveryIdOnceAndNoBlankOne) {
    const Source source = some_source();
    Batch batch(source, {}, 0);
    for (const char* session : {"s1", "s1", "s2", "s1"}) batch.add(0, message(session, " "));
    EXPECT_EQ(batch.mentions().at("context_sessions"), (std::set<std::string_view>{"s1", "s2"}));
    EXPECT_EQ(batch.tables().at(0).row(0)[batch.tables().at(0).table->position("uuid")].index(),
              0U);
}

TEST(BatchTouch, NamesDerivedRowsByTheKeyThatIsStored) {
    const Source source = some_source();
    Batch batch(source, {}, 0);
    batch.touch("message_usage", std::string(600, 'm'));
    batch.touch("message_usage", std::string(600, 'm'));
    const auto& ids = batch.mentions().at("message_usage");
    ASSERT_EQ(ids.size(), 1U);
    EXPECT_LE(ids.begin()->size(), kLongestKey);
    EXPECT_EQ(batch.tally.repaired, 0);
}

}  // namespace
}  // namespace ingot
