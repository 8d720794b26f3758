// SPDX-License-Identifier: MIT
#include "extractors/json_scan.hpp"

#include <algorithm>
#include <string>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    return at;
}

/// The brackets that are open, and what stood last.
class Nesting {
public:
    /// Whether a JSON value may begin here.
    bool takes_value() const {
        if (open_.empty()) return true;
        return open_.back() == '{' ? last_ == ':' : last_ == '[' || last_ == ',';
    }
    void open(char bracket) { open_.push_back(last_ = bracket); }
    /// False when another bracket is open.
    bool close(char bracket) {
        if (open_.empty() || open_.back() != (bracket == '}' ? '{' : '[')) return false;
        open_.pop_back();
        if (!starts_.empty() && starts_.back().depth > open_.size()) starts_.pop_back();
        last_ = bracket;
        return true;
    }
    void see(char c) { last_ = c; }
    /// Notes that the bracket opened last may be a document's own.
    void mark_start(std::size_t at) { starts_.push_back({at, open_.size()}); }
    bool is_closed() const { return open_.empty(); }

    std::vector<std::size_t> open_starts() const {
        std::vector<std::size_t> found;
        for (const Start& start : starts_) found.push_back(start.at);
        return found;
    }

private:
    struct Start {
        std::size_t at;
        std::size_t depth;
    };
    std::string open_;
    std::vector<Start> starts_;
    char last_ = ':';
};

}  // namespace

bool is_conflict_marker(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() < 7 || std::string_view("<|=>").find(line[0]) == npos) return false;
    const std::size_t run = std::min(line.find_first_not_of(line[0]), line.size());
    return run == 7 && (line.size() == 7 || line[7] == ' ');
}

std::size_t JsonScan::line_end(std::size_t at) {
    if (at < line_begin_ || at > line_end_) {
        line_begin_ = at;
        line_end_ = std::min(text_.find('\n', at), text_.size());
    }
    return line_end_;
}

std::size_t JsonScan::start_in_line(std::size_t line, std::size_t margin) const {
    std::size_t at = skip_blanks(text_, line);
    if (at >= text_.size() || at - line > margin) return npos;
    if (text_[at] == '}') {
        at = skip_blanks(text_, at + 1);
        if (at >= text_.size() || text_[at] != ',') return npos;
        at = skip_blanks(text_, at + 1);
    }
    return at < text_.size() && text_[at] == '{' ? at : npos;
}

std::size_t JsonScan::next_start(std::size_t from, std::size_t margin) {
    for (std::size_t end = line_end(from); end < text_.size(); end = line_end(end + 1))
        if (const std::size_t start = start_in_line(end + 1, margin); start != npos) return start;
    return npos;
}

std::size_t JsonScan::string_end(std::size_t at) {
    const std::string_view line = text_.substr(0, line_end(at));
    for (std::size_t quote = line.find('"', at + 1); quote != npos;
         quote = line.find('"', quote + 1)) {
        std::size_t slashes = 0;
        while (line[quote - 1 - slashes] == '\\') ++slashes;  // stops at the opening quote
        if (slashes % 2 == 0) return quote + 1;
    }
    return npos;
}

Extent JsonScan::extent(std::size_t at, std::size_t margin) {
    Nesting nesting;
    const auto stopped = [&](std::size_t end) {
        const auto kind = end < text_.size() ? Extent::Kind::broken : Extent::Kind::unfinished;
        return Extent{kind, end, nesting.open_starts()};
    };
    std::size_t start = npos;  // where a document may start in this line
    while (at < text_.size()) {
        const char c = text_[at];
        if (c == '"') {
            const std::size_t end = string_end(at);
            if (end == npos) return stopped(line_end(at));
            nesting.see('"');
            at = end;
            continue;
        }
        if (c == '\n') {
            start = start_in_line(at + 1, margin);
            const std::size_t end = line_end(at + 1);
            at = is_conflict_marker(text_.substr(at + 1, end - at - 1)) ? end : at + 1;
            continue;
        }
        if (c == '{' || c == '[') {
            if (at == start && !nesting.takes_value()) return stopped(at);
            nesting.open(c);
            if (at == start) nesting.mark_start(at);
        } else if (c == '}' || c == ']') {
            if (!nesting.close(c)) return stopped(at);
            if (nesting.is_closed()) return {Extent::Kind::whole, at + 1};
        } else if (!is_blank(c)) {
            nesting.see(c);
        }
        ++at;
    }
    return stopped(text_.size());
}

}  // namespace ingot
