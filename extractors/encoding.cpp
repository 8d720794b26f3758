// SPDX-License-Identifier: MIT
#include "extractors/encoding.hpp"

namespace ingot {
namespace {

void append_utf8(std::string& out, unsigned code) {
    const auto put = [&](unsigned byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | code >> 6U), put(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0U | code >> 12U), put(0x80U | (code >> 6U & 0x3FU)), put(0x80U | (code & 0x3FU));
    } else {
        put(0xF0U | code >> 18U), put(0x80U | (code >> 12U & 0x3FU));
        put(0x80U | (code >> 6U & 0x3FU)), put(0x80U | (code & 0x3FU));
    }
}

/// Reads the text converted, and sees to it that the account is that of the bytes in the file.
void read_converted(const Piece& piece, std::string_view text, Batch& out,
                    void (*read)(const Piece&, Batch&)) {
    const Piece converted{.source = piece.source,
                          .settings = piece.settings,
                          .bytes = text,
                          .state = {},
                          .database = {}};
    Batch trial(piece.source, text, 0);
    read(converted, trial);
    if (trial.tally.records > 1) {
        out.reject(0, piece.bytes, Reason::bad_encoding, "several records in UTF-16");
    } else if (trial.tally.rejected > 0) {
        const Reject& reject = trial.rejects().front();
        out.reject(0, piece.bytes, reject.reason, reject.detail);
    } else {
        read(converted, out);
        const auto size = static_cast<std::int64_t>(piece.bytes.size());
        out.tally.row_bytes = out.tally.records > 0 ? size : 0;
        out.tally.blank_bytes = out.tally.records > 0 ? 0 : size;
    }
}

}  // namespace

std::string_view utf16_name(std::string_view head) {
    using namespace std::string_view_literals;
    if (head.starts_with("\xFF\xFE"sv)) return "utf-16le";
    if (head.starts_with("\xFE\xFF"sv)) return "utf-16be";
    // Without a mark: two ASCII characters are enough to tell.
    if (head.size() < 4) return {};
    const auto nul = [&](std::size_t i) { return head[i] == '\0'; };
    if (!nul(0) && nul(1) && !nul(2) && nul(3)) return "utf-16le";
    if (nul(0) && !nul(1) && nul(2) && !nul(3)) return "utf-16be";
    return {};
}

std::optional<std::string> utf8_of(std::string_view utf16) {
    const std::size_t low = utf16_name(utf16) == "utf-16le" ? 0 : 1;
    const auto unit = [&](std::size_t at) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf16[at + i]); };
        return static_cast<unsigned>(byte(low) | byte(1 - low) << 8U);
    };
    if (utf16.size() % 2 != 0) return {};
    std::string out;
    for (std::size_t at = unit(0) == 0xFEFF ? 2 : 0; at < utf16.size(); at += 2) {
        unsigned code = unit(at);
        if (code >= 0xD800 && code <= 0xDFFF) {
            const unsigned second = at + 2 < utf16.size() ? unit(at += 2) : 0;
            if (code >= 0xDC00 || second < 0xDC00 || second > 0xDFFF) return {};
            code = 0x10000U + ((code - 0xD800U) << 10U) + (second - 0xDC00U);
        }
        append_utf8(out, code);
    }
    return out;
}

bool reject_unreadable_text(const Piece& piece, Batch& out) {
    if (const std::string_view name = utf16_name(piece.bytes); !name.empty()) {
        out.encoding = name;
        out.reject(piece.offset, piece.bytes, Reason::bad_encoding,
                   "the text is " + std::string(name));
        return true;
    }
    if (piece.bytes.size() > piece.settings.max_record) {
        out.reject(piece.offset, piece.bytes, Reason::too_long, "longer than --max-record");
        return true;
    }
    return false;
}

void read_text_file(const Piece& piece, Batch& out, void (*read)(const Piece&, Batch&)) {
    const std::string_view name = utf16_name(piece.bytes);
    if (name.empty() || piece.bytes.size() > piece.settings.max_record) {
        if (!reject_unreadable_text(piece, out)) read(piece, out);
        return;
    }
    std::optional<std::string> text = utf8_of(piece.bytes);
    if (!text) {
        reject_unreadable_text(piece, out);
        return;
    }
    const std::size_t size = text->size();
    text->resize(size + 64);  // readable behind its end, as every piece is
    read_converted(piece, std::string_view(*text).substr(0, size), out, read);
    out.encoding = name;
}

std::string_view without_mark(const Piece& piece, Batch& out) {
    if (!piece.bytes.starts_with(kUtf8Mark)) return piece.bytes;
    out.encoding = "utf-8-bom";
    return piece.bytes.substr(kUtf8Mark.size());
}

}  // namespace ingot
