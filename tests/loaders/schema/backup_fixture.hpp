// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/backup.hpp"
#include "loaders/schema/engine/catalog.hpp"

#include <gtest/gtest.h>

namespace ingot::testing {

/// A schema of its own with odd names and all kinds of values, and a directory for backups.
class BackupTest : public ::testing::Test {
protected:
    BackupTest();
    ~BackupTest() override;

    schema::BackupInfo backup(const std::string& pack = {});
    /// Rows and definitions are those of the backup.
    void expect_as_before(const schema::BackupInfo& info);
    void run(const std::string& sql);
    std::string ask(const std::string& sql) { return target_->ask(sql); }

    std::string url_;
    std::string schema_;
    std::string directory_;
    std::string file_;
    std::unique_ptr<schema::Target> target_;
};

/// The message of what it throws; empty: nothing.
template <typename Error> std::string message_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

}  // namespace ingot::testing
