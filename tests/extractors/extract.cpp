// SPDX-License-Identifier: MIT
#include "tests/extractors/extract.hpp"

#include "pipeline/model/json_text.hpp"

namespace ingot::testing {
namespace {

std::string shown(const Column& column, const Value& value) {
    if (value.index() == 0) return "-";
    if (column.type == Type::time) return format_time({std::get<std::int64_t>(value)});
    if (const auto* n = std::get_if<std::int64_t>(&value)) return std::to_string(*n);
    if (const auto* d = std::get_if<double>(&value)) return json_text::number(*d);
    return std::string(std::get<std::string_view>(value));
}

}  // namespace

std::string Extracted::rows(std::string_view table) const {
    std::string out;
    for (const Rows& rows : batch->tables()) {
        if (rows.table->name != table) continue;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto row = rows.row(i);
            out +=
                shown(rows.table->columns[2], row[2]) + "." + shown(rows.table->columns[3], row[3]);
            for (std::size_t c = 4; c < row.size(); ++c)
                if (row[c].index() != 0)
                    out += " " + std::string(rows.table->columns[c].name) + "=" +
                           shown(rows.table->columns[c], row[c]);
            out += "\n";
        }
    }
    return out;
}

std::string Extracted::column(std::string_view table, std::string_view column) const {
    std::string out;
    for (const Rows& rows : batch->tables()) {
        if (rows.table->name != table) continue;
        const std::size_t at = rows.table->position(column);
        for (std::size_t i = 0; i < rows.size(); ++i)
            out += (out.empty() ? "" : ",") + shown(rows.table->columns.at(at), rows.row(i)[at]);
    }
    return out;
}

std::string Extracted::rejects() const {
    std::string out;
    for (const Reject& reject : batch->rejects())
        out += (out.empty() ? "" : ", ") + std::string(name_of(reject.reason)) + "@" +
               std::to_string(reject.offset) + "+" + std::to_string(reject.length) + " line " +
               std::to_string(reject.line);
    return out;
}

std::string Extracted::account() const {
    const Tally& t = batch->tally;
    return std::to_string(t.row_bytes) + "/" + std::to_string(t.rejected_bytes) + "/" +
           std::to_string(t.blank_bytes) + "/" + std::to_string(t.pending_bytes);
}

bool Extracted::balanced() const {
    const Tally& t = batch->tally;
    return t.row_bytes + t.rejected_bytes + t.blank_bytes + t.pending_bytes == source->size;
}

Extracted extract(std::string_view path, std::string_view bytes, Settings settings) {
    Extracted out;
    out.source = std::make_unique<Source>();
    out.source->workspace_id = 1;
    out.source->source_id = source_id_of(1, path);
    out.source->path = path;
    out.source->size = static_cast<std::int64_t>(bytes.size());
    out.source->modified = *parse_canonical_time("2026-01-02T03:04:05.000000Z");
    out.settings = std::make_unique<Settings>(std::move(settings));
    out.bytes = std::make_unique<std::string>(bytes);
    out.bytes->resize(bytes.size() + 64);
    const std::string_view text(out.bytes->data(), bytes.size());
    out.extractor = extractor_for({*out.source, text.substr(0, 64 << 10)});
    out.batch = std::make_unique<Batch>(*out.source, text, 0);
    if (out.extractor != nullptr) {
        const Piece piece{.source = *out.source,
                          .settings = *out.settings,
                          .bytes = text,
                          .state = {},
                          .database = {}};
        out.extractor->extract(piece, *out.batch);
    }
    return out;
}

}  // namespace ingot::testing
