// SPDX-License-Identifier: MIT
#include "tests/extractors/database.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <SQLiteCpp/Database.h>

namespace ingot::testing {
namespace {

std::filesystem::path new_directory() {
    std::string name = (std::filesystem::temp_directory_path() / "ingot-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no directory for a test");
    return name;
}

}  // namespace

DatabaseFile::DatabaseFile(const std::string& sql) : path_(new_directory() / "database") {
    run(sql);
}

DatabaseFile::~DatabaseFile() {
    std::error_code ignored;
    std::filesystem::remove_all(path_.parent_path(), ignored);
}

void DatabaseFile::run(const std::string& sql) const {
    SQLite::Database(path_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
}

std::string DatabaseFile::bytes() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void DatabaseFile::overwrite(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
}

void DatabaseFile::patch(std::size_t offset, std::string_view bytes) const {
    overwrite(this->bytes().replace(offset, bytes.size(), bytes));
}

Extracted extract_database(std::string_view path, const DatabaseFile& file, Settings settings,
                           std::string_view part) {
    const std::string bytes = file.bytes();
    Extracted out;
    out.source = std::make_unique<Source>();
    out.source->workspace_id = 1;
    out.source->source_id = source_id_of(1, path);
    out.source->path = path;
    out.source->size = static_cast<std::int64_t>(bytes.size());
    out.source->modified = *parse_canonical_time("2026-01-02T03:04:05.000000Z");
    out.settings = std::make_unique<Settings>(std::move(settings));
    out.bytes = std::make_unique<std::string>();
    out.extractor = extractor_for({*out.source, std::string_view(bytes).substr(0, 64 << 10)});
    out.batch = std::make_unique<Batch>(*out.source, std::string_view(), 0);
    if (out.extractor == nullptr) return out;
    out.extractor->extract({.source = *out.source,
                            .settings = *out.settings,
                            .bytes = {},
                            .state = part,
                            .database = file.path().string()},
                           *out.batch);
    return out;
}

Extracted extract_database(std::string_view path, const std::string& sql, Settings settings) {
    return extract_database(path, DatabaseFile(sql), std::move(settings));
}

std::string details(const Extracted& extracted) {
    std::string out;
    for (const Reject& reject : extracted.batch->rejects()) out += reject.detail + "\n";
    return out;
}

}  // namespace ingot::testing
