// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/observer.hpp"

#include "pipeline/options.hpp"

#include <cstdio>
#include <memory>

namespace ingot {

/// Shows on stderr what a schema change does while it does it, and writes migration-log-TIME.txt, so
/// that the record survives a database that does not.
class SchemaProgress : public schema::Observer {
public:
    /// Opens the log in --log-dir. Throws RunError when it cannot be written.
    SchemaProgress(const Options& options, const std::string& command, const std::string& pack,
                   const std::string& target);

    void migration_begins(std::int64_t version, const std::string& name) override;
    void step_begins(const std::string& step) override;
    void step_ended(const schema::LogEntry& entry) override;
    void rows_done(std::int64_t done, std::int64_t total) override;
    void building(const schema::BuildProgress& progress) override;
    void waiting(const std::vector<schema::Blocker>& blockers) override;
    void retrying(int attempt, int attempts, double pause_s,
                  const std::vector<schema::Blocker>& blockers) override;
    void note(const std::string& text) override;
    void check_interrupt() override;

    const std::string& log_path() const { return path_; }

private:
    /// A line that stays, in the log too.
    void line(const std::string& text);
    /// A line that the next one replaces; shown on a terminal only.
    void passing(const std::string& text);

    std::string path_;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> log_;
    bool quiet_;
    bool is_terminal_;
    bool has_passing_ = false;
};

}  // namespace ingot
