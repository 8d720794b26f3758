// SPDX-License-Identifier: MIT
#include "tests/fuzz/fuzz.hpp"

#include "extractors/extractor.hpp"
#include "pipeline/model/text.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include <unistd.h>

namespace ingot::fuzz {
namespace {

/// Behind every piece the parsers may read this far.
constexpr std::size_t kPadding = 64;

/// A file as the program would see it.
struct Input {
    Source source;
    std::string bytes;  ///< With the padding.
    std::string_view text;
};

Input input_of(std::string_view path, std::string_view content) {
    Input input{.source = {}, .bytes = std::string(content), .text = {}};
    input.bytes.resize(content.size() + kPadding);
    input.text = std::string_view(input.bytes.data(), content.size());
    input.source.workspace_id = 1;
    input.source.source_id = source_id_of(1, path);
    input.source.path = path;
    input.source.size = static_cast<std::int64_t>(content.size());
    input.source.modified = {.us = 1767323045000000};
    return input;
}

/// A state database's private copy, removed with the object.
class DatabaseCopy {
public:
    explicit DatabaseCopy(std::string_view bytes)
        : path_("/dev/shm/ingot-fuzz-" + std::to_string(::getpid()) + ".db") {
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    DatabaseCopy(const DatabaseCopy&) = delete;
    DatabaseCopy& operator=(const DatabaseCopy&) = delete;
    ~DatabaseCopy() { ::unlink(path_.c_str()); }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

void expect(bool holds, std::string_view what, const Input& input) {
    if (holds) return;
    std::cerr << input.source.path << ": " << what << "\n";
    std::abort();
}

std::int64_t accounted(const Tally& tally) {
    return tally.row_bytes + tally.rejected_bytes + tally.blank_bytes + tally.pending_bytes;
}

Batch extract(const Extractor& extractor, const Input& input, const Settings& settings,
              std::size_t begin, std::size_t end, std::string_view state) {
    // A copy of its own, so that reading past the padding is found.
    auto piece_bytes = std::string(input.text.substr(begin, end - begin));
    piece_bytes.resize(end - begin + kPadding);
    const std::string_view text(piece_bytes.data(), end - begin);
    Batch batch(input.source, text, static_cast<std::int64_t>(begin));
    const Piece piece{.source = input.source,
                      .settings = settings,
                      .bytes = text,
                      .offset = static_cast<std::int64_t>(begin),
                      .first = begin == 0,
                      .last = end == input.text.size(),
                      .state = state};
    extractor.extract(piece, batch);
    expect(accounted(batch.tally) == static_cast<std::int64_t>(text.size()),
           "bytes are not accounted for", input);
    return batch;
}

/// Where a first piece may end, and what it tells the second; 0: nowhere.
Split cut(const Extractor& extractor, std::string_view text) {
    const std::size_t half = text.size() / 2;
    if (extractor.cut == Cut::lines) return {.end = text.find('\n', half) + 1, .state = {}};
    if (extractor.split != nullptr) return extractor.split(text.substr(0, half), {});
    return {};
}

/// Rows and rejects are the same when the bytes come in two pieces.
void check_two_pieces(const Extractor& extractor, const Input& input, const Settings& settings,
                      const Tally& whole) {
    const Split split = cut(extractor, input.text);
    if (split.end == 0 || split.end >= input.text.size()) return;
    Tally tally = extract(extractor, input, settings, 0, split.end, {}).tally;
    tally += extract(extractor, input, settings, split.end, input.text.size(), split.state).tally;
    expect(tally.records == whole.records && tally.rejected == whole.rejected,
           "records depend on the cut", input);
    for (const auto& [table, rows] : whole.tables)
        expect(tally.tables[table].rows == rows.rows &&
                   tally.tables[table].checksum == rows.checksum,
               "rows depend on the cut: " + std::string(table), input);
}

void extract_database(const Extractor& extractor, const Input& input, const Settings& settings) {
    const DatabaseCopy copy(input.text);
    Batch batch(input.source, {}, 0);
    extractor.extract(
        {.source = input.source, .settings = settings, .bytes = {}, .database = copy.path()},
        batch);
    expect(accounted(batch.tally) == input.source.size, "bytes are not accounted for", input);
}

}  // namespace

int run(std::string_view family, const std::uint8_t* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::size_t line = all.find('\n');
    if (line == std::string_view::npos || line == 0 || !is_clean_text(all.substr(0, line)))
        return 0;
    const Input input = input_of(all.substr(0, line), all.substr(line + 1));
    const Extractor* extractor = extractor_for({input.source, input.text.substr(0, 64 << 10)});
    if (extractor == nullptr || extractor->family != family) return 0;

    const Settings settings;
    if (extractor->cut == Cut::database) {
        extract_database(*extractor, input, settings);
        return 0;
    }
    const Batch whole = extract(*extractor, input, settings, 0, input.text.size(), {});
    check_two_pieces(*extractor, input, settings, whole.tally);
    return 0;
}

}  // namespace ingot::fuzz
