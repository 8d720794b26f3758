// SPDX-License-Identifier: MIT
#include "extractors/config_leaves.hpp"

#include "pipeline/model/json_text.hpp"
#include "pipeline/model/reject.hpp"
#include "pipeline/model/text.hpp"

namespace ingot {
namespace {

/// Walks over the text once. Requires: valid JSON, so that it nests no deeper than the parser goes.
class Walk {
public:
    Walk(std::string_view text, std::size_t most) : text_(text), most_(most) {}

    std::vector<Leaf> run() {
        skip_blank();
        value();
        return std::move(leaves_);
    }

private:
    void skip_blank() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

    std::string_view take() {
        const std::size_t start = at_;
        at_ = json_text::value_end(text_, start);
        return text_.substr(start, at_ - start);
    }

    void value() {
        if (text_[at_] != '{') return leaf(take());
        const std::size_t start = at_++;
        skip_blank();
        if (text_[at_] == '}') {
            ++at_;
            return leaf(text_.substr(start, at_ - start));
        }
        while (text_[at_] == '"') member();
        ++at_;
    }

    /// Takes the comma behind it, too.
    void member() {
        const std::size_t outer = path_.size();
        if (outer > 0) path_ += '.';
        path_ += path_part(json_text::unescaped(take()));
        at_ = text_.find(':', at_) + 1;
        skip_blank();
        value();
        path_.resize(outer);
        skip_blank();
        if (text_[at_] == ',') {
            ++at_;
            skip_blank();
        }
    }

    void leaf(std::string_view text) {
        if (path_.size() > most_)
            throw RowError(Reason::too_long, "the paths of its settings are too long");
        most_ -= path_.size();
        leaves_.push_back({path_.empty() ? "$" : path_, text});
    }

    std::string_view text_;
    std::size_t most_;
    std::size_t at_ = 0;
    std::string path_;
    std::vector<Leaf> leaves_;
};

}  // namespace

std::string path_part(std::string_view name) {
    const bool is_plain =
        !name.empty() && name != "$" && name.find_first_of(".\"") == std::string_view::npos;
    return is_plain ? std::string(name) : json_string(name);
}

std::vector<Leaf> leaves_of(std::string_view json, std::size_t most) {
    return Walk(json, most).run();
}

}  // namespace ingot
