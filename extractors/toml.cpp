// SPDX-License-Identifier: MIT
#include "extractors/toml.hpp"

#include "extractors/encoding.hpp"
#include "extractors/heavy_text.hpp"
#include "extractors/scalar.hpp"
#include "pipeline/model/reject.hpp"
#include "pipeline/model/text.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <vector>

namespace ingot {
namespace {

constexpr std::size_t kDeepestBrackets = 100;
constexpr std::size_t kMostDots = 30;  ///< In one key.

/// Finds the text of values that the library has already turned into numbers and times.
class SourceText {
public:
    explicit SourceText(std::string_view text) : text_(text) {
        for (std::size_t at = 0; (at = text.find('\n', at)) != std::string_view::npos;)
            lines_.push_back(++at);
    }

    std::string_view slice(const toml::source_region& region) {
        if (region.begin.line == 0 || region.begin.line > lines_.size()) return {};
        const std::size_t begin = position(region.begin);
        const std::size_t end = region.end.line == region.begin.line ? position(region.end) : begin;
        return trimmed(text_.substr(begin, std::max(end, begin) - begin));
    }

private:
    /// The library counts characters, from 1. The place found last is remembered: the values of a
    /// long line come one after another.
    std::size_t position(const toml::source_position& place) {
        if (place.line != line_ || place.column < column_) {
            line_ = place.line, column_ = 1;
            at_ = lines_[place.line - 1];
        }
        for (; column_ < place.column && at_ < text_.size(); ++column_) {
            ++at_;
            while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0U) == 0x80U)
                ++at_;
        }
        return at_;
    }

    std::string_view text_;
    std::vector<std::size_t> lines_{0};  ///< Where they start.
    toml::source_index line_ = 0, column_ = 1;
    std::size_t at_ = 0;
};

class Writer {
public:
    explicit Writer(std::string_view text) : source_(text) {}

    void write(const toml::node& node) {
        if (const toml::table* const table = node.as_table()) {
            write_table(*table);
        } else if (const toml::array* const array = node.as_array()) {
            write_array(*array);
        } else if (const auto* const text = node.as_string()) {
            out += json_string(text->get());
        } else {
            out += scalar_json(source_.slice(node.source()));
        }
    }

    std::string out;

private:
    void write_array(const toml::array& array) {
        out += "[";
        std::string_view separator;
        for (const toml::node& element : array) {
            out += separator;
            write(element);
            separator = ",";
        }
        out += "]";
    }

    /// The library sorts keys by name.
    void write_table(const toml::table& table) {
        std::vector<std::pair<const toml::key*, const toml::node*>> entries;
        for (const auto& [key, value] : table) entries.emplace_back(&key, &value);
        std::ranges::stable_sort(entries, [](const auto& a, const auto& b) {
            const toml::source_position x = a.first->source().begin, y = b.first->source().begin;
            return std::tie(x.line, x.column) < std::tie(y.line, y.column);
        });
        out += "{";
        std::string_view separator;
        for (const auto& [key, value] : entries) {
            out += separator;
            out += json_string(key->str()) + ":";
            write(*value);
            separator = ",";
        }
        out += "}";
    }

    SourceText source_;
};

/// Behind the string that starts at `at`, by TOML's rules.
std::size_t string_end(std::string_view text, std::size_t at) {
    const char quote = text[at];
    const std::string three(3, quote);
    const bool is_long = text.substr(at).starts_with(three);
    for (at += is_long ? 3 : 1; at < text.size(); ++at) {
        if (text[at] == '\\' && quote == '"') {
            ++at;
        } else if (is_long && text.substr(at).starts_with(three)) {
            at += 3;
            // Up to two more belong to the text.
            for (int more = 0; more < 2 && text.substr(at).starts_with(quote); ++more) ++at;
            return at;
        } else if (!is_long && (text[at] == quote || text[at] == '\n')) {
            return at + 1;
        }
    }
    return text.size();
}

/// Refuses what nests without end: the library bounds brackets but not the dots of a key, and takes
/// its tables apart one inside the other.
void refuse_deep(std::string_view text) {
    std::size_t dots = 0;
    std::size_t brackets = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"' || c == '\'') {
            at = string_end(text, at);
            continue;
        }
        if (c == '#') {
            at = std::min(text.find('\n', at), text.size());
            continue;
        }
        if (std::string_view("[]{}=,\n").find(c) != std::string_view::npos) dots = 0;
        if (c == '[' || c == '{') ++brackets;
        if ((c == ']' || c == '}') && brackets > 0) --brackets;
        if (c == '.') ++dots;
        if (dots > kMostDots || brackets > kDeepestBrackets)
            throw RowError(Reason::too_deep, "nested too deep");
        ++at;
    }
}

Reason reason_of(std::string_view description) {
    const auto says = [&](std::string_view words) {
        return description.find(words) != std::string_view::npos;
    };
    if (says("redefine")) return Reason::duplicate_key;
    return says("maximum nested") ? Reason::too_deep : Reason::bad_toml;
}

}  // namespace

std::string toml_to_json(std::string_view document) {
    const auto lock = guard_heavy_text(document);
    if (!is_utf8(document)) throw RowError(Reason::bad_utf8, "the document is not UTF-8");
    refuse_deep(document);
    try {
        const toml::table table = toml::parse(document);
        Writer writer(document);
        writer.write(table);
        return std::move(writer.out);
    } catch (const toml::parse_error& error) {
        const auto line = std::to_string(error.source().begin.line);
        throw RowError(reason_of(error.description()),
                       "line " + line + ": " + std::string(error.description()));
    }
}

void read_toml_document(const Piece& piece, Batch& out, const ReadRecord& read) {
    const std::string_view text = without_mark(piece, out);
    if (trimmed(text).empty()) return out.blank(piece.bytes.size());
    try {
        std::string json = toml_to_json(text);
        json.reserve(json.size() + 64);  // what the JSON parser wants behind its text
        read(json::Document(json), piece.offset);
        out.accept(piece.bytes.size());
    } catch (const RowError& error) {
        out.reject(piece.offset, piece.bytes, error.reason, error.what());
    }
}

}  // namespace ingot
