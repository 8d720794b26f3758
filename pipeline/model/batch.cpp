// SPDX-License-Identifier: MIT
#include "pipeline/model/batch.hpp"

#include "pipeline/model/bookkeeping.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>

namespace ingot {
namespace {

/// Columns whose text ends up in a key or an index, and so must be short.
const std::vector<bool>& keyed_columns(const Table& table) {
    thread_local std::map<const Table*, std::vector<bool>> cache;
    auto [at, is_new] = cache.try_emplace(&table, table.columns.size(), false);
    if (!is_new) return at->second;
    const auto mark = [&](std::string_view column) {
        if (const std::size_t i = table.position(column); i < at->second.size()) at->second[i] = true;
    };
    for (const std::string_view column : table.key) mark(column);
    for (const Reference& reference : table.references) mark(reference.column);
    for (const Index& index : table.indexes)
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            if (index.columns.find(table.columns[i].name) != std::string_view::npos) at->second[i] = true;
    return at->second;
}

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
    row_bytes += other.row_bytes;
    rejected_bytes += other.rejected_bytes;
    blank_bytes += other.blank_bytes;
    pending_bytes += other.pending_bytes;
    records += other.records;
    rejected += other.rejected;
    repaired += other.repaired;
    for (const auto& [table, tally] : other.tables) {
        tables[table].rows += tally.rows;
        tables[table].checksum += tally.checksum;
    }
    return *this;
}

Tally& Tally::operator-=(const Tally& other) {
    row_bytes -= other.row_bytes;
    rejected_bytes -= other.rejected_bytes;
    blank_bytes -= other.blank_bytes;
    pending_bytes -= other.pending_bytes;
    records -= other.records;
    rejected -= other.rejected;
    repaired -= other.repaired;
    for (const auto& [table, tally] : other.tables) {
        tables[table].rows -= tally.rows;
        tables[table].checksum -= tally.checksum;
    }
    return *this;
}

Batch::Batch(const Source& source, std::string_view bytes, std::int64_t offset)
    : source_(&source), bytes_(bytes), offset_(offset) {}

Rows& Batch::rows_of(const Table& table) {
    for (Rows& rows : tables_)
        if (rows.table == &table) return rows;
    return tables_.emplace_back(Rows{&table, {}});
}

Rows& Batch::start_row(const Table& table, std::int64_t offset) {
    Rows& rows = rows_of(table);
    std::int64_t seq = 0;
    if (const std::size_t n = rows.size(); n > 0) {
        const auto before = rows.row(n - 1);
        assert(std::get<std::int64_t>(before[2]) <= offset && "records come in file order");
        if (std::get<std::int64_t>(before[2]) == offset) seq = std::get<std::int64_t>(before[3]) + 1;
    }
    for (const std::int64_t key : {source_->workspace_id, source_->source_id, offset, seq})
        rows.cells.emplace_back(key);
    return rows;
}

void Batch::finish_row(Rows& rows) {
    const Table& table = *rows.table;
    const std::size_t width = table.columns.size();
    const std::size_t start = rows.cells.size() - width;
    const std::vector<bool>& keyed = keyed_columns(table);
    for (std::size_t i = provenance().size(); i < width; ++i)
        rows.cells[start + i] = gated(table.columns[i], keyed[i], rows.cells[start + i]);
    const std::span<const Value> row(rows.cells.data() + start, width);
    for (const Reference& reference : table.references)
        if (const auto* id = std::get_if<std::string_view>(&row[table.position(reference.column)]))
            mentions_[reference.table].insert(*id);
    TableTally& tally_of_table = tally.tables[table.name];
    ++tally_of_table.rows;
    tally_of_table.checksum += row_hash(table, row);
}

void Batch::add_statement(const Table& entity, std::vector<Value>& row, std::int64_t offset,
                          std::optional<Timestamp> said_at) {
    static const Table& statements = table_of<EntityStatement>();
    const std::vector<bool>& keyed = keyed_columns(entity);
    for (std::size_t i = 1; i < row.size(); ++i)
        row[i] = gated(entity.columns[i], keyed[i], row[i]);
    const std::string_view id = keep(entity_id_of(entity, row));
    Rows& rows = start_row(statements, offset);
    rows.cells.emplace_back(entity.name);
    rows.cells.emplace_back(id);
    rows.cells.push_back(said_at ? Value{said_at->us} : Value{});
    rows.cells.emplace_back(keep(write_attributes(entity, row)));
    finish_row(rows);
    mentions_[entity.name].insert(id);
}

void Batch::touch(std::string_view table, std::string_view id) {
    mentions_[table].insert(interned(id));
}

void Batch::reject(std::int64_t offset, std::string_view raw, Reason reason, const std::string& detail) {
    tally.rejected_bytes += static_cast<std::int64_t>(raw.size());
    ++tally.records, ++tally.rejected;
    rejects_.push_back({.offset = offset, .length = static_cast<std::int64_t>(raw.size()),
                        .line = line_of(offset), .reason = reason, .detail = detail,
                        .raw = std::string(raw)});
}

void Batch::reject_unread(std::int64_t offset, std::int64_t length, Reason reason,
                          const std::string& detail) {
    tally.rejected_bytes += length;
    ++tally.records, ++tally.rejected;
    rejects_.push_back({.offset = offset, .length = length, .line = 0, .reason = reason,
                        .detail = detail, .raw = {}});
}

Value Batch::gated(const Column& column, bool is_keyed, const Value& value) {
    if (const auto* number = std::get_if<double>(&value); number != nullptr && !std::isfinite(*number)) {
        ++tally.repaired;
        return {};
    }
    const auto* text = std::get_if<std::string_view>(&value);
    if (text == nullptr) return value;
    if (column.type != Type::text) return interned(*text);
    if (is_keyed && !column.required && trimmed(*text).empty()) return {};  // a blank id is no id
    std::string_view clean = *text;
    std::string repaired;
    if (!is_clean_text(clean)) clean = repaired = cleaned(clean);
    if (is_keyed && clean.size() > kLongestKey) clean = repaired = shortened_key(clean);
    if (repaired.empty()) return interned(clean);
    ++tally.repaired;
    return keep(repaired);
}

std::string_view Batch::interned(std::string_view text) {
    const std::less_equal<const char*> not_after;
    const bool inside = not_after(bytes_.data(), text.data()) &&
                        not_after(text.data() + text.size(), bytes_.data() + bytes_.size());
    return inside && !text.empty() ? text : keep(text);
}

std::int64_t Batch::line_of(std::int64_t offset) {
    const auto end = static_cast<std::size_t>(std::max<std::int64_t>(offset - offset_, 0));
    if (end > bytes_.size()) return 0;
    if (end < counted_) counted_ = 0, lines_ = 1;
    lines_ += std::count(bytes_.begin() + static_cast<std::ptrdiff_t>(counted_),
                         bytes_.begin() + static_cast<std::ptrdiff_t>(end), '\n');
    counted_ = end;
    return lines_;
}

}  // namespace ingot
