// SPDX-License-Identifier: MIT
#include "extractors/peek.hpp"

#include "extractors/json_walk.hpp"

namespace ingot {

std::vector<std::string_view> first_records(std::string_view head, std::size_t most) {
    std::vector<std::string_view> records;
    JsonWalk walk(head, {});
    while (records.size() < most) {
        const StreamItem item = walk.next();
        if (item.kind == StreamItem::Kind::end) break;
        if (item.kind == StreamItem::Kind::record)
            records.push_back(head.substr(item.begin, item.end - item.begin));
    }
    return records;
}

bool is_object_where(std::string_view record, bool (*test)(json::Object)) {
    try {
        const json::Document document(record);
        return document.is_object() && test(document.object());
    } catch (const RowError&) {
        return false;
    }
}

bool starts_with_object_where(std::string_view head, bool (*test)(json::Object)) {
    const std::vector<std::string_view> records = first_records(head, 1);
    return !records.empty() && is_object_where(records[0], test);
}

char first_character(std::string_view head) {
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    const std::size_t at = head.find_first_not_of(" \t\r\n");
    return at == std::string_view::npos ? '\0' : head[at];
}

}  // namespace ingot
