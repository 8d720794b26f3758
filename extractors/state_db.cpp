// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"
#include "extractors/state_family.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/state_row.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

namespace ingot {
namespace {

constexpr std::string_view kMagic{"SQLite format 3\0", 16};

bool takes(const Candidate& candidate) {
    const Source& source = candidate.source;
    return candidate.head.starts_with(kMagic) || source.ends_with(".db") ||
           source.ends_with(".sqlite") || source.ends_with(".sqlite3");
}

/// The most that a file's rows may amount to. Defaults of added columns and generated columns are
/// stored once and read with every row, hence the factor.
StateAllowance allowance_for(const Piece& piece) {
    return {piece.source.size * 256 + static_cast<std::int64_t>(piece.settings.max_record)};
}

/// Nothing of the file can be read. Its bytes are kept, unless they are too many for a record.
void reject_whole(const Piece& piece, const std::string& why, Batch& out) {
    const auto size = static_cast<std::size_t>(piece.source.size);
    if (piece.database.empty() || size > piece.settings.max_record) {
        out.reject_unread(0, piece.source.size, Reason::not_a_database, why);
        return;
    }
    std::ifstream in(piece.database, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    bytes.resize(size);
    out.reject(0, bytes, Reason::not_a_database, why);
}

/// The part of a file's rows that a piece reads: part `index` of `count` equal ones.
struct Part {
    std::int64_t index = 0;
    std::int64_t count = 1;

    /// "2/16"; empty: all.
    static Part from(std::string_view state) {
        Part part;
        const std::size_t slash = state.find('/');
        if (slash == std::string_view::npos) return part;
        std::from_chars(state.data(), state.data() + slash, part.index);
        std::from_chars(state.data() + slash + 1, state.data() + state.size(), part.count);
        return part;
    }
    bool is_first() const { return index == 0; }
    std::int64_t begin(std::int64_t rows) const { return rows * index / count; }
    std::int64_t end(std::int64_t rows) const { return rows * (index + 1) / count; }
};

/// Numbers the rows of all tables and hands those of the piece's part to the families that know them.
class Loader {
public:
    Loader(const Piece& piece, Part part, Batch& out)
        : piece_(piece), part_(part), out_(out), allowance_(allowance_for(piece)) {}

    void load(StateFile& file) {
        try {
            tables_ = tables_of(file);
        } catch (const SQLite::Exception& error) {
            file.damage = error.what();
        }
        if (!file.damage.empty() && part_.is_first())
            lose(0, Reason::incomplete, "file: " + file.damage);
        std::int64_t total = 0;
        for (const StateTable& table : tables_) total += find(file.database, table);
        begin_ = part_.begin(total);
        end_ = part_.end(total);
        std::int64_t start = 0;
        for (std::size_t i = 0; i < tables_.size(); ++i) {
            read(tables_[i], found_[i], start);
            start += found_[i] ? found_[i]->count() : 0;
        }
    }

private:
    /// The number of rows; a table that cannot be read has none.
    std::int64_t find(SQLite::Database& database, const StateTable& table) {
        std::optional<StateRows>& rows = found_.emplace_back();
        errors_.push_back(table.error);
        if (!table.error.empty()) return 0;
        try {
            rows.emplace(database, table);
        } catch (const SQLite::Exception& error) {
            errors_.back() = error.what();
        }
        return rows ? rows->count() : 0;
    }

    void read(const StateTable& table, const std::optional<StateRows>& rows, std::int64_t start) {
        const std::string& error = errors_[static_cast<std::size_t>(&table - tables_.data())];
        if (!error.empty() && part_.is_first())
            lose(start, Reason::incomplete, "table " + table.name + ": " + error);
        if (!rows) return;
        const std::int64_t begin = std::max<std::int64_t>(begin_ - start, 0);
        const std::int64_t end = std::min(end_ - start, rows->count());
        if (begin >= end && !(rows->count() == 0 && part_.is_first())) return;
        const StateMapping* mapping = mapping_for(table);
        const StateRowReader reader{
            .row =
                [&](std::int64_t index, std::span<const StateValue> values) {
                    add(table, mapping, values, start + index);
                },
            .lost = [&](std::int64_t index, Reason reason,
                        const std::string& detail) { lose(start + index, reason, detail); }};
        try {
            rows->read(begin, end, allowance_, reader);
        } catch (const SQLite::Exception& failure) {
            lose(start + begin, Reason::incomplete, "table " + table.name + ": " + failure.what());
        }
    }

    void add(const StateTable& table, const StateMapping* mapping,
             std::span<const StateValue> values, std::int64_t number) {
        StateRecord record(table, values, number, piece_, out_);
        if (mapping == nullptr || !mapping->map(record, out_))
            out_.add(number, StateRow{.table_name = table.name, .row = record.all()});
        ++out_.tally.records;
    }

    /// The file's bytes count as rows all the same: what is missing is not a stretch of them.
    void lose(std::int64_t number, Reason reason, const std::string& detail) {
        out_.reject_unread(number, 0, reason, cleaned(detail));
    }

    const Piece& piece_;
    Part part_;
    Batch& out_;
    StateAllowance allowance_;
    std::vector<StateTable> tables_;
    std::vector<std::optional<StateRows>> found_;
    std::vector<std::string> errors_;
    std::int64_t begin_ = 0;  ///< Numbers of the rows to be read.
    std::int64_t end_ = 0;
};

void extract(const Piece& piece, Batch& out) {
    if (piece.database.empty() && !piece.bytes.empty()) {
        out.reject(piece.offset, piece.bytes, Reason::not_a_database, "no SQLite database");
        return;
    }
    if (piece.source.size == 0) return;  // made and never written to
    const Part part = Part::from(piece.state);
    std::optional<StateFile> file;
    try {
        file.emplace(open_state_file(piece.database, piece.settings.max_record));
    } catch (const SQLite::Exception& error) {
        if (part.is_first()) reject_whole(piece, error.what(), out);
        return;
    }
    if (part.is_first()) out.tally.row_bytes += piece.source.size;
    Loader(piece, part, out).load(*file);
}

}  // namespace

extern const Extractor state_db_extractor;
constinit const Extractor state_db_extractor{.name = "state_db",
                                             .version = 1,
                                             .family = "state_db",
                                             .cut = Cut::database,
                                             .takes = takes,
                                             .extract = extract,
                                             .split = nullptr,
                                             .settle = settle_state_file,
                                             .main_table = StateRow::table};

}  // namespace ingot
