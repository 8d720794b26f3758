// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/reader.hpp"
#include "pipeline/options.hpp"
#include "pipeline/workspace.hpp"

#include <memory>
#include <optional>
#include <string>

namespace ingot {

/// The database that a reading command is about: PostgreSQL when only that is named, else SQLite.
class ReadTarget {
public:
    explicit ReadTarget(const Options& options);
    Reader& reader() { return *reader_; }
    /// For messages; holds no password.
    const std::string& name() const { return name_; }

    /// The only workspace, or the one named. Throws UsageError with the list otherwise.
    Workspace workspace(const Options& options);

private:
    std::optional<Pool> pool_;
    std::unique_ptr<Reader> reader_;
    std::string name_;
};

/// The PostgreSQL database and schema that the options name, for messages; holds no password. Throws
/// UsageError when the connection text is none.
std::string postgres_name(const Options& options);

/// The pool of connections to it.
Pool postgres_pool(const Options& options);

/// A workspace as a database remembers it.
Workspace workspace_of(const StoredWorkspace& stored);

/// The id of the only run of the workspace that is not undone and begins so. Throws UsageError when there
/// is none or several, with the newest ones.
std::string find_run(Reader& reader, std::int64_t workspace_id, const std::string& beginning);

}  // namespace ingot
