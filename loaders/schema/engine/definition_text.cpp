// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/definition_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace ingot::schema {
namespace {

constexpr std::array<std::string_view, 2> kTextTypes{"::character varying", "::text"};

bool is_word(char c) {
    return c == '_' || c == '$' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Behind the closing quote; the text's end when there is none. A doubled quote reads as two texts.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
    const std::size_t end = text.find(text[at], at + 1);
    return end == std::string_view::npos ? text.size() : end + 1;
}

/// The length of the cast that begins here; 0: none, or one that changes the value.
std::size_t text_cast(std::string_view text) {
    for (const std::string_view type : kTextTypes) {
        if (!text.starts_with(type)) continue;
        std::size_t length = type.size();
        if (text.substr(length).starts_with("[]")) length += 2;
        const char next = length < text.size() ? text[length] : ' ';
        return next == '(' || next == '.' || is_word(next) ? 0 : length;
    }
    return 0;
}

/// A single name or value, or an ARRAY[…]: what needs no brackets once its cast is gone.
bool is_simple(std::string_view text) {
    constexpr std::string_view kArray = "ARRAY[";
    int depth = 0;
    const bool is_array = text.starts_with(kArray);
    std::size_t at = is_array ? kArray.size() - 1 : 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '\'' || c == '"') {
            at = end_of_quoted(text, at);
            continue;
        }
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        ++at;
        if (is_array ? depth == 0 && at < text.size() : !is_word(c) && c != '.') return false;
    }
    return !text.empty();
}

class Rewriter {
public:
    explicit Rewriter(std::string_view text) : text_(text) {}

    std::string written() {
        for (std::size_t at = 0; at < text_.size();) at = step(at);
        return std::move(out_);
    }

private:
    std::size_t step(std::size_t at) {
        const char c = text_[at];
        if (c == '\'' || c == '"') {
            const std::size_t end = end_of_quoted(text_, at);
            out_ += text_.substr(at, end - at);
            return end;
        }
        if (const std::size_t length = text_cast(text_.substr(at)); length > 0) {
            drop_brackets();
            return at + length;
        }
        if (c == '(') open_.push_back(out_.size());
        if (c == ')' && !open_.empty()) {
            last_open_ = open_.back();
            open_.pop_back();
        }
        out_ += c;
        return at + 1;
    }

    /// Of what was cast. Those of a call stay.
    void drop_brackets() {
        if (!out_.ends_with(')') || last_open_ >= out_.size() || out_[last_open_] != '(') return;
        if (last_open_ > 0 && (is_word(out_[last_open_ - 1]) || out_[last_open_ - 1] == '"'))
            return;
        const std::string inner = out_.substr(last_open_ + 1, out_.size() - last_open_ - 2);
        if (!is_simple(inner)) return;
        out_.replace(last_open_, std::string::npos, inner);
    }

    const std::string_view text_;
    std::string out_;
    std::vector<std::size_t> open_;
    std::size_t last_open_ = std::string::npos;  ///< Of the bracket that was closed last.
};

/// Where the expression of a line begins: names before it stay as they are.
std::size_t expression_of(const std::string& line) {
    return std::min({line.size(), line.find(": "), line.find(" DEFAULT ")});
}

}  // namespace

std::string without_text_casts(const std::string& expression) {
    return Rewriter(expression).written();
}

std::vector<std::string> lasting_definitions(std::vector<std::string> lines) {
    std::erase_if(lines, [](const std::string& line) { return line.ends_with(" (invalid)"); });
    for (std::string& line : lines) {
        const std::size_t at = expression_of(line);
        line.replace(at, std::string::npos, without_text_casts(line.substr(at)));
    }
    std::ranges::sort(lines);
    return lines;
}

}  // namespace ingot::schema
