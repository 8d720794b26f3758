// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/sqlite_rows.hpp"
#include "pipeline/model/batch.hpp"
#include "pipeline/model/bookkeeping.hpp"

#include <functional>
#include <optional>
#include <string>

namespace ingot::testing {

/// Called with an empty batch, to fill it with one source's rows.
using Fill = std::function<void(Batch&)>;

/// An Ingot database in memory, with rows made by hand, for what only reads one.
class TestStore {
public:
    explicit TestStore(const std::string& store_id = "store one",
                       const std::string& workspace = "w");

    /// A further workspace; the functions below work on the one chosen last.
    void use_workspace(const std::string& name);

    /// Writes a source anew, as an import would; earlier rows go.
    void put(const std::string& path, const Fill& fill);
    /// Writes rows from an offset on, as for a source that grew; earlier rows stay.
    void append(const std::string& path, std::int64_t from_offset, const Fill& fill);
    /// Takes a source out: "pruned" or "renamed".
    void remove(const std::string& path, const std::string& why);
    /// Gives a source's rows to another path, as for a rotated log.
    void rename(const std::string& from, const std::string& to);
    /// One archived segment of a source.
    void archive(const std::string& path, std::int64_t segment_no, const std::string& payload);
    /// Sets columns of a source's ledger row.
    void touch(const std::string& path, const std::string& assignments);

    /// Inserts or replaces an entity. An inferred one has that column last.
    template <Record E> void entity(const E& record, std::optional<bool> inferred = false) {
        std::vector<Value> row{workspace_id};
        append_cells(row, record);
        if (inferred && table_of<E>().columns.back().traits.fold == Fold::inferred)
            row.emplace_back(std::int64_t{*inferred});
        write(table_of<E>(), row);
    }
    void sql(const std::string& statement) { db.exec(statement); }

    /// A new run, completed.
    void begin_run();

    std::int64_t id_of(const std::string& path) const { return source_id_of(workspace_id, path); }

    SQLite::Database db{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    std::int64_t workspace_id = 0;
    std::string run_id;

private:
    void write(const Table& table, std::span<const Value> row);
    void write_rows(const std::string& path, std::int64_t from_offset, const Fill& fill,
                    std::int64_t version);
    void write_ledger(const std::string& path, std::int64_t version, std::int64_t consumed);
    void tally(std::int64_t source_id);

    std::string store_id_;
    std::int64_t runs_ = 0;
};

}  // namespace ingot::testing
