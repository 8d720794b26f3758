// SPDX-License-Identifier: MIT
#include "loaders/schema/sql_cursor.hpp"

#include <algorithm>

namespace ingot::sql {
namespace {

/// +1 for an opening bracket, -1 for a closing one.
int step(const Token& token) {
    if (token.kind != TokenKind::symbol || token.text.size() != 1) return 0;
    const char c = token.text[0];
    return c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
}

}  // namespace

const Token& Cursor::peek(std::size_t ahead) const {
    static const Token none;
    return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : none;
}

Token Cursor::take() {
    const Token token = peek();
    ++at_;
    return token;
}

bool Cursor::sees(std::string_view words) const {
    for (std::size_t ahead = 0; !words.empty(); ++ahead) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (!peek(ahead).is_word(words.substr(0, end))) return false;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return true;
}

bool Cursor::accept(std::string_view words) {
    if (!sees(words)) return false;
    at_ += 1 + static_cast<std::size_t>(std::count(words.begin(), words.end(), ' '));
    return true;
}

bool Cursor::accept_symbol(std::string_view symbol) {
    if (!peek().is_symbol(symbol)) return false;
    ++at_;
    return true;
}

bool Cursor::skip_behind(std::string_view word) {
    for (int depth = 0; !done();) {
        const Token token = take();
        depth += step(token);
        if (depth == 0 && token.is_word(word)) return true;
    }
    return false;
}

std::optional<Name> Cursor::name() {
    if (!peek().is_name()) return {};
    Name name;
    name.token = take();
    for (int dots = 0; dots < 2 && peek().is_symbol(".") && peek(1).is_name(); ++dots) {
        name.schema = folded(name.token);
        take();
        name.token = take();
    }
    if (name.schema == "public" || name.schema == "main") name.schema.clear();
    name.name = folded(name.token);
    return name;
}

Tokens Cursor::group() {
    if (!peek().is_symbol("(")) return {};
    const std::size_t begin = at_ + 1;
    for (int depth = 0; !done();) {
        depth += step(take());
        if (depth == 0) return tokens_.subspan(begin, at_ - 1 - begin);
    }
    return tokens_.subspan(std::min(begin, tokens_.size()));
}

Tokens Cursor::until(std::initializer_list<std::string_view> words) {
    const std::size_t begin = std::min(at_, tokens_.size());
    for (int depth = 0; !done(); ++at_) {
        const Token& token = peek();
        const bool distinct = at_ > begin && tokens_[at_ - 1].is_word("DISTINCT");
        const bool ends = depth == 0 && token.kind == TokenKind::word && !distinct &&
                          std::any_of(words.begin(), words.end(), [&token](std::string_view word) {
                              return token.is_word(word);
                          });
        if (ends) break;
        depth += step(token);
    }
    return tokens_.subspan(begin, std::min(at_, tokens_.size()) - begin);
}

std::vector<Tokens> split_at_commas(Tokens tokens) {
    std::vector<Tokens> parts;
    std::size_t begin = 0;
    int depth = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        depth += step(tokens[i]);
        if (depth != 0 || !tokens[i].is_symbol(",")) continue;
        parts.push_back(tokens.subspan(begin, i - begin));
        begin = i + 1;
    }
    if (!tokens.empty()) parts.push_back(tokens.subspan(begin));
    return parts;
}

std::string joined(Tokens tokens) {
    std::string text;
    for (const Token& token : tokens) {
        if (!text.empty()) text += ' ';
        text += token.is_name() ? folded(token) : std::string(token.text);
    }
    return text;
}

std::string excerpt(Tokens tokens) {
    constexpr std::size_t kMost = 60;
    std::string text;
    for (const Token& token : tokens) {
        const bool tight = token.is_symbol(".") || token.is_symbol(",") || token.is_symbol(")") ||
                           token.is_symbol("(") || text.ends_with('.') || text.ends_with('(');
        if (text.size() + token.text.size() + 1 > kMost) return text + " …";
        if (!text.empty() && !tight) text += ' ';
        text += token.text;
    }
    return text;
}

bool contains_word(Tokens tokens, std::string_view word) {
    return std::any_of(tokens.begin(), tokens.end(),
                       [word](const Token& token) { return token.is_word(word); });
}

}  // namespace ingot::sql
