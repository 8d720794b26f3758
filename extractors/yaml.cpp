// SPDX-License-Identifier: MIT
#include "extractors/yaml.hpp"

#include "extractors/encoding.hpp"
#include "extractors/heavy_text.hpp"
#include "extractors/yaml_tree.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>

namespace ingot {
namespace {

/// A stretch from one document's first line to the next one's.
struct Chunk {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::int64_t line = 1;
    bool marked = false;   ///< Has its "---".
    bool content = false;  ///< Says something: not only comments, directives and blanks.
};

bool is_marker(std::string_view line, std::string_view marker) {
    return line.starts_with(marker) && (line.size() == 3 || trimmed(line.substr(3, 1)).empty());
}

bool is_blank(std::string_view line) {
    const std::string_view text = trimmed(line);
    return text.empty() || text.starts_with('#');
}

/// Cuts a stream at its document markers, which stand at the start of a line and nowhere else.
class Divider {
public:
    explicit Divider(std::string_view text) : text_(text) {}

    std::vector<Chunk> run() {
        for (std::size_t at = 0; at < text_.size();) {
            const std::size_t feed = std::min(text_.find('\n', at), text_.size() - 1);
            line(at, text_.substr(at, feed + 1 - at));
            at = feed + 1;
            ++number_;
        }
        cut(text_.size());
        return std::move(chunks_);
    }

private:
    void line(std::size_t at, std::string_view text) {
        if (is_marker(text, "---")) {
            if (chunk_.marked || chunk_.content) cut(at);
            chunk_.marked = true;
            chunk_.content = !is_blank(text.substr(3));
        } else if (is_marker(text, "...")) {
            cut(at);
        } else {
            const bool is_directive = !chunk_.marked && !chunk_.content && text.starts_with('%');
            chunk_.content = chunk_.content || (!is_directive && !is_blank(text));
        }
    }

    void cut(std::size_t at) {
        chunk_.end = at;
        if (chunk_.content) chunks_.push_back(chunk_);
        chunk_ = Chunk{.begin = at, .line = number_};
    }

    std::string_view text_;
    std::int64_t number_ = 1;
    Chunk chunk_;
    std::vector<Chunk> chunks_;
};

/// The library takes byte 4 for the end of the input and would leave out what follows.
void refuse_control_characters(std::string_view text, std::int64_t first_line) {
    const auto is_control = [](char c) {
        return c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r';
    };
    const auto at = std::ranges::find_if(text, is_control);
    if (at == text.end()) return;
    const auto line = first_line + std::count(text.begin(), at, '\n');
    throw RowError(Reason::bad_yaml, "line " + std::to_string(line) + ": control character");
}

void read_chunk(const Chunk& chunk, std::string_view text, std::int64_t offset,
                const ReadRecord& read) {
    std::string json = yaml_to_json(text, chunk.line);
    json.reserve(json.size() + 64);  // what the JSON parser wants behind its text
    read(json::Document(json), offset);
}

}  // namespace

std::string yaml_to_json(std::string_view document, std::int64_t first_line) {
    const auto lock = guard_heavy_text(document);
    if (!is_utf8(document)) throw RowError(Reason::bad_utf8, "the document is not UTF-8");
    refuse_control_characters(document, first_line);
    const std::size_t work = (std::size_t{1} << 20U) + 32 * document.size();
    return yaml::write_json(yaml::parse(document, first_line), work, first_line);
}

void for_each_yaml_document(const Piece& piece, Batch& out, const ReadRecord& read) {
    const std::string_view text = without_mark(piece, out);
    const std::size_t mark = piece.bytes.size() - text.size();
    std::vector<Chunk> chunks = Divider(text).run();
    std::size_t done = 0;
    for (const Chunk& chunk : chunks) {
        // An only document has the whole file: comments before and after belong to it.
        const bool is_only = chunks.size() == 1;
        const std::size_t begin = is_only ? 0 : mark + chunk.begin;
        const std::size_t end = is_only ? piece.bytes.size() : mark + chunk.end;
        const std::string_view bytes = piece.bytes.substr(begin, end - begin);
        const auto offset = piece.offset + static_cast<std::int64_t>(begin);
        out.blank(begin - done);
        try {
            read_chunk(chunk, text.substr(chunk.begin, chunk.end - chunk.begin), offset, read);
            out.accept(bytes.size());
        } catch (const RowError& error) {
            out.reject(offset, bytes, error.reason, error.what());
        }
        done = end;
    }
    out.blank(piece.bytes.size() - done);
}

}  // namespace ingot
