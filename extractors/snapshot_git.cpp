// SPDX-License-Identifier: MIT
#include "extractors/snapshot_git.hpp"

#include "pipeline/model/text.hpp"
#include "pipeline/tables/git_state.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;

template <class T> void fill(std::optional<T>& member, const std::optional<T>& value) {
    if (!member) member = value;
}

/// The first line that is not blank.
std::string_view first_line(std::string_view text) {
    text = trimmed(text);
    return text.substr(0, text.find('\n'));
}

/// The commit that a text begins with: "0a1b2c3 Mend the door".
std::optional<std::string_view> hash_at(std::string_view text) {
    text = first_line(text);
    const std::string_view word = text.substr(0, text.find_first_of(" \t\r"));
    const bool is_hex = word.find_first_not_of("0123456789abcdefABCDEF") == npos;
    return is_hex && word.size() >= 7 && word.size() <= 64 ? std::optional(word) : std::nullopt;
}

/// Commits of a log, newest first: text of one a line, or an array of such texts or of objects.
std::optional<std::string_view> newest_commit(json::Object object, std::string_view key) {
    if (const auto text = json::text_if(object, key)) return hash_at(*text);
    const auto list = json::array_if(object, key);
    if (!list || list->begin() == list->end()) return {};
    const json::Element first = *list->begin();
    std::string_view text;
    if (!first.get(text)) return hash_at(text);
    json::Object commit;
    if (first.get(commit)) return {};
    const auto hash = text_of(commit, {"hash", "sha", "commit"});
    return hash ? hash_at(*hash) : std::nullopt;
}

/// Whether a line is one of `git status --short`: one or two letters of state, then a name.
bool is_status_line(std::string_view line) {
    line = trimmed(line);
    const std::size_t blank = std::min(line.find(' '), line.size());
    return blank >= 1 && blank <= 2 && blank < line.size() &&
           line.substr(0, blank).find_first_not_of("MADRCUT?!") == npos;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_all = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return is_all ? std::optional(number) : std::nullopt;
}

/// Files in the output of `git status --short`; nullopt when it is something else.
std::optional<std::int64_t> count_status_lines(std::string_view text) {
    std::int64_t count = 0;
    for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (!is_status_line(text.substr(0, end))) return {};
        ++count;
        text.remove_prefix(end);
    }
    return count;
}

/// A number of files (as text too), a list of them, or git's own listing.
std::optional<std::int64_t> files_of(json::Object object, std::string_view key) {
    if (const auto count = json::integer_if(object, key)) return count;
    if (const auto list = json::array_if(object, key))
        return static_cast<std::int64_t>(list->size());
    const auto text = json::text_if(object, key);
    if (!text) return {};
    const auto number = whole_number(trimmed(*text));
    return number ? number : count_status_lines(*text);
}

/// The number before the last " files changed" and the like.
std::optional<std::int64_t> number_before(std::string_view text, std::string_view words) {
    const std::size_t end = text.rfind(words);
    if (end == npos) return {};
    const std::size_t before = text.find_last_not_of("0123456789", end == 0 ? 0 : end - 1);
    const std::size_t begin = before == npos ? 0 : before + 1;
    return whole_number(text.substr(begin, end - begin));
}

/// Reads the last line of `git diff --stat`: "2 files changed, 5 insertions(+), 1 deletion(-)".
void fill_from_diff(std::string_view diff, GitState& git) {
    const std::size_t end = diff.rfind(" changed");
    if (end == npos) return;
    const std::string_view head = diff.substr(0, end);
    auto files = number_before(head, head.ends_with("s") ? " files" : " file");
    if (!files) return;
    const std::string_view tail = diff.substr(end);
    fill(git.files_changed, files);
    // git leaves out what is zero.
    fill(git.lines_added, std::optional(number_before(tail, " insertion").value_or(0)));
    fill(git.lines_removed, std::optional(number_before(tail, " deletion").value_or(0)));
}

/// Takes what one object says. A checkpoint may name a branch of its own beside the original one.
void fill_from(json::Object object, GitState& git) {
    fill(git.branch_name, text_of(object, {"original_branch", "current_branch", "branch",
                                           "branch_name", "git_branch"}));
    for (const std::string_view key :
         {"commit", "commit_hash", "git_commit", "head_commit", "last_commit", "recent_commits"})
        fill(git.commit_hash, newest_commit(object, key));
    fill(git.pr_number, json::integer_if(object, "pr_number"));
    fill(git.pr_status, text_of(object, {"pr_status"}));
    for (const std::string_view key : {"files_changed", "uncommitted_changes", "modified_files"})
        fill(git.files_changed, files_of(object, key));
    fill(git.lines_added, json::integer_if(object, "lines_added"));
    fill(git.lines_removed, json::integer_if(object, "lines_removed"));
    if (const auto diff = text_of(object, {"diff_summary"})) fill_from_diff(*diff, git);
}

}  // namespace

void add_git_state(const SnapshotObject& snapshot, Batch& out) {
    static constexpr auto places = std::to_array<std::string_view>(
        {"", "project_status", "state.project_status", "git_status", "state.git_status",
         "git_state", "git", "metadata", "current_state", "state"});
    GitState git;
    for (const std::string_view place : places)
        if (const auto object = snapshot.object_at(place)) fill_from(*object, git);
    const bool says_something = git.branch_name || git.commit_hash || git.pr_number ||
                                git.files_changed || git.lines_added || git.lines_removed;
    if (!says_something) return;
    git.agent_id = text_of(snapshot.root, {"agent_id", "agentId"});
    git.session_id = text_of(snapshot.root, {"session_id", "sessionId"});
    git.updated_at = snapshot.at;
    out.add(snapshot.offset, git);
}

}  // namespace ingot
