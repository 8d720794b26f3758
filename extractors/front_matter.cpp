// SPDX-License-Identifier: MIT
#include "extractors/front_matter.hpp"

#include "extractors/yaml.hpp"
#include "pipeline/model/reject.hpp"
#include "pipeline/model/text.hpp"

#include <vector>

namespace ingot {
namespace {

/// What stands under one key, as lines.
struct Entry {
    std::string key;
    std::string text;
    std::vector<std::string> items;
};

std::string_view unquoted(std::string_view text) {
    const bool is_quoted = text.size() > 1 && text.front() == text.back() &&
                           (text.front() == '"' || text.front() == '\'');
    return is_quoted ? text.substr(1, text.size() - 2) : text;
}

/// Length of the key that an unindented line begins with; 0 when it has none.
std::size_t key_length(std::string_view line) {
    if (line.empty() || std::string_view(" \t-#[{&*!|>%@`").find(line[0]) != std::string_view::npos)
        return 0;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon > 100) return 0;
    const bool ends = colon + 1 == line.size() || line[colon + 1] == ' ' || line[colon + 1] == '\t';
    return ends ? colon : 0;
}

/// Splits "a, b" at its commas, save those between quotes.
std::vector<std::string> comma_items(std::string_view text) {
    std::vector<std::string> items(1);
    char quote = '\0';
    for (const char c : text) {
        if (c == ',' && quote == '\0') {
            items.emplace_back();
            continue;
        }
        if (quote == '\0' && (c == '"' || c == '\'')) {
            quote = c;
        } else if (c == quote) {
            quote = '\0';
        }
        items.back().push_back(c);
    }
    if (trimmed(items.back()).empty()) items.pop_back();
    return items;
}

std::string list_json(const std::vector<std::string>& items) {
    std::string out = "[";
    for (const std::string& item : items)
        out += (out.size() > 1 ? "," : "") + json_string(unquoted(trimmed(item)));
    return out + "]";
}

std::string value_json(const Entry& entry) {
    const std::string_view text = trimmed(entry.text);
    if (text.empty() && !entry.items.empty()) return list_json(entry.items);
    if (text.starts_with('[') && text.ends_with(']') && text.find('[', 1) == std::string_view::npos)
        return list_json(comma_items(text.substr(1, text.size() - 2)));
    return json_string(unquoted(text));
}

/// Adds a line that belongs to the key above it.
void continue_entry(Entry& entry, std::string_view line) {
    const std::string_view text = trimmed(line);
    if (entry.text == "|" || entry.text == ">" || entry.text == "|-" || entry.text == ">-")
        entry.text.clear();
    if (entry.text.empty() && (text == "-" || text.starts_with("- "))) {
        entry.items.emplace_back(text.substr(1));
    } else if (!entry.items.empty()) {
        entry.items.back() += "\n" + std::string(text);
    } else {
        entry.text += (entry.text.empty() ? "" : "\n") + std::string(text);
    }
}

std::optional<std::vector<Entry>> entries_of(std::string_view block) {
    std::vector<Entry> entries;
    while (!block.empty()) {
        const std::size_t feed = std::min(block.find('\n'), block.size() - 1);
        const std::string_view line = block.substr(0, block.find_last_not_of("\r\n", feed) + 1);
        block.remove_prefix(feed + 1);
        if (trimmed(line).empty() || line.starts_with('#')) continue;
        if (const std::size_t length = key_length(line); length > 0) {
            entries.push_back({std::string(unquoted(trimmed(line.substr(0, length)))),
                               std::string(trimmed(line.substr(length + 1))),
                               {}});
        } else if (entries.empty()) {
            return {};
        } else {
            continue_entry(entries.back(), line);
        }
    }
    return entries;
}

std::optional<std::string> read_leniently(std::string_view block) {
    const auto entries = entries_of(block);
    if (!entries || (entries->empty() && !trimmed(block).empty())) return {};
    std::string out = "{";
    for (const Entry& entry : *entries)
        out += (out.size() > 1 ? "," : "") + json_string(entry.key) + ":" + value_json(entry);
    return out + "}";
}

}  // namespace

std::optional<std::string> front_matter_json(std::string_view block) {
    try {
        std::string json = yaml_to_json(block);
        if (json.starts_with('{')) return json;
    } catch (const RowError&) {
        // People and tools write it without knowing YAML.
    }
    return read_leniently(is_clean_text(block) ? std::string(block) : cleaned(block));
}

}  // namespace ingot
