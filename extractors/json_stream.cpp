// SPDX-License-Identifier: MIT
#include "extractors/json_stream.hpp"

#include "extractors/json_walk.hpp"
#include "pipeline/model/text.hpp"

namespace ingot {
namespace {

char first_bracket(std::string_view text) {
    const std::size_t at = text.find_first_of("{[");
    return at == std::string_view::npos ? '\0' : text[at];
}

/// What becomes of a document that the file's end cuts off.
enum class Torn { pending, rejected };

/// Reads the items of one piece.
class StreamReader {
public:
    StreamReader(const Piece& piece, Batch& out, const ReadElement& read, const ReadMarker& marker,
                 Torn torn)
        : piece_(piece), out_(out), read_(read), marker_(marker), torn_(torn) {}

    void run() {
        JsonWalk walk(piece_.bytes, piece_.state);
        std::size_t done = 0;
        std::string state(piece_.state);
        for (StreamItem item = walk.next(); item.kind != StreamItem::Kind::end;
             item = walk.next()) {
            // Brackets and margin before the last record are read again with it.
            if (item.fresh)
                out_.resume = Resume{piece_.offset + static_cast<std::int64_t>(done), state};
            out_.blank(item.begin - done);
            done = item.end;
            state = walk.state();
            place_.offset = piece_.offset + static_cast<std::int64_t>(item.begin);
            place_.in_array = !state.empty();
            take(item);
            if (item.kind != StreamItem::Kind::marker) ++place_.index;
        }
        out_.blank(piece_.bytes.size() - done);
    }

private:
    void take(const StreamItem& item) {
        const std::string_view text = piece_.bytes.substr(item.begin, item.end - item.begin);
        if (text.size() > piece_.settings.max_record) {
            out_.reject(place_.offset, text, Reason::too_long, "longer than --max-record");
        } else if (item.kind == StreamItem::Kind::record) {
            record(text);
        } else if (item.kind == StreamItem::Kind::marker && marker_) {
            marker_(trimmed(text), place_.offset);
            out_.accept(text.size());
        } else if (item.kind == StreamItem::Kind::unfinished && is_pending(item)) {
            out_.pend(text.size());
        } else {
            out_.reject(place_.offset, text, Reason::bad_json, "not a JSON document");
        }
    }

    void record(std::string_view text) {
        try {
            const json::Document document(text);
            read_(document, place_);
            out_.accept(text.size());
        } catch (const RowError& error) {
            out_.reject(place_.offset, text, error.reason, error.what());
        }
    }

    /// Somebody may still be writing it.
    bool is_pending(const StreamItem& item) const {
        return torn_ == Torn::pending && piece_.last && item.end == piece_.bytes.size() &&
               !piece_.bytes.ends_with('\n');
    }

    const Piece& piece_;
    Batch& out_;
    const ReadElement& read_;
    const ReadMarker& marker_;
    Torn torn_;
    RecordPlace place_;
};

}  // namespace

void for_each_document(const Piece& piece, Batch& out, const ReadRecord& read,
                       const ReadMarker& marker) {
    const ReadElement read_element = [&](const json::Document& record, const RecordPlace& place) {
        read(record, place.offset);
    };
    StreamReader(piece, out, read_element, marker, Torn::pending).run();
}

void for_each_element(const Piece& piece, Batch& out, const ReadElement& read) {
    StreamReader(piece, out, read, {}, Torn::rejected).run();
    out.resume.reset();
    // A document that is alone in its file is the file, white space and all.
    Tally& tally = out.tally;
    if (tally.records == 1 && tally.rejected == 0 && first_bracket(piece.bytes) != '[') {
        tally.row_bytes += tally.blank_bytes;
        tally.blank_bytes = 0;
    }
}

Split split_documents(std::string_view window, std::string_view state) {
    JsonWalk walk(window, state);
    Split split;
    for (StreamItem item = walk.next(); item.kind != StreamItem::Kind::end && item.decided;
         item = walk.next())
        if (walk.is_fresh()) split = {item.end, walk.state()};
    return split;
}

}  // namespace ingot
