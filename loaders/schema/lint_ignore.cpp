// SPDX-License-Identifier: MIT
#include "loaders/schema/lint_ignore.hpp"

#include "loaders/schema/lint_rule.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>

namespace ingot::lint {
namespace {

constexpr std::string_view kWord = "ingot:ignore";

std::string_view take_word(std::string_view& text) {
    text = trimmed(text);
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

}  // namespace

void Ignores::read(const sql::Note& note, std::size_t line) {
    std::string_view text = note.text;
    if (text.ends_with("*/")) text.remove_suffix(2);
    text.remove_prefix(text.find(kWord) + kWord.size());
    const std::string_view id = take_word(text);
    if (rule(id) == nullptr)
        complaints_.push_back({"bad-ignore", note.text.data(), "names no rule that there is"});
    else if (trimmed(text).empty())
        complaints_.push_back({"bad-ignore", note.text.data(), "gives no reason behind the rule"});
    else {
        by_statement_[{note.target, id}].push_back(ignores_.size());
        by_line_[{line, id}].push_back(ignores_.size());
        ignores_.push_back({id, note.text.data()});
    }
}

Ignores::Ignores(std::vector<sql::Note> notes, sql::Positions& positions) {
    std::sort(notes.begin(), notes.end(), [](const sql::Note& a, const sql::Note& b) {
        return std::less<const char*>()(a.text.data(), b.text.data());
    });
    for (const sql::Note& note : notes)
        if (note.text.find(kWord) != std::string_view::npos)
            read(note, note.target == nullptr ? 0 : positions.of(note.target).line);
}

template <class Key>
bool Ignores::take_from(Waiting<Key>& waiting, const std::pair<Key, std::string_view>& key) {
    const auto found = waiting.find(key);
    if (found == waiting.end()) return false;
    for (std::vector<std::size_t>& left = found->second; !left.empty();) {
        Ignore& ignore = ignores_[left.back()];
        left.pop_back();
        if (ignore.used) continue;
        ignore.used = true;
        return true;
    }
    return false;
}

bool Ignores::take(std::string_view rule, const char* statement, std::size_t line) {
    return take_from(by_line_, {line, rule}) ||
           (statement != nullptr && take_from(by_statement_, {statement, rule}));
}

std::vector<Complaint> Ignores::complaints() const {
    std::vector<Complaint> all = complaints_;
    for (const Ignore& ignore : ignores_)
        if (!ignore.used)
            all.push_back({"unused-ignore", ignore.place,
                           "nothing of " + std::string(ignore.rule) + " was found behind it"});
    return all;
}

}  // namespace ingot::lint
