// SPDX-License-Identifier: MIT
#include "extractors/json_stream.hpp"

#include "extractors/json_walk.hpp"
#include "pipeline/model/text.hpp"

namespace ingot {
namespace {

/// Reads the items of one piece.
class StreamReader {
public:
    StreamReader(const Piece& piece, Batch& out, const ReadRecord& read, const ReadMarker& marker)
        : piece_(piece), out_(out), read_(read), marker_(marker) {}

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
            take(item);
            done = item.end;
            state = walk.state();
        }
        out_.blank(piece_.bytes.size() - done);
    }

private:
    void take(const StreamItem& item) {
        const std::string_view text = piece_.bytes.substr(item.begin, item.end - item.begin);
        if (text.size() > piece_.settings.max_record) {
            out_.reject(position(item), text, Reason::too_long, "longer than --max-record");
        } else if (item.kind == StreamItem::Kind::record) {
            record(item, text);
        } else if (item.kind == StreamItem::Kind::marker && marker_) {
            marker_(trimmed(text), position(item));
            out_.accept(text.size());
        } else if (item.kind == StreamItem::Kind::unfinished && is_pending(item)) {
            out_.pend(text.size());
        } else {
            const bool unfinished = item.kind == StreamItem::Kind::unfinished;
            out_.reject(position(item), text, Reason::bad_json,
                        unfinished ? "the document does not end" : "not a JSON document");
        }
    }

    void record(const StreamItem& item, std::string_view text) {
        try {
            const json::Document document(text);
            read_(document, position(item));
            out_.accept(text.size());
        } catch (const RowError& error) {
            out_.reject(position(item), text, error.reason, error.what());
        }
    }

    /// Somebody may still be writing it.
    bool is_pending(const StreamItem& item) const {
        return piece_.last && item.end == piece_.bytes.size() && !piece_.bytes.ends_with('\n');
    }

    std::int64_t position(const StreamItem& item) const {
        return piece_.offset + static_cast<std::int64_t>(item.begin);
    }

    const Piece& piece_;
    Batch& out_;
    const ReadRecord& read_;
    const ReadMarker& marker_;
};

}  // namespace

void for_each_document(const Piece& piece, Batch& out, const ReadRecord& read,
                       const ReadMarker& marker) {
    StreamReader(piece, out, read, marker).run();
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
