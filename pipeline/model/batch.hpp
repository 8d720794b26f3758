// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/arena.hpp"
#include "pipeline/model/attributes.hpp"
#include "pipeline/model/hash.hpp"
#include "pipeline/model/record.hpp"
#include "pipeline/model/reject.hpp"
#include "pipeline/model/source.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ingot {

/// Rows and their content checksum (sum of row hashes) of one table of one source.
struct TableTally {
    std::int64_t rows = 0;
    Hash128 checksum;
};

/// The account of a stretch of a source. Requires at its end: row + rejected + blank + pending
/// bytes = bytes of the stretch.
struct Tally {
    std::int64_t row_bytes = 0;
    std::int64_t rejected_bytes = 0;
    std::int64_t blank_bytes = 0;
    std::int64_t pending_bytes = 0;
    std::int64_t records = 0;  ///< Accepted and rejected.
    std::int64_t rejected = 0;
    std::int64_t repaired = 0;  ///< Values changed so that every database takes them.
    std::map<std::string_view, TableTally> tables;

    Tally& operator+=(const Tally& other);
    Tally& operator-=(const Tally& other);
};

/// Rows of one table from one source, key columns included.
struct Rows {
    const Table* table;
    std::vector<Value> cells;
    std::span<const Value> row(std::size_t i) const {
        const std::size_t width = table->columns.size();
        return std::span(cells).subspan(i * width, width);
    }
    std::size_t size() const { return cells.size() / table->columns.size(); }
};

/// A record that was not accepted.
struct Reject {
    std::int64_t offset = 0;
    std::int64_t length = 0;
    std::int64_t line = 0;  ///< Counted from the start of the piece, the first is 1; 0: none.
    Reason reason = Reason::bad_json;
    std::string detail;
    std::optional<std::string> raw;  ///< The exact bytes; none when they could not be read.
};

/// Content that goes to the file store beside the database.
struct StoredFile {
    std::string path;        ///< Relative to the store: made of hex digits only.
    std::string compressed;  ///< A zstd frame.
};

/// Where reading goes on when the source has grown: at its last record, whose rows are replaced.
struct Resume {
    std::int64_t offset = 0;
    std::string state;  ///< For the extractor's next piece.
};

/// Everything that one piece of a source gives. Text passes the gate here: what is not clean UTF-8
/// is repaired and counted, keys are shortened, so that no database refuses a row later.
class Batch {
public:
    /// `bytes` is the piece's text: cells that point into it are not copied, all others are.
    Batch(const Source& source, std::string_view bytes, std::int64_t offset);

    /// Adds a fact. Facts of one record share its offset and are numbered in the order they come.
    template <Record R> void add(std::int64_t offset, const R& record) {
        Rows& rows = start_row(table_of<R>(), offset);
        append_cells(rows.cells, record);
        finish_row(rows);
    }

    /// Adds what this record says of an entity. A statement of NULL changes nothing.
    template <Record E>
    void state(std::int64_t offset, const E& entity, std::optional<Timestamp> said_at = {}) {
        std::vector<Value> row{Value{source_->workspace_id}};
        append_cells(row, entity);
        add_statement(table_of<E>(), row, offset, said_at);
    }

    /// Says that a derived row (message_usage) with this id has to be computed again.
    void touch(std::string_view table, std::string_view id);

    /// Quarantines bytes: counts them as rejected and the record as one.
    void reject(std::int64_t offset, std::string_view raw, Reason reason,
                const std::string& detail);
    /// The same for bytes that could not be read.
    void reject_unread(std::int64_t offset, std::int64_t length, Reason reason,
                       const std::string& detail);

    /// Counts an accepted record's bytes.
    void accept(std::size_t bytes) {
        tally.row_bytes += static_cast<std::int64_t>(bytes), ++tally.records;
    }
    /// Counts white space, brackets and comments between records.
    void blank(std::size_t bytes) { tally.blank_bytes += static_cast<std::int64_t>(bytes); }
    /// Counts an unfinished last line, to be read again next time.
    void pend(std::size_t bytes) { tally.pending_bytes += static_cast<std::int64_t>(bytes); }

    /// Keeps text alive as long as the batch.
    std::string_view keep(std::string_view text) { return arena_.keep(text); }

    const Source& source() const { return *source_; }
    const std::vector<Rows>& tables() const { return tables_; }
    const std::vector<Reject>& rejects() const { return rejects_; }
    const std::map<std::string_view, std::set<std::string_view>>& mentions() const {
        return mentions_;
    }

    Tally tally;
    std::optional<Resume> resume;  ///< Set by line and stream readers.
    bool uses_file_time = false;   ///< A row's time is the file's mtime.
    std::string encoding;          ///< When it is not UTF-8: "utf-16le", "utf-8-bom", …
    std::vector<StoredFile> files;

private:
    /// What is asked of a table for every row, looked up once.
    struct Plan {
        struct Mention {
            std::size_t column;
            std::string_view table;
        };
        std::vector<bool> keyed;        ///< Columns whose text ends up in a key or an index.
        std::vector<Mention> mentions;  ///< Columns that name rows of other tables.
    };

    const Plan& plan_of(const Table& table);
    Rows& rows_of(const Table& table);
    Rows& start_row(const Table& table, std::int64_t offset);
    void finish_row(Rows& rows);
    void mention(std::string_view table, std::string_view id);
    void add_statement(const Table& entity, std::vector<Value>& row, std::int64_t offset,
                       std::optional<Timestamp> said_at);
    Value gated(const Column& column, bool is_keyed, const Value& value);
    std::string_view interned(std::string_view text);
    std::int64_t line_of(std::int64_t offset);

    const Source* source_;
    std::string_view bytes_;
    std::int64_t offset_;
    Arena arena_;
    std::vector<Rows> tables_;
    std::map<const Table*, Plan> plans_;
    std::vector<Reject> rejects_;
    std::map<std::string_view, std::set<std::string_view>> mentions_;
    std::size_t counted_ = 0;  ///< Bytes of the piece whose line feeds are counted in lines_.
    std::int64_t lines_ = 1;
};

}  // namespace ingot
