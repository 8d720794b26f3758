// SPDX-License-Identifier: MIT
#include "extractors/encoding.hpp"

namespace ingot {

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

bool is_binary(std::string_view head) {
    return head.find('\0') != std::string_view::npos && utf16_name(head).empty();
}

bool reject_unreadable_text(const Piece& piece, Batch& out) {
    if (const std::string_view name = utf16_name(piece.bytes); !name.empty()) {
        out.encoding = name;
        out.reject(piece.offset, piece.bytes, Reason::bad_encoding, "the text is " + std::string(name));
        return true;
    }
    if (piece.bytes.size() > piece.settings.max_record) {
        out.reject(piece.offset, piece.bytes, Reason::too_long, "longer than --max-record");
        return true;
    }
    return false;
}

std::string_view without_mark(const Piece& piece, Batch& out) {
    if (!piece.bytes.starts_with(kUtf8Mark)) return piece.bytes;
    out.encoding = "utf-8-bom";
    return piece.bytes.substr(kUtf8Mark.size());
}

}  // namespace ingot
