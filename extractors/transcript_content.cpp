// SPDX-License-Identifier: MIT
#include "extractors/transcript_content.hpp"

#include "extractors/json_keys.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"

namespace ingot {
namespace {

// Each enumerator is the position of its name in the set below it.
enum BlockKey : std::size_t { kType, kText, kId, kName, kToolUseId, kIsError };
constexpr json::KeySet kBlockKeys{
    std::to_array<std::string_view>({"type", "text", "id", "name", "tool_use_id", "is_error"})};

/// The array in which the blocks stand as they are written, and whatever comes after it.
std::string_view written_content(std::string_view record) {
    for (const char* key : {"message", "content"}) {
        const std::size_t start = json_text::member_start(record, key);
        if (start == std::string_view::npos) return {};
        record.remove_prefix(start);
    }
    return record;
}

}  // namespace

Content ContentReader::read_message(std::optional<json::Element> content, std::string_view record) {
    clear();
    record_ = record;
    json::Array blocks;
    if (!content || content->get(blocks))
        return {.text = read_text(content), .calls = {}, .answers = {}};
    std::size_t index = 0;
    for (const json::Element block : blocks) read_block(block, index++);
    return {.text = text_, .calls = calls_, .answers = answers_};
}

std::optional<std::string_view> ContentReader::read_text(std::optional<json::Element> content) {
    clear();
    std::string_view text;
    json::Array blocks;
    if (!content) return {};
    if (!content->get(text)) return text;
    if (content->get(blocks)) return {};
    for (const json::Element block : blocks) {
        if (!block.get(text)) add_text(text);
        json::Object object;
        if (!block.get(object) && json::text_if(object, "type") == "text")
            if (const auto said = json::text_if(object, "text")) add_text(*said);
    }
    return text_;
}

void ContentReader::clear() {
    text_.reset();
    calls_.clear();
    answers_.clear();
    blocks_.clear();
}

void ContentReader::read_block(json::Element block, std::size_t index) {
    std::string_view text;
    if (!block.get(text)) return add_text(text);
    json::Object object;
    if (block.get(object)) return;
    const json::Members members(object, kBlockKeys);
    const auto word = [&](BlockKey key) { return members.get_if<std::string_view>(key); };
    const std::string_view type = word(kType).value_or("");
    const bool calls = type.ends_with("tool_use");
    const bool answers = type.ends_with("tool_result");
    if (type == "text") {
        if (const auto said = word(kText)) add_text(*said);
    } else if (const auto id = word(calls ? kId : kToolUseId); id && !trimmed(*id).empty()) {
        if (!calls && !answers) return;
        const std::string_view value =
            json_text::member(block_text(index), calls ? "input" : "content");
        if (calls) {
            calls_.push_back({.id = *id,
                              .name = word(kName).value_or(""),
                              .input = {value.empty() ? "null" : value}});
        } else {
            answers_.push_back({.id = *id,
                                .is_error = members.get_if<bool>(kIsError),
                                .bytes = static_cast<std::int64_t>(value.size())});
        }
    }
}

void ContentReader::add_text(std::string_view text) {
    if (!text_) {
        text_ = text;
        return;
    }
    if (text_->data() != joined_.data()) joined_.assign(*text_);
    joined_.append("\n").append(text);
    text_ = joined_;
}

std::string_view ContentReader::block_text(std::size_t index) {
    if (blocks_.empty()) {
        const std::string_view content = written_content(record_);
        if (!content.empty()) blocks_ = json_text::elements(content);
    }
    return index < blocks_.size() ? blocks_[index] : std::string_view{};
}

}  // namespace ingot
