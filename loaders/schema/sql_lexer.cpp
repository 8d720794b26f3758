// SPDX-License-Identifier: MIT
#include "loaders/schema/sql_lexer.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>

namespace ingot::sql {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Letters, `_` and every byte of a character beyond ASCII.
bool begins_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool continues_word(char c) { return begins_word(c) || is_digit(c) || c == '$'; }

bool is_operator(char c) { return std::string_view("+-*/<>=~!@#%^&|?").find(c) != npos; }

/// The number of bytes of `$tag$` at the start of `text`; 0: there is none.
std::size_t dollar_tag(std::string_view text) {
    std::size_t i = 1;
    while (i < text.size() && (begins_word(text[i]) || (i > 1 && is_digit(text[i])))) ++i;
    return i < text.size() && text[i] == '$' ? i + 1 : 0;
}

/// 'E' and 'e' make backslashes escapes; the others only say what kind of string it is.
bool is_string_prefix(std::string_view word) {
    return word.size() == 1 && std::string_view("eEbBxXnN").find(word[0]) != npos;
}

}  // namespace

Token Lexer::take(TokenKind kind, std::size_t begin, std::size_t end) {
    at_ = std::min(end, text_.size());
    return {kind, text_.substr(begin, at_ - begin)};
}

void Lexer::note(std::string_view comment) {
    if (comment.find("ingot:") != npos) notes.push_back({comment, nullptr});
}

void Lexer::skip_line_comment() {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    note(text_.substr(at_, end - at_));
    at_ = end;
}

void Lexer::skip_block_comment() {
    const std::size_t begin = at_;
    std::size_t depth = 1;
    for (at_ += 2; depth > 0 && at_ < text_.size();) {
        if (text_[at_] == '*' && at(at_ + 1) == '/') {
            --depth;
            at_ += 2;
        } else if (text_[at_] == '/' && at(at_ + 1) == '*' && dialect_ == Dialect::postgres) {
            ++depth;
            at_ += 2;
        } else {
            ++at_;
        }
    }
    at_ = std::min(at_, text_.size());
    if (depth > 0)
        remarks.push_back({Remark::Kind::unterminated, text_.substr(begin, 2),
                           "a comment /* has no end: everything behind it is part of it"});
    note(text_.substr(begin, at_ - begin));
}

void Lexer::skip_blanks_and_comments() {
    while (at_ < text_.size()) {
        if (is_blank(text_[at_]))
            ++at_;
        else if (text_[at_] == '-' && at(at_ + 1) == '-')
            skip_line_comment();
        else if (text_[at_] == '/' && at(at_ + 1) == '*')
            skip_block_comment();
        else
            return;
    }
}

Token Lexer::quoted(char quote, std::size_t begin, std::size_t from, bool escapes) {
    const TokenKind kind = quote == '\'' ? TokenKind::string : TokenKind::quoted;
    for (std::size_t i = from; i < text_.size(); ++i) {
        if (escapes && text_[i] == '\\')
            ++i;
        else if (text_[i] == quote && at(i + 1) == quote && quote != ']')
            ++i;
        else if (text_[i] == quote)
            return take(kind, begin, i + 1);
    }
    remarks.push_back({Remark::Kind::unterminated, text_.substr(begin, 1),
                       "a " + std::string(kind == TokenKind::string ? "string" : "quoted name") +
                           " has no end: everything behind it is part of it"});
    return take(kind, begin, text_.size());
}

Token Lexer::dollar() {
    const std::size_t begin = at_;
    const std::size_t tag = dollar_tag(text_.substr(begin));
    if (tag == 0) return take(TokenKind::symbol, begin, begin + 1);
    const std::size_t end = text_.find(text_.substr(begin, tag), begin + tag);
    if (end != npos) return take(TokenKind::dollar, begin, end + tag);
    remarks.push_back({Remark::Kind::unterminated, text_.substr(begin, tag),
                       "a string that begins with " + std::string(text_.substr(begin, tag)) +
                           " has no end: everything behind it is part of it"});
    return take(TokenKind::dollar, begin, text_.size());
}

