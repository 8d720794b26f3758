// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"
#include "extractors/state_family.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/state_row.hpp"

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

/// Numbers the rows of all tables and hands each to the family that knows it.
class Loader {
public:
    Loader(const Piece& piece, Batch& out)
        : piece_(piece), out_(out), allowance_(allowance_for(piece)) {}

    void load(StateFile& file) {
        std::vector<StateTable> tables;
        try {
            tables = tables_of(file);
        } catch (const SQLite::Exception& error) {
            file.damage = error.what();
        }
        if (!file.damage.empty()) lose(Reason::incomplete, "file: " + file.damage);
        for (const StateTable& table : tables) load(file.database, table);
    }

private:
    void load(SQLite::Database& database, const StateTable& table) {
        const auto lose_table = [&](std::string_view why) {
            lose(Reason::incomplete, "table " + table.name + ": " + std::string(why));
        };
        if (!table.error.empty()) return lose_table(table.error);
        const StateMapping* mapping = mapping_for(table);
        const StateRowReader reader{
            .row = [&](std::span<const StateValue> values) { add(table, mapping, values); },
            .lost = [&](Reason reason, const std::string& detail) { lose(reason, detail); }};
        try {
            read_state_rows(database, table, allowance_, reader);
        } catch (const SQLite::Exception& error) {
            lose_table(error.what());
        }
    }

    void add(const StateTable& table, const StateMapping* mapping,
             std::span<const StateValue> values) {
        StateRecord record(table, values, number_, piece_, out_);
        if (mapping == nullptr || !mapping->map(record, out_))
            out_.add(number_, StateRow{.table_name = table.name, .row = record.all()});
        ++number_;
        ++out_.tally.records;
    }

    /// The file's bytes count as rows all the same: what is missing is not a stretch of them.
    void lose(Reason reason, const std::string& detail) {
        out_.reject_unread(number_, 0, reason, cleaned(detail));
    }

    const Piece& piece_;
    Batch& out_;
    StateAllowance allowance_;
    std::int64_t number_ = 0;
};

void extract(const Piece& piece, Batch& out) {
    if (piece.database.empty() && !piece.bytes.empty()) {
        out.reject(piece.offset, piece.bytes, Reason::not_a_database, "no SQLite database");
        return;
    }
    if (piece.source.size == 0) return;  // made and never written to
    std::optional<StateFile> file;
    try {
        file.emplace(open_state_file(piece.database, piece.settings.max_record));
    } catch (const SQLite::Exception& error) {
        return reject_whole(piece, error.what(), out);
    }
    out.tally.row_bytes += piece.source.size;
    Loader(piece, out).load(*file);
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
                                             .main_table = StateRow::table};

}  // namespace ingot
