// SPDX-License-Identifier: MIT
#include "extractors/slug.hpp"
#include "extractors/vocabulary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace ingot {
namespace {

TEST(Vocabulary, ComparesWordsWithoutCaseAndWithAnyJoint) {
    EXPECT_EQ(task_status_of("In-Progress"), "in_progress");
    EXPECT_EQ(task_status_of(" in progress "), "in_progress");
    EXPECT_EQ(task_status_of("TaskStatus.COMPLETED"), "completed");
}

TEST(Vocabulary, SaysUnknownForAWordThatIsNotListed) {
    EXPECT_EQ(task_status_of("meditating"), "unknown");
    EXPECT_EQ(agent_status_of(""), "unknown");
    EXPECT_EQ(severity_of("hello"), "");
}

TEST(Vocabulary, TakesAnAgentThatIsDoneForIdle) {
    EXPECT_EQ(agent_status_of("completed"), "idle");
    EXPECT_EQ(agent_status_of("running"), "active");
    EXPECT_EQ(agent_status_of("failed"), "crashed");
}

TEST(Vocabulary, KnowsLevelsByWordAndByNumber) {
    EXPECT_EQ(severity_of("WARN"), "warning");
    EXPECT_EQ(severity_of("Fatal"), "critical");
    EXPECT_EQ(severity_of_level(30), "info");
    EXPECT_EQ(severity_of_level(60), "critical");
    EXPECT_EQ(severity_of_level(7), "");
}

TEST(Vocabulary, KnowsKindsOfMemory) {
    EXPECT_EQ(memory_type_of("emergency"), "critical");
    EXPECT_EQ(memory_type_of("anything"), "working");
}

TEST(Vocabulary, ListsEachWordOnceAndAsItIsCompared) {
    for (const Vocabulary& vocabulary : vocabularies()) {
        std::set<std::string_view> words;
        for (const Meaning& meaning : vocabulary.meanings) {
            EXPECT_TRUE(words.insert(meaning.word).second)
                << vocabulary.name << ": " << meaning.word;
            const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
            EXPECT_TRUE(std::ranges::all_of(meaning.word, is_plain)) << meaning.word;
        }
    }
}

TEST(Slug, ReplacesEverythingButLettersAndDigits) {
    EXPECT_EQ(slug_of("/srv/kiosk_2.c"), "-srv-kiosk-2-c");
    EXPECT_EQ(slug_of("G:\\Arbeit"), "G--Arbeit");
}

TEST(Slug, CountsCharactersAsTheAgentDoes) {
    EXPECT_EQ(slug_of("/küche"), "-k-che");
    EXPECT_EQ(slug_of("/\U0001F600x"), "---x");
}

}  // namespace
}  // namespace ingot
