// SPDX-License-Identifier: MIT
#include "extractors/env_file.hpp"

#include "extractors/encoding.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <optional>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Where the parts of a setting stand in the text.
struct Setting {
    std::string_view key;
    std::string value;
    std::size_t end = 0;  ///< Behind the line feed of its last line.
};

std::size_t line_end(std::string_view text, std::size_t at) {
    const std::size_t feed = text.find('\n', at);
    return feed == npos ? text.size() : feed + 1;
}

bool is_blank(std::string_view line) {
    const std::string_view text = trimmed(line);
    return text.empty() || text.starts_with('#');
}

bool is_key_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
}

/// The key before the first `=`; empty when the line is no setting.
std::string_view key_of(std::string_view line) {
    const std::size_t equals = line.find('=');
    if (equals == npos) return {};
    std::string_view key = trimmed(line.substr(0, equals));
    if (key.starts_with("export ") || key.starts_with("export\t")) key = trimmed(key.substr(7));
    return std::ranges::all_of(key, is_key_character) ? key : std::string_view();
}

/// Position of the closing quote; npos when there is none.
std::size_t closing_quote(std::string_view text, std::size_t at) {
    const char quote = text[at];
    for (++at; at < text.size() && text[at] != quote; ++at)
        if (text[at] == '\\' && quote == '"') ++at;
    return at < text.size() ? at : npos;
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            out.push_back(text[at]);
            continue;
        }
        const char c = text[++at];
        switch (c) {
            case 'n': out.push_back('\n'); break;
            case 'r': out.push_back('\r'); break;
            case 't': out.push_back('\t'); break;
            case '"':
            case '\\':
            case '$': out.push_back(c); break;
            default: out.push_back('\\'), out.push_back(c);
        }
    }
    return out;
}

/// A value in quotes, behind which nothing but a comment stands; nullopt for any other.
std::optional<Setting> read_quoted(std::string_view text, std::size_t at, std::string_view key) {
    if (at >= text.size() || (text[at] != '"' && text[at] != '\'')) return {};
    const std::size_t quote = closing_quote(text, at);
    if (quote == npos) return {};
    const std::size_t end = line_end(text, quote);
    if (!is_blank(text.substr(quote + 1, end - quote - 1))) return {};
    const std::string_view value = text.substr(at + 1, quote - at - 1);
    return Setting{key, text[at] == '"' ? unescaped(value) : std::string(value), end};
}

std::string_view without_comment(std::string_view value) {
    for (std::size_t at = value.find('#'); at != npos; at = value.find('#', at + 1))
        if (at == 0 || value[at - 1] == ' ' || value[at - 1] == '\t') return value.substr(0, at);
    return value;
}

/// The setting that starts with the line at `at`; its key is empty when there is none.
Setting read_setting(std::string_view text, std::size_t at) {
    const std::size_t end = line_end(text, at);
    const std::string_view line = text.substr(at, end - at);
    const std::string_view key = key_of(line);
    if (key.empty()) return {{}, {}, end};
    const std::size_t value = text.find_first_not_of(" \t", at + line.find('=') + 1);
    if (auto quoted = read_quoted(text, value, key)) return std::move(*quoted);
    return {key, std::string(trimmed(without_comment(line.substr(line.find('=') + 1)))), end};
}

}  // namespace

bool looks_like_env(std::string_view head) {
    bool found = false;
    for (std::size_t at = 0; at < head.size();) {
        const std::size_t end = line_end(head, at);
        const std::string_view line = head.substr(at, end - at);
        at = end;
        if (is_blank(line)) continue;
        if (found && head[end - 1] != '\n') break;
        if (key_of(line).empty()) return false;
        found = true;
    }
    return found;
}

void for_each_setting(const Piece& piece, Batch& out, const ReadSetting& read) {
    const std::string_view text = without_mark(piece, out);
    const std::size_t mark = piece.bytes.size() - text.size();
    out.blank(mark);
    for (std::size_t at = 0; at < text.size();) {
        const auto offset = piece.offset + static_cast<std::int64_t>(mark + at);
        const Setting setting = read_setting(text, at);
        const std::string_view bytes = text.substr(at, setting.end - at);
        if (is_blank(bytes) && setting.key.empty()) {
            out.blank(bytes.size());
        } else if (setting.key.empty()) {
            out.reject(offset, bytes, Reason::missing_field, "no KEY=VALUE");
        } else if (!is_utf8(bytes)) {
            out.reject(offset, bytes, Reason::bad_utf8, "the line is not UTF-8");
        } else {
            read(setting.key, setting.value, offset);
            out.accept(bytes.size());
        }
        at = setting.end;
    }
}

}  // namespace ingot
