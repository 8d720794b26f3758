// SPDX-License-Identifier: MIT
#include "extractors/json_lines.hpp"

#include "extractors/json_scan.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kBom = "\xEF\xBB\xBF";

/// How often a broken line is looked through for good records before the rest is given up; more is
/// needed only for a line that nests deeper than this without closing.
constexpr std::size_t kEffort = 64;

/// Text in front of an object that cannot be the beginning of one around it.
bool is_no_json(std::string_view text) {
    return text.find('{') == npos && std::ranges::count(text, '[') == std::ranges::count(text, ']');
}

/// Reads the lines of one piece.
class LineReader {
public:
    LineReader(const Piece& piece, Batch& out, LooksLikeRecord is_record, const ReadRecord& read,
               const ReadMarker& marker)
        : piece_(piece), out_(out), is_record_(is_record), read_(read), marker_(marker) {}

    void run() {
        std::size_t at = piece_.first && piece_.bytes.starts_with(kBom) ? kBom.size() : 0;
        out_.blank(at);
        while (at < piece_.bytes.size()) {
            const std::size_t feed = piece_.bytes.find('\n', at);
            const std::size_t end = feed == npos ? piece_.bytes.size() : feed + 1;
            line(at, end, feed == npos && piece_.last);
            at = end;
        }
    }

private:
    void line(std::size_t begin, std::size_t end, bool unfinished) {
        const std::string_view text = piece_.bytes.substr(begin, end - begin);
        if (trimmed(text).empty()) {
            out_.blank(text.size());
            return;
        }
        out_.resume = Resume{piece_.offset + static_cast<std::int64_t>(begin), {}};
        if (text.size() > piece_.settings.max_record) {
            out_.reject(position(begin), text, Reason::too_long, "longer than --max-record");
            return;
        }
        if (marker_ && is_conflict_marker(trimmed(text))) {
            marker_(trimmed(text), position(begin));
            out_.accept(text.size());
            return;
        }
        try {
            record(begin, end);
        } catch (const RowError& error) {
            if (unfinished && error.reason == Reason::bad_json) {
                out_.pend(text.size());
            } else {
                salvage(begin, end, error);
            }
        }
    }

    /// Loads one record with the white space around it; throws RowError.
    void record(std::size_t begin, std::size_t end) {
        const std::string_view text = piece_.bytes.substr(begin, end - begin);
        const json::Document document(trimmed(text));
        read_(document, position(begin));
        out_.accept(text.size());
    }

    /// Keeps the whole records of a line that as a whole is none.
    void salvage(std::size_t begin, std::size_t end, const RowError& error) {
        std::size_t broken = begin;  // start of what is not part of a good record
        std::size_t effort = kEffort * (end - begin);
        if (error.reason == Reason::bad_json) {
            const std::string_view line = piece_.bytes.substr(0, end);
            for (std::size_t at = begin; (at = line.find('{', at)) != npos;) {
                const std::size_t reach = json_text::value_end(line, at);
                const std::size_t length = std::min(reach, end) - at;
                if (length > effort) break;
                effort -= length;
                const std::size_t stop = reach == npos ? npos : good_record(at, reach, begin, end);
                if (stop == npos) {
                    ++at;
                    continue;
                }
                reject(broken, at, error);
                try_record(at, stop);
                broken = at = stop;
            }
        }
        reject(broken, end, error);
    }

    /// End of the record that reaches from `at` to `stop`, if it may stand on its own; else npos.
    std::size_t good_record(std::size_t at, std::size_t stop, std::size_t begin,
                            std::size_t end) const {
        const std::string_view line = piece_.bytes.substr(0, end);
        const std::size_t next = line.find_first_not_of(" \t\r\n", stop);
        if (next != npos && line[next] != '{') return npos;  // it is a part of something
        try {
            const json::Document document(line.substr(at, stop - at));
            const bool alone = document.is_object() &&
                               (at == begin || is_record_(document.object()) ||
                                (next == npos && is_no_json(line.substr(begin, at - begin))));
            return alone ? (next == npos ? end : stop) : npos;
        } catch (const RowError&) {
            return npos;
        }
    }

    void try_record(std::size_t begin, std::size_t end) {
        try {
            record(begin, end);
        } catch (const RowError& error) {
            reject(begin, end, error);
        }
    }

    void reject(std::size_t begin, std::size_t end, const RowError& error) {
        const std::string_view text = piece_.bytes.substr(begin, end - begin);
        if (trimmed(text).empty()) {
            out_.blank(text.size());
        } else {
            out_.reject(position(begin), text, error.reason, error.what());
        }
    }

    std::int64_t position(std::size_t at) const {
        return piece_.offset + static_cast<std::int64_t>(at);
    }

    const Piece& piece_;
    Batch& out_;
    LooksLikeRecord is_record_;
    const ReadRecord& read_;
    const ReadMarker& marker_;
};

}  // namespace

void for_each_line(const Piece& piece, Batch& out, LooksLikeRecord is_record,
                   const ReadRecord& read, const ReadMarker& marker) {
    LineReader(piece, out, is_record, read, marker).run();
}

}  // namespace ingot
