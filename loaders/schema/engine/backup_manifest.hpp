// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/backup.hpp"

namespace ingot::schema {

std::string manifest_text(const BackupInfo& info);

/// Throws RunError when the text is no manifest.
BackupInfo read_manifest(const std::string& text, const std::string& file);

/// A new file that only its owner may read, until keep() under a temporary name: what fails leaves nothing.
class NewFile {
public:
    /// Throws RunError when it cannot be made, or `file` exists.
    explicit NewFile(std::string file);
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile();

    const std::string& temporary() const { return temporary_; }
    void write(std::string_view text) const;
    /// Makes it last and gives it its name.
    void keep();

private:
    std::string file_;
    std::string temporary_;  ///< Empty: it has its name.
};

/// Hash of a file's bytes. Throws RunError when it cannot be read.
std::string content_hash(const std::string& file);

/// One for each kind of database; make_backup adds file, time, schema, pack and the content's hash.
BackupInfo backup_postgres(Target& target, const std::string& place,
                           const std::vector<std::string>& tables, const NewFile& file);
BackupInfo backup_sqlite(Target& target, const std::string& place,
                         const std::vector<std::string>& tables, const NewFile& file);

RestorePlan plan_restore_sqlite(Target& target, const BackupInfo& info);
Restored restore_sqlite(Target& target, const BackupInfo& info);

}  // namespace ingot::schema