Token Lexer::word() {
    const std::size_t begin = at_;
    std::size_t end = begin;
    while (end < text_.size() && continues_word(text_[end])) ++end;
    const std::string_view word = text_.substr(begin, end - begin);
    if (at(end) == '\'' && is_string_prefix(word))
        return quoted('\'', begin, end + 1,
                      dialect_ == Dialect::postgres && (word[0] | 0x20) == 'e');
    if ((word == "U" || word == "u") && at(end) == '&' &&
        (at(end + 1) == '\'' || at(end + 1) == '"'))
        return quoted(at(end + 1), begin, end + 2, false);
    return take(TokenKind::word, begin, end);
}

Token Lexer::number() {
    const std::size_t begin = at_;
    std::size_t end = begin;
    while (is_digit(at(end)) || at(end) == '.' || begins_word(at(end))) {
        const bool exponent = (at(end) | 0x20) == 'e' && !text_.substr(begin).starts_with("0x");
        ++end;
        if (exponent && (at(end) == '+' || at(end) == '-')) ++end;
    }
    return take(TokenKind::number, begin, end);
}

/// An operator ends before a comment, and loses a sign at its end as PostgreSQL's do (`=-1`).
Token Lexer::op() {
    const std::size_t begin = at_;
    std::size_t end = begin;
    while (is_operator(at(end))) {
        if ((at(end) == '-' && at(end + 1) == '-') || (at(end) == '/' && at(end + 1) == '*')) break;
        ++end;
    }
    const std::string_view run = text_.substr(begin, end - begin);
    if (run.find_first_of("~!@#%^&|?") == npos)
        while (end > begin + 1 && (text_[end - 1] == '-' || text_[end - 1] == '+')) --end;
    return take(TokenKind::symbol, begin, end);
}

bool Lexer::at_line_start() const { return at_ == 0 || text_[at_ - 1] == '\n'; }

Token Lexer::meta() {
    const std::size_t begin = at_;
    if (at(begin + 1) == ';') return take(TokenKind::symbol, begin, begin + 2);
    const std::size_t end = std::min(text_.find('\n', begin), text_.size());
    return take(TokenKind::meta, begin, end);
}

Token Lexer::next() {
    skip_blanks_and_comments();
    if (at_ >= text_.size()) return {};
    for (; notes_pending_ < notes.size(); ++notes_pending_)
        notes[notes_pending_].target = text_.data() + at_;
    const char c = text_[at_];
    const bool sqlite = dialect_ == Dialect::sqlite;
    if (begins_word(c)) return word();
    if (c == '\'' || c == '"' || (sqlite && c == '`')) return quoted(c, at_, at_ + 1, false);
    if (sqlite && c == '[') return quoted(']', at_, at_ + 1, false);
    if (c == '$' && !sqlite) return dollar();
    if (is_digit(c) || (c == '.' && is_digit(at(at_ + 1)))) return number();
    if (c == '\\' && !sqlite && place_ == Place::script) return meta();
    if (c == '.' && sqlite && at_line_start() && begins_word(at(at_ + 1))) return meta();
    if (c == ':' && (at(at_ + 1) == ':' || at(at_ + 1) == '='))
        return take(TokenKind::symbol, at_, at_ + 2);
    if (is_operator(c)) return op();
    return take(TokenKind::symbol, at_, at_ + 1);
}

std::string_view Lexer::take_line() {
    const std::size_t begin = at_;
    at_ = std::min(text_.find('\n', at_), text_.size());
    return text_.substr(begin, at_ - begin);
}

void Lexer::skip_copy_data() {
    const std::size_t statement = at_;
    const std::string_view tail = trimmed(take_line());
    if (!tail.empty() && !tail.starts_with("--"))
        remarks.push_back({Remark::Kind::copy_tail, tail,
                           "stands on the line of COPY … FROM stdin and is not looked at"});
    while (at_ < text_.size()) {
        ++at_;
        std::string_view line = take_line();
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line == "\\.") return;
    }
    remarks.push_back({Remark::Kind::unterminated, text_.substr(statement - 1, 1),
                       "the data of COPY … FROM stdin has no end (a line \\.)"});
}

bool Lexer::alone_on_its_line(const Token& token) const {
    const auto begin = static_cast<std::size_t>(token.text.data() - text_.data());
    std::size_t before = begin;
    while (before > 0 && (text_[before - 1] == ' ' || text_[before - 1] == '\t')) --before;
    if (before > 0 && text_[before - 1] != '\n') return false;
    const std::size_t end = begin + token.text.size();
    return trimmed(text_.substr(end, text_.find('\n', end) - end)).empty();
}

}  // namespace ingot::sql
