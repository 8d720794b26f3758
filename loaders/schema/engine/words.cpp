// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/words.hpp"

#include "pipeline/model/errors.hpp"

namespace ingot::schema {

std::string with_words(const std::string& text, const NameWords& words, const std::string& where) {
    std::string out;
    std::size_t from = 0;
    for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", from)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string::npos) break;
        const std::string word = text.substr(at + 2, end - at - 2);
        out += text.substr(from, at - from);
        from = end + 1;
        if (!word.empty() && word[0] >= 'A' && word[0] <= 'Z') {
            out += text.substr(at, from - at);
            continue;
        }
        const auto found = words.find(word);
        if (found == words.end())
            throw UsageError(where + ": the word ${" + word +
                             "} is not defined for this database's names");
        out += found->second;
    }
    return out + text.substr(from);
}

std::string replaced(std::string text, const std::string& name, const std::string& value) {
    const std::string mark = "${" + name + "}";
    for (std::size_t at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + value.size()))
        text.replace(at, mark.size(), value);
    return text;
}

}  // namespace ingot::schema
