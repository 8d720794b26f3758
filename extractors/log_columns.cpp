// SPDX-License-Identifier: MIT
#include "extractors/log_columns.hpp"

#include "extractors/log_words.hpp"
#include "pipeline/model/text.hpp"

#include <algorithm>
#include <array>

namespace ingot {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kLevelWidth = 8;
constexpr std::size_t kLoggerWidth = 20;
constexpr std::size_t kContextWidth = 30;

/// The third column: what the record belongs to.
struct Context {
    std::string_view correlation = {};
    std::string_view task = {};
    std::string_view agent = {};
    std::size_t length = 0;  ///< Brackets included; 0: blank.
};

/// The value that follows `key`, up to the next key.
std::string_view value_of(std::string_view inner, std::string_view key) {
    const std::size_t at = inner.starts_with(key) ? 0 : inner.find(", " + std::string(key));
    if (at == npos) return {};
    const std::size_t begin = at + key.size() + (at == 0 ? 0 : 2);
    std::size_t end = inner.size();
    for (const char* next : {", corr=", ", task=", ", agent="})
        end = std::min(end, inner.find(next, begin));
    return trimmed(inner.substr(begin, end - begin));
}

/// `[corr=052027e0, task=42, agent=planner]`
Context read_context(std::string_view text) {
    if (!text.starts_with("[corr=") && !text.starts_with("[task=") && !text.starts_with("[agent="))
        return {};
    std::size_t close = text.find(']');
    while (close != npos && close + 1 < text.size() && text[close + 1] != ' ')
        close = text.find(']', close + 1);
    if (close == npos) return {};
    const std::string_view inner = text.substr(1, close - 1);
    return {.correlation = value_of(inner, "corr="),
            .task = value_of(inner, "task="),
            .agent = value_of(inner, "agent="),
            .length = close + 1};
}

bool is_blank(std::string_view text) { return text.find_first_not_of(' ') == npos; }

/// Where the message starts: at its column, so that it keeps blanks of its own; behind all blanks
/// when the columns are narrower here.
std::size_t message_start(std::string_view line, std::size_t column, std::size_t before) {
    if (column <= line.size() && is_blank(line.substr(before, column - before))) return column;
    return std::min(line.find_first_not_of(' ', before), line.size());
}

}  // namespace

std::optional<LogRecord> read_columns(std::string_view level, std::string_view text) {
    const std::string_view line = log_words::first_line(text);
    const std::size_t name = line.find_first_not_of(' ', level.size());
    if (name == npos || name <= kLevelWidth) return {};
    const std::size_t name_end = std::min(line.find(' ', name), line.size());
    const std::string_view logger = line.substr(name, name_end - name);
    const std::size_t next = std::min(line.find_first_not_of(' ', name_end), line.size());
    const Context context = read_context(line.substr(next));
    if (!log_words::is_name(logger) || (context.length == 0 && next < name_end + 2)) return {};

    const std::size_t context_column = name + std::max(kLoggerWidth, logger.size()) + 1;
    const std::size_t column = context_column + std::max(kContextWidth, context.length) + 1;
    const std::size_t before = context.length == 0 ? name_end : next + context.length;
    LogRecord record =
        LogRecord::of_level(level, logger, text.substr(message_start(line, column, before)));
    record.correlation = context.correlation;
    record.agent = context.agent;
    record.details.add("task", context.task);
    return record;
}

}  // namespace ingot
