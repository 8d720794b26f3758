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

/// The same text as in the row before: sessions, directories and versions repeat for thousands of
/// rows, which then share one copy that has passed the gate.
bool repeats(const Column& column, const Value& value, const Value& before) {
    if (column.type != Type::text || before.index() != value.index()) return false;
    const auto* text = std::get_if<std::string_view>(&value);
    return text != nullptr && !text->empty() && *text == std::get<std::string_view>(before);
}

/// What is stored instead of a text that a database would refuse; none when it is good.
std::optional<std::string> repaired(std::string_view text, bool is_keyed) {
    const bool is_clean = is_clean_text(text);
    if (is_clean && (!is_keyed || text.size() <= kLongestKey)) return {};
    std::string better = is_clean ? std::string(text) : cleaned(text);
    if (is_keyed && better.size() > kLongestKey) better = shortened_key(better);
    return better;
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

const Batch::Plan& Batch::plan_of(const Table& table) {
    const auto [found, is_new] = plans_.try_emplace(&table);
    Plan& plan = found->second;
    if (!is_new) return plan;
    plan.keyed.resize(table.columns.size());
    const auto mark = [&](std::string_view column) {
        if (const std::size_t i = table.position(column); i < plan.keyed.size())
            plan.keyed[i] = true;
    };
    for (const std::string_view column : table.key) mark(column);
    for (const Reference& reference : table.references) {
        mark(reference.column);
        const std::size_t at = table.position(reference.column);
        if (table.columns.at(at).type == Type::text) plan.mentions.push_back({at, reference.table});
    }
    for (const Index& index : table.indexes)
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            if (index.columns.find(table.columns[i].name) != std::string_view::npos)
                plan.keyed[i] = true;
    return plan;
}

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
        if (std::get<std::int64_t>(before[2]) == offset)
            seq = std::get<std::int64_t>(before[3]) + 1;
    }
    for (const std::int64_t key : {source_->workspace_id, source_->source_id, offset, seq})
        rows.cells.emplace_back(key);
    return rows;
}

void Batch::finish_row(Rows& rows) {
    const Table& table = *rows.table;
    const Plan& plan = plan_of(table);
    const std::size_t width = table.columns.size();
    const std::span<Value> row = std::span(rows.cells).last(width);
    const std::span<const Value> before = rows.cells.size() > width
                                              ? std::span<const Value>(row.data() - width, width)
                                              : std::span<const Value>{};
    for (std::size_t i = provenance().size(); i < width; ++i)
        row[i] = !before.empty() && repeats(table.columns[i], row[i], before[i])
                     ? before[i]
                     : gated(table.columns[i], plan.keyed[i], row[i]);
    for (const Plan::Mention& named : plan.mentions)
        if (const auto* id = std::get_if<std::string_view>(&row[named.column]))
            if (before.empty() || row[named.column] != before[named.column])
                mention(named.table, *id);
    TableTally& tally_of_table = tally.tables[table.name];
    ++tally_of_table.rows;
    tally_of_table.checksum += row_hash(table, row);
}

/// Requires: `id` lives as long as the batch.
void Batch::mention(std::string_view table, std::string_view id) { mentions_[table].insert(id); }

void Batch::add_statement(const Table& entity, std::vector<Value>& row, std::int64_t offset,
                          std::optional<Timestamp> said_at) {
    static const Table& statements = table_of<EntityStatement>();
    const Plan& plan = plan_of(entity);
    for (std::size_t i = 1; i < row.size(); ++i)
        row[i] = gated(entity.columns[i], plan.keyed[i], row[i]);
    const std::string_view id = keep(entity_id_of(entity, row));
    Rows& rows = start_row(statements, offset);
    rows.cells.emplace_back(entity.name);
    rows.cells.emplace_back(id);
    rows.cells.push_back(said_at ? Value{said_at->us} : Value{});
    rows.cells.emplace_back(keep(write_attributes(entity, row)));
    finish_row(rows);
    mention(entity.name, id);
}

void Batch::touch(std::string_view table, std::string_view id) {
    if (mentions_[table].contains(id)) return;
    const auto key = repaired(id, true);
    mention(table, key ? keep(*key) : interned(id));
}

void Batch::reject(std::int64_t offset, std::string_view raw, Reason reason,
                   const std::string& detail) {
    tally.rejected_bytes += static_cast<std::int64_t>(raw.size());
    ++tally.records, ++tally.rejected;
    rejects_.push_back({.offset = offset,
                        .length = static_cast<std::int64_t>(raw.size()),
                        .line = line_of(offset),
                        .reason = reason,
                        .detail = detail,
                        .raw = std::string(raw)});
}

void Batch::reject_unread(std::int64_t offset, std::int64_t length, Reason reason,
                          const std::string& detail) {
    tally.rejected_bytes += length;
    ++tally.records, ++tally.rejected;
    rejects_.push_back({.offset = offset,
                        .length = length,
                        .line = 0,
                        .reason = reason,
                        .detail = detail,
                        .raw = {}});
}

Value Batch::gated(const Column& column, bool is_keyed, const Value& value) {
    if (const auto* number = std::get_if<double>(&value);
        number != nullptr && !std::isfinite(*number)) {
        ++tally.repaired;
        return {};
    }
    const auto* text = std::get_if<std::string_view>(&value);
    if (text == nullptr) return value;
    if (column.type != Type::text) return interned(*text);
    if (is_keyed && !column.required && trimmed(*text).empty()) return {};  // a blank id is no id
    const auto better = repaired(*text, is_keyed);
    if (!better) return interned(*text);
    ++tally.repaired;
    return keep(*better);
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
