// SPDX-License-Identifier: MIT
#include "loaders/conninfo.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

namespace ingot {
namespace {

std::map<std::string, std::string> parameters(const std::string& text) {
    const auto list = connection_parameters(text);
    return {list.begin(), list.end()};
}

/// What a text that is refused says; "" when it is taken.
std::string refusal(const std::string& text) {
    try {
        connection_parameters(text);
        return "";
    } catch (const BadConninfo& error) {
        return error.what();
    }
}

TEST(Conninfo, TakesUrlsAndKeyValueText) {
    EXPECT_EQ(parameters("postgresql://ann@db.example:6543/archive")["dbname"], "archive");
    EXPECT_EQ(parameters("postgres://ann@db.example:6543/archive")["port"], "6543");
    EXPECT_EQ(parameters("host=db.example user='ann b'")["user"], "ann b");
}

TEST(Conninfo, AddsItsNameAndLimitsButDoesNotOverwriteThem) {
    EXPECT_EQ(parameters("")["fallback_application_name"], "ingot");
    EXPECT_EQ(parameters("")["connect_timeout"], "10");
    EXPECT_EQ(parameters("connect_timeout=3")["connect_timeout"], "3");
    EXPECT_EQ(parameters("client_encoding=LATIN1")["client_encoding"], "UTF8");
}

TEST(Conninfo, ShowsNoPassword) {
    EXPECT_EQ(redacted("postgresql://ann:pa%20ss@db.example:6543/archive"),
              "host=db.example port=6543 dbname=archive user=ann");
    EXPECT_EQ(redacted("host=h port=1 user=u dbname=d password='sec ret' sslpassword=x"),
              "host=h port=1 dbname=d user=u");
    EXPECT_EQ(redacted("host=h port=1 user=u dbname='postgresql://u:secret@h/d'"),
              "host=h port=1 dbname=*** user=u");
}

TEST(Conninfo, RefusesWithoutQuotingTheText) {
    EXPECT_NE(refusal("hunter2"), "");
    EXPECT_EQ(refusal("hunter2").find("hunter2"), std::string::npos);
    EXPECT_EQ(refusal("password=hunter2 nonsense").find("hunter2"), std::string::npos);
    EXPECT_EQ(refusal("postgresql://ann:hun/ter2@db/archive").find("ter2"), std::string::npos);
    EXPECT_NE(refusal("postgresql://ann:hun/ter2@db/archive"), "");
    EXPECT_NE(refusal("postgresql://ann:hun@ter2@db/archive"), "");
    EXPECT_EQ(refusal("postgresql://ann:hun%2Fter2@db/archive"), "");
    EXPECT_EQ(refusal("postgresql:///archive?user=ann@host"), "");
}

TEST(Conninfo, TakesPasswordsOutOfMessages) {
    EXPECT_EQ(scrubbed("no such host hunter2", "password=hunter2"), "no such host ***");
    EXPECT_EQ(scrubbed("hunter2 or hunter2", "postgresql://a:hunter2@b/c"), "*** or ***");
    setenv("PGPASSWORD", "from-outside", 1);
    EXPECT_EQ(scrubbed("from-outside", "host=b"), "***");
    unsetenv("PGPASSWORD");
}

TEST(Conninfo, KnowsWhatIsLocal) {
    EXPECT_TRUE(is_local("host=/run/postgresql"));
    EXPECT_TRUE(is_local("postgresql://localhost/x"));
    EXPECT_TRUE(is_local("hostaddr=127.0.0.1"));
    EXPECT_FALSE(is_local("postgresql://db.example/x"));
    EXPECT_FALSE(is_local("host=localhost,db.example"));
    EXPECT_FALSE(is_local("host=localhost hostaddr=192.0.2.1"));
}

}  // namespace
}  // namespace ingot
