// SPDX-License-Identifier: MIT
#include "loaders/schema/sql_split.hpp"

#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot::sql {
namespace {

bool is_one_of(const Token& token, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&token](std::string_view word) { return token.is_word(word); });
}

/// CREATE [OR REPLACE] FUNCTION or PROCEDURE, in SQLite CREATE [TEMP] TRIGGER: BEGIN opens a block.
bool creates_routine(const std::vector<Token>& tokens, Dialect dialect) {
    if (tokens.size() < 2 || !tokens[0].is_word("CREATE")) return false;
    std::size_t at = 1;
    if (dialect == Dialect::sqlite) {
        if (is_one_of(tokens[at], {"TEMP", "TEMPORARY"})) ++at;
        return at < tokens.size() && tokens[at].is_word("TRIGGER");
    }
    if (tokens[at].is_word("OR")) at += 2;
    return at < tokens.size() && is_one_of(tokens[at], {"FUNCTION", "PROCEDURE"});
}

/// Commands of psql that send what was typed so far.
bool sends(std::string_view meta) {
    const std::string_view name = meta.substr(0, meta.find_first_of(" \t\r("));
    constexpr std::array<std::string_view, 9> all{"\\g",     "\\gx",    "\\gexec",
                                                  "\\gset",  "\\gdesc", "\\crosstabview",
                                                  "\\watch", "\\bind",  "\\parse"};
    return std::find(all.begin(), all.end(), name) != all.end();
}

