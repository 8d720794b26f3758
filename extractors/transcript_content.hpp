// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json.hpp"

#include <span>
#include <string>
#include <vector>

namespace ingot {

/// A block of a message in which a tool is called. Without an id there is none: nothing could be
/// joined with it.
struct ToolCall {
    std::string_view id;
    std::string_view name;  ///< Empty when it is not given.
    Json input;             ///< As written; `null` when it is not given.
};

/// A block of a message in which a tool answers.
struct ToolAnswer {
    std::string_view id;  ///< Of the call.
    std::optional<bool> is_error;
    std::int64_t bytes = 0;  ///< Length of the content as written.
};

/// What the content of a message says.
struct Content {
    std::optional<std::string_view> text;  ///< Text blocks, joined by line feeds.
    std::span<const ToolCall> calls;
    std::span<const ToolAnswer> answers;
};

/// Reads contents: a text, or an array of blocks. Shapes that it does not know are passed over, for
/// the record is kept verbatim. Reuses its memory from record to record.
class ContentReader {
public:
    /// `record` is the text of the whole record, whose message has the content. The result lives
    /// until the next call and as long as the parsed document.
    Content read_message(std::optional<json::Element> content, std::string_view record);

    /// Only the text of a content: for records without message.
    std::optional<std::string_view> read_text(std::optional<json::Element> content);

private:
    void clear();
    void read_block(json::Element block, std::size_t index);
    void add_text(std::string_view text);
    std::string_view block_text(std::size_t index);

    std::string_view record_;
    std::optional<std::string_view> text_;
    std::string joined_;
    std::vector<ToolCall> calls_;
    std::vector<ToolAnswer> answers_;
    std::vector<std::string_view> blocks_;  ///< As written; cut out when the first one is needed.
};

}  // namespace ingot
