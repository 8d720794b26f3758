// SPDX-License-Identifier: MIT
#include "extractors/yaml_tree.hpp"

#include "pipeline/model/reject.hpp"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <array>
#include <sstream>

namespace ingot::yaml {
namespace {

constexpr std::string_view kCoreTag = "tag:yaml.org,2002:";

/// Builds the tree from the parser's events. The library's own tree resolves nulls and keeps
/// neither quotes nor order of repeated keys.
class Builder : public YAML::EventHandler {
public:
    explicit Builder(std::string_view source) : source_(source) {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const std::string_view written = null_at(mark);
        const bool is_null = written.empty() || written == "null";
        add({is_null ? Kind::plain : Kind::text,
             line(mark),
             std::string(is_null ? "null" : written),
             {}},
            anchor);
    }
    void OnAlias(const YAML::Mark&, YAML::anchor_t anchor) override { attach(anchors_.at(anchor)); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        const bool is_local = tag.size() > 1 && !tag.starts_with(kCoreTag);
        const bool is_plain =
            tag == "?" || (tag.starts_with(kCoreTag) && tag != "tag:yaml.org,2002:str");
        std::string text = is_local ? tag + (value.empty() ? "" : " ") + value : value;
        add({is_plain ? Kind::plain : Kind::text, line(mark), std::move(text), {}}, anchor);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open_.push_back(add({Kind::sequence, line(mark), {}, {}}, anchor));
    }
    void OnSequenceEnd() override { open_.pop_back(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open_.push_back(add({Kind::map, line(mark), {}, {}}, anchor));
    }
    void OnMapEnd() override { open_.pop_back(); }

    Tree tree;

private:
    static std::uint32_t line(const YAML::Mark& mark) {
        return static_cast<std::uint32_t>(mark.line);
    }

    /// What stands for null there: the library does not tell it.
    std::string_view null_at(const YAML::Mark& mark) const {
        constexpr std::array<std::string_view, 4> words{"~", "null", "Null", "NULL"};
        const auto at = static_cast<std::size_t>(mark.pos);
        for (const std::string_view word : words)
            if (at < source_.size() && source_.substr(at).starts_with(word)) return word;
        return {};
    }

    std::uint32_t add(Item item, YAML::anchor_t anchor) {
        const auto index = static_cast<std::uint32_t>(tree.items.size());
        tree.items.push_back(std::move(item));
        if (anchor != 0) {
            if (anchors_.size() <= anchor) anchors_.resize(anchor + 1);
            anchors_[anchor] = index;
        }
        attach(index);
        return index;
    }

    void attach(std::uint32_t index) {
        if (!open_.empty()) tree.items[open_.back()].children.push_back(index);
    }

    std::string_view source_;
    std::vector<std::uint32_t> open_;     ///< Collections that are being read, outermost first.
    std::vector<std::uint32_t> anchors_;  ///< Item of each anchor number, from 1.
};

std::string placed(const std::string& message, int line, std::int64_t first_line) {
    return line < 0 ? message : "line " + std::to_string(first_line + line) + ": " + message;
}

}  // namespace

Tree parse(std::string_view document, std::int64_t first_line) {
    try {
        std::istringstream in{std::string(document)};
        YAML::Parser parser(in);
        Builder builder(document);
        if (!parser.HandleNextDocument(builder)) return {{Item{Kind::plain, 0, "null", {}}}};
        Builder rest({});
        // Asked once only: on a stray comma the library finds empty documents for ever.
        if (parser.HandleNextDocument(rest))
            throw RowError(Reason::bad_yaml, "text after the document's end");
        return std::move(builder.tree);
    } catch (const YAML::DeepRecursion& error) {
        throw RowError(Reason::too_deep, placed("nested too deep", error.mark.line, first_line));
    } catch (const YAML::Exception& error) {
        throw RowError(Reason::bad_yaml, placed(error.msg, error.mark.line, first_line));
    }
}

}  // namespace ingot::yaml
