// SPDX-License-Identifier: MIT
#include "loaders/schema/sql_token.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>

namespace ingot::sql {
namespace {

/// The text between two quotes with doubled quotes as one; an end that is missing is the end.
std::string unquoted(std::string_view text, char quote) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == quote && i + 1 == text.size()) break;
        if (text[i] == quote && text[i + 1] == quote) ++i;
        result += text[i];
    }
    return result;
}

}  // namespace

bool Token::is_word(std::string_view word) const {
    return kind == TokenKind::word && equal_ignoring_case(text, word);
}

std::string folded(const Token& token) {
    if (token.kind != TokenKind::quoted || token.text.size() < 2) return lower(token.text);
    const char open = token.text.front();
    return unquoted(token.text.substr(1), open == '[' ? ']' : open);
}

std::string content(const Token& token) {
    if (token.kind == TokenKind::dollar) return std::string(dollar_body(token.text));
    const std::size_t quote = token.text.find('\'');
    if (quote == std::string_view::npos) return std::string(token.text);
    return unquoted(token.text.substr(quote + 1), '\'');
}

std::string_view dollar_body(std::string_view token) {
    const std::size_t tag = std::min(token.find('$', 1), token.size() - 1) + 1;
    const std::string_view rest = token.substr(tag);
    const bool closed = rest.size() >= tag && rest.ends_with(token.substr(0, tag));
    return closed ? rest.substr(0, rest.size() - tag) : rest;
}

}  // namespace ingot::sql
