// SPDX-License-Identifier: MIT
#include "extractors/json_walk.hpp"

#include <algorithm>
#include <charconv>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kBom = "\xEF\xBB\xBF";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

}  // namespace

std::string JsonWalk::State::written() const {
    if (!in_array) return {};
    return margin == npos ? "[" : "[" + std::to_string(margin);
}

JsonWalk::JsonWalk(std::string_view text, std::string_view state) : text_(text), scan_(text) {
    now_.in_array = state.starts_with('[');
    std::size_t margin = 0;
    if (state.size() > 1 &&
        std::from_chars(state.data() + 1, state.data() + state.size(), margin).ec == std::errc{})
        now_.margin = margin;
}

StreamItem JsonWalk::next() {
    const bool fresh = is_fresh();
    const bool counts = fresh || on_start_ || skip_remains();
    if (fresh) skip_blank();
    on_start_ = false;
    if (at_ == text_.size()) return {.kind = StreamItem::Kind::end, .begin = at_, .end = at_};
    enter_element();
    StreamItem found = counts ? whatever() : broken(StreamItem::Kind::broken);
    found.fresh = fresh;
    return found;
}

/// Inside a broken document: goes on to the next place where one may start, if only blanks lie
/// between.
bool JsonWalk::skip_remains() {
    const std::size_t start = std::min(scan_.next_start(at_, margin()), text_.size());
    if (text_.substr(at_, start - at_).find_first_not_of(" \t\r\n,") != npos) return false;
    at_ = start;
    return true;
}

StreamItem JsonWalk::whatever() {
    const std::size_t line = scan_.line_end(at_);
    if (is_conflict_marker(text_.substr(at_, line - at_)))
        return item(StreamItem::Kind::marker, line, line < text_.size());
    return text_[at_] == '{' || text_[at_] == '[' ? value() : word();
}

void JsonWalk::skip_blank() {
    while (at_ < text_.size()) {
        const char c = text_[at_];
        if (is_blank(c) || c == '\n' || c == ',') {
            ++at_;
        } else if (text_.substr(at_, kBom.size()) == kBom) {
            at_ += kBom.size();
        } else if (text_.substr(at_, 2) == "//") {
            at_ = scan_.line_end(at_);
        } else if (!skip_bracket()) {
            return;
        }
    }
}

/// Enters or leaves a top-level array.
bool JsonWalk::skip_bracket() {
    const char c = text_[at_];
    if (c != '[' && c != ']') return false;
    if (c == '[' && now_.in_array) {
        // An array among indented elements is an element, unless it stands at the line's start: then
        // the array before was never closed.
        const bool is_outer =
            now_.margin != npos && now_.margin > 0 && at_ > 0 && text_[at_ - 1] == '\n';
        if (!is_outer) return false;
    }
    now_ = State{.in_array = c == '[', .margin = npos};
    ++at_;
    return true;
}

/// The first element of an array tells how far its elements are indented.
void JsonWalk::enter_element() {
    if (!now_.in_array || now_.margin != npos) return;
    std::size_t line = at_;
    while (line > 0 && is_blank(text_[line - 1])) --line;
    now_.margin = line > 0 && text_[line - 1] == '\n' ? at_ - line : 0;
}

StreamItem JsonWalk::item(StreamItem::Kind kind, std::size_t end, bool decided) {
    const StreamItem found{.kind = kind, .begin = at_, .end = end, .decided = decided};
    at_ = end;
    return found;
}

StreamItem JsonWalk::value() {
    if (is_fresh() || !std::ranges::binary_search(doomed_, at_)) {
        Extent extent = scan_.extent(at_, margin());
        if (extent.kind == Extent::Kind::whole) return item(StreamItem::Kind::record, extent.end);
        doomed_ = std::move(extent.open_starts);
        unfinished_ = extent.kind == Extent::Kind::unfinished;
        reach_ = extent.end;
    }
    return broken(unfinished_ ? StreamItem::Kind::unfinished : StreamItem::Kind::broken);
}

/// A string, number, true, false or null that has the rest of its line to itself.
StreamItem JsonWalk::word() {
    constexpr std::string_view starts = "\"-0123456789tfn";
    const char c = text_[at_];
    if (c == '\0') {  // a crash leaves such runs; what follows may be good
        const std::size_t end = std::min(text_.find_first_not_of('\0', at_), text_.size());
        return item(StreamItem::Kind::broken, end, end < text_.size());
    }
    if (starts.find(c) == npos) return broken(StreamItem::Kind::broken);
    const std::size_t end = c == '"'
                                ? scan_.string_end(at_)
                                : std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
    if (end == npos) {
        const bool open = scan_.line_end(at_) == text_.size();
        return broken(open ? StreamItem::Kind::unfinished : StreamItem::Kind::broken);
    }
    const std::size_t behind = std::min(text_.find_first_not_of(" \t\r", end), text_.size());
    const bool alone = behind == text_.size() || text_[behind] == '\n' || text_[behind] == ',' ||
                       (now_.in_array && text_[behind] == ']');
    return alone ? item(StreamItem::Kind::record, end, behind < text_.size())
                 : broken(StreamItem::Kind::broken);
}

/// All up to the next place where a document plausibly starts.
StreamItem JsonWalk::broken(StreamItem::Kind kind) {
    const std::size_t start = scan_.next_start(at_, margin());
    if (start == npos) return item(kind, text_.size(), false);
    on_start_ = true;
    return item(kind, start, kind == StreamItem::Kind::broken);
}

}  // namespace ingot
