// SPDX-License-Identifier: MIT
#include "extractors/json_file.hpp"

#include "extractors/encoding.hpp"
#include "extractors/json_scan.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kBlanks = " \t\r\n";

/// Overwrites all but line ends.
void blank_out(std::string& text, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
        if (text[i] != '\n' && text[i] != '\r') text[i] = ' ';
}

/// Behind the comment at `at`; `at` itself when there is none.
std::size_t comment_end(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
    if (!rest.starts_with("/*")) return at;
    const std::size_t end = text.find("*/", at + 2);
    return end == npos ? text.size() : end + 2;
}

/// Behind the string at `at`, which ends with its line at the latest.
std::size_t string_end(std::string_view text, std::size_t at) {
    for (++at; at < text.size() && text[at] != '\n'; ++at) {
        if (text[at] == '"') return at + 1;
        if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] != '\n') ++at;
    }
    return at;
}

struct Part {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool is_good = false;
};

/// Finds where the documents of a text without comments are.
class Divider {
public:
    /// Requires: readable 64 bytes past the end.
    explicit Divider(std::string_view text) : text_(text), scan_(text) {}

    std::vector<Part> run() {
        std::vector<Part> parts;
        std::size_t at = 0;
        while ((at = text_.find_first_not_of(kBlanks, at)) != npos) {
            const std::size_t end = text_.find_last_not_of(kBlanks, document_end(at) - 1) + 1;
            parts.push_back({at, end, json::is_valid(text_.substr(at, end - at))});
            at = end;
        }
        return parts;
    }

private:
    /// A broken document reaches to where the next one plausibly starts that is not broken with it.
    std::size_t document_end(std::size_t at) {
        if ((text_[at] == '{' || text_[at] == '[') && !broken_.contains(at)) {
            const Extent extent = scan_.extent(at, 0);
            if (extent.kind == Extent::Kind::whole) return extent.end;
            broken_.insert(extent.open_starts.begin(), extent.open_starts.end());
        }
        std::size_t end = scan_.next_start(at, 0);
        while (end != npos && broken_.contains(end)) end = scan_.next_start(end, 0);
        return std::min(end, text_.size());
    }

    std::string_view text_;
    JsonScan scan_;
    std::set<std::size_t> broken_;  ///< Starts inside of broken documents.
};

/// Reads one document; `bytes` is what it takes up in the file.
void read_part(std::string_view text, std::string_view bytes, std::int64_t offset, Batch& out,
               const ReadRecord& read) {
    try {
        read(json::Document(text), offset);
        out.accept(bytes.size());
    } catch (const RowError& error) {
        out.reject(offset, bytes, error.reason, error.what());
    }
}

void read_parts(const Piece& piece, std::string_view text, const std::vector<Part>& parts,
                Batch& out, const ReadRecord& read) {
    const std::size_t mark = piece.bytes.size() - text.size();
    std::size_t done = 0;
    for (const Part& part : parts) {
        const std::size_t begin = mark + part.begin;
        out.blank(begin - done);
        read_part(text.substr(part.begin, part.end - part.begin),
                  piece.bytes.substr(begin, part.end - part.begin),
                  piece.offset + static_cast<std::int64_t>(begin), out, read);
        done = mark + part.end;
    }
    out.blank(piece.bytes.size() - done);
}

}  // namespace

std::string without_comments(std::string_view text) {
    std::string copy(text);
    std::size_t comma =
        npos;  // the last thing that is neither blank nor comment, when it is a comma
    for (std::size_t at = 0; at < copy.size();) {
        if (const std::size_t end = comment_end(copy, at); end > at) {
            blank_out(copy, at, end);
            at = end;
            continue;
        }
        const char c = copy[at];
        if ((c == '}' || c == ']') && comma != npos) copy[comma] = ' ';
        if (kBlanks.find(c) == npos) comma = c == ',' ? at : npos;
        at = c == '"' ? string_end(copy, at) : at + 1;
    }
    return copy;
}

void for_each_json_document(const Piece& piece, Batch& out, const ReadRecord& read) {
    std::string_view text = without_mark(piece, out);
    if (json::is_valid(text)) return read_part(text, piece.bytes, piece.offset, out, read);
    std::string plain = without_comments(text);
    plain.resize(text.size() + 64);  // readable behind its end, as the parser wants it
    text = std::string_view(plain).substr(0, text.size());
    const std::vector<Part> parts = Divider(text).run();
    const auto good = std::ranges::count(parts, true, &Part::is_good);
    if (parts.size() == 1 || (good == 0 && !parts.empty())) {
        read_part(text, piece.bytes, piece.offset, out, read);
    } else {
        read_parts(piece, text, parts, out, read);
    }
}

}  // namespace ingot