bool copies_from_stdin(const std::vector<Token>& tokens) {
    if (!tokens[0].is_word("COPY")) return false;
    for (std::size_t i = 1; i + 1 < tokens.size(); ++i)
        if (tokens[i].is_word("FROM") && tokens[i + 1].is_word("STDIN")) return true;
    return false;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

Positions::Positions(std::string_view text) : text_(text), lines_{0} {
    for (std::size_t i = text.find('\n'); i != std::string_view::npos; i = text.find('\n', i + 1))
        lines_.push_back(i + 1);
}

Position Positions::of(const char* place) {
    const auto offset = static_cast<std::size_t>(place - text_.data());
    const auto next = std::upper_bound(lines_.begin(), lines_.end(), offset);
    const auto line = static_cast<std::size_t>(next - lines_.begin());
    const bool onward = line == last_position_.line && offset >= last_;
    std::size_t column = onward ? last_position_.column : 1;
    for (std::size_t i = onward ? last_ : lines_[line - 1]; i < offset; ++i)
        if (!is_continuation(text_[i])) ++column;
    last_ = offset;
    last_position_ = {.line = line, .column = column};
    return last_position_;
}

/// The statement is whole; what was only true inside it is forgotten.
void Splitter::finish(Statement& statement) {
    const Token& first = statement.tokens.front();
    const Token& last = statement.tokens.back();
    const auto size = static_cast<std::size_t>(last.text.data() - first.text.data());
    statement.text = std::string_view(first.text.data(), size + last.text.size());
    statement.position = positions_.of(first.text.data());
    statement.in_body = place_ == Place::body;
    statement.in_conditional = conditionals_ > 0;
    if (place_ == Place::script && (brackets_ > 0 || blocks_ > 0))
        lexer_.remarks.push_back({Remark::Kind::unterminated, first.text,
                                  std::string("a statement ends inside ") +
                                      (brackets_ > 0 ? "brackets" : "BEGIN or CASE")});
    brackets_ = 0;
    blocks_ = 0;
    is_routine_ = false;
    follow_transaction(statement);
}

void Splitter::follow_transaction(Statement& statement) {
    statement.transaction = transaction_;
    if (place_ == Place::body) return;
    const std::vector<Token>& tokens = statement.tokens;
    const auto follows = [&tokens](std::string_view word) {
        return tokens.size() > 1 && tokens[1].is_word(word);
    };
    const bool begins =
        tokens[0].is_word("BEGIN") || (tokens[0].is_word("START") && follows("TRANSACTION"));
    if (begins && transaction_ == 0) transaction_ = statement.transaction = ++transactions_;
    const bool prepares = tokens[0].is_word("PREPARE") && follows("TRANSACTION");
    if (!prepares && !is_one_of(tokens[0], {"COMMIT", "END", "ROLLBACK", "ABORT"})) return;
    const bool stays = std::any_of(tokens.begin(),
                                   tokens.begin() + static_cast<std::ptrdiff_t>(
                                                        std::min<std::size_t>(tokens.size(), 4)),
                                   [](const Token& token) { return token.is_word("TO"); }) ||
                       follows("PREPARED");
    if (!stays) transaction_ = 0;
}

/// A line of the client. True when it ends the statement.
bool Splitter::take_client_line(const Token& token, Statement& statement) {
    const std::string_view name = token.text.substr(0, token.text.find_first_of(" \t\r"));
    if (name == "\\if") ++conditionals_;
    if (name == "\\endif" && conditionals_ > 0) --conditionals_;
    lexer_.remarks.push_back({Remark::Kind::client_command, trimmed(token.text), {}});
    return sends(token.text) && !statement.tokens.empty();
}

/// BEGIN, THEN, ELSE, LOOP… begin a statement of their own behind them.
bool Splitter::ends_body_part(const Token& token) const {
    if (place_ != Place::body || brackets_ > 0) return false;
    if (is_one_of(token, {"BEGIN", "LOOP", "DECLARE", "EXCEPTION"})) return true;
    return blocks_ == 0 && is_one_of(token, {"THEN", "ELSE"});
}

/// Counts blocks, and knows lines of other clients. True when the statement ends.
bool Splitter::take_word(const Token& token, Statement& statement) {
    if (place_ == Place::script && token.is_word("GO") && lexer_.alone_on_its_line(token)) {
        lexer_.remarks.push_back({Remark::Kind::delimiter, token.text, "GO"});
        return !statement.tokens.empty();
    }
    if (place_ == Place::script && statement.tokens.empty() && token.is_word("DELIMITER")) {
        lexer_.take_line();
        lexer_.remarks.push_back({Remark::Kind::delimiter, token.text, "DELIMITER"});
        return false;
    }
    const bool member = !statement.tokens.empty() && statement.tokens.back().is_symbol(".");
    statement.tokens.push_back(token);
    if (statement.tokens.size() <= 4) is_routine_ = creates_routine(statement.tokens, dialect_);
    if (member || brackets_ > 0) return false;
    const bool counts = place_ == Place::body || blocks_ > 0;
    if (is_routine_ && token.is_word("BEGIN")) ++blocks_;
    if (counts && token.is_word("CASE")) ++blocks_;
    if (blocks_ > 0 && token.is_word("END")) --blocks_;
    return ends_body_part(token);
}

/// True when the statement ends with this token.
bool Splitter::take(const Token& token, Statement& statement) {
    if (token.kind == TokenKind::meta) return take_client_line(token, statement);
    if (token.kind == TokenKind::word) return take_word(token, statement);
    const bool semicolon = token.is_symbol(";") || token.is_symbol("\\;");
    if (semicolon && brackets_ == 0 && (blocks_ == 0 || place_ == Place::body)) {
        if (place_ == Place::body) blocks_ = 0;
        return !statement.tokens.empty();
    }
    if (token.is_symbol("(") || token.is_symbol("[")) ++brackets_;
    if ((token.is_symbol(")") || token.is_symbol("]")) && brackets_ > 0) --brackets_;
    statement.tokens.push_back(token);
    return false;
}

bool Splitter::next(Statement& statement) {
    statement.tokens.clear();
    while (true) {
        const Token token = lexer_.next();
        if (token.kind == TokenKind::end) {
            if (statement.tokens.empty()) return false;
            finish(statement);
            return true;
        }
        if (!take(token, statement)) continue;
        finish(statement);
        if (token.is_symbol(";") && dialect_ == Dialect::postgres && place_ == Place::script &&
            copies_from_stdin(statement.tokens))
            lexer_.skip_copy_data();
        return true;
    }
}

std::optional<std::string_view> body_of(const Statement& statement) {
    const std::vector<Token>& tokens = statement.tokens;
    const bool block = tokens[0].is_word("DO");
    if (!block && !creates_routine(tokens, Dialect::postgres)) return {};
    std::optional<std::string_view> body;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        const bool is_body = block || tokens[i - 1].is_word("AS");
        if (tokens[i].kind == TokenKind::dollar && is_body && !body)
            body = dollar_body(tokens[i].text);
        if (tokens[i - 1].is_word("LANGUAGE")) {
            const std::string language = lower(tokens[i].text);
            if (language != "sql" && language != "plpgsql") return {};
        }
    }
    return body;
}

}  // namespace ingot::sql
