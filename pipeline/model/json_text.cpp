// SPDX-License-Identifier: MIT
#include "pipeline/model/json_text.hpp"

#include <array>
#include <charconv>
#include <cstring>

namespace ingot::json_text {
namespace {

constexpr std::size_t npos = std::string_view::npos;

std::size_t skip_blank(std::string_view s, std::size_t at) {
    while (at < s.size() && (s[at] == ' ' || s[at] == '\t' || s[at] == '\n' || s[at] == '\r')) ++at;
    return at;
}

/// Position after the closing quote of the string that starts at `at`.
std::size_t string_end(std::string_view s, std::size_t at) {
    for (++at; at < s.size(); ++at) {
        const void* quote = std::memchr(s.data() + at, '"', s.size() - at);
        if (quote == nullptr) return npos;
        at = static_cast<std::size_t>(static_cast<const char*>(quote) - s.data());
        std::size_t slashes = 0;
        while (s[at - 1 - slashes] == '\\') ++slashes;  // stops at the opening quote
        if (slashes % 2 == 0) return at + 1;
    }
    return npos;
}

std::size_t container_end(std::string_view s, std::size_t at) {
    std::size_t depth = 0;
    while (at < s.size()) {
        const char c = s[at];
        if (c == '"') {
            at = string_end(s, at);
            if (at == npos) return npos;
            continue;
        }
        ++at;
        if (c == '{' || c == '[') ++depth;
        if ((c == '}' || c == ']') && --depth == 0) return at;
    }
    return npos;
}

unsigned hex4(std::string_view s, std::size_t at) {
    unsigned value = 0;
    std::from_chars(s.data() + at, s.data() + at + 4, value, 16);
    return value;
}

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

/// Reads \uXXXX at `at` (of the 'u'), a surrogate pair as one; moves `at` to its last character.
unsigned escaped_code(std::string_view s, std::size_t& at) {
    const unsigned first = hex4(s, at + 1);
    at += 4;
    if (first < 0xD800 || first > 0xDFFF) return first;
    const bool pair = first < 0xDC00 && at + 6 < s.size() && s[at + 1] == '\\' && s[at + 2] == 'u';
    const unsigned second = pair ? hex4(s, at + 3) : 0;
    if (second < 0xDC00 || second > 0xDFFF) return 0xFFFD;
    at += 6;
    return 0x10000U + ((first - 0xD800U) << 10U) + (second - 0xDC00U);
}

/// Compares a written key, quotes included.
bool is_key(std::string_view written, std::string_view key) {
    if (written.size() == key.size() + 2) return written.substr(1, key.size()) == key;
    return written.size() > key.size() + 2 && written.find('\\') != npos &&
           unescaped(written) == key;
}

}  // namespace

std::size_t value_end(std::string_view text, std::size_t at) {
    if (at >= text.size()) return npos;
    if (text[at] == '"') return string_end(text, at);
    if (text[at] == '{' || text[at] == '[') return container_end(text, at);
    const std::size_t end = text.find_first_of(",]} \t\r\n", at);
    return end == npos ? text.size() : end;
}

std::vector<Member> members(std::string_view object) {
    std::vector<Member> found;
    std::size_t at = skip_blank(object, object.find('{') + 1);
    while (at < object.size() && object[at] == '"') {
        const std::size_t key_end = string_end(object, at);
        const std::size_t value = skip_blank(object, object.find(':', key_end) + 1);
        const std::size_t end = value_end(object, value);
        found.push_back(
            {object.substr(at + 1, key_end - at - 2), object.substr(value, end - value)});
        at = skip_blank(object, end);
        if (at < object.size() && object[at] == ',') at = skip_blank(object, at + 1);
    }
    return found;
}

std::vector<std::string_view> elements(std::string_view array) {
    std::vector<std::string_view> found;
    std::size_t at = skip_blank(array, array.find('[') + 1);
    while (at < array.size() && array[at] != ']') {
        const std::size_t end = value_end(array, at);
        found.push_back(array.substr(at, end - at));
        at = skip_blank(array, end);
        if (at < array.size() && array[at] == ',') at = skip_blank(array, at + 1);
    }
    return found;
}

std::size_t member_start(std::string_view object, std::string_view key) {
    std::size_t at = skip_blank(object, object.find('{') + 1);
    while (at < object.size() && object[at] == '"') {
        const std::size_t key_end = string_end(object, at);
        const std::size_t value = skip_blank(object, object.find(':', key_end) + 1);
        if (is_key(object.substr(at, key_end - at), key)) return value;
        at = skip_blank(object, value_end(object, value));
        if (at < object.size() && object[at] == ',') at = skip_blank(object, at + 1);
    }
    return npos;
}

std::string_view member(std::string_view object, std::string_view key) {
    const std::size_t start = member_start(object, key);
    if (start == npos) return {};
    return object.substr(start, value_end(object, start) - start);
}

std::string unescaped(std::string_view quoted) {
    const std::string_view s = quoted.substr(1, quoted.size() - 2);
    std::string out;
    for (std::size_t at = 0; at < s.size(); ++at) {
        if (s[at] != '\\') {
            out.push_back(s[at]);
            continue;
        }
        switch (s[++at]) {
            case 'b': out.push_back('\b'); break;
            case 'f': out.push_back('\f'); break;
            case 'n': out.push_back('\n'); break;
            case 'r': out.push_back('\r'); break;
            case 't': out.push_back('\t'); break;
            case 'u': append_utf8(out, escaped_code(s, at)); break;
            default: out.push_back(s[at]);
        }
    }
    return out;
}

std::string number(double value) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.begin(), buffer.end(), value).ptr;
    return {buffer.begin(), end};
}

}  // namespace ingot::json_text
