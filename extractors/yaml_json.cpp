// SPDX-License-Identifier: MIT
#include "extractors/yaml_tree.hpp"

#include "extractors/scalar.hpp"
#include "pipeline/model/reject.hpp"
#include "pipeline/model/text.hpp"

#include <unordered_set>

namespace ingot::yaml {
namespace {

constexpr std::size_t kDeepest = 500;  ///< As deep as the parser reads; aliases may go deeper.

struct Entry {
    std::string key;  ///< As JSON: 1 and "1" are different keys.
    std::uint32_t value;
};

class Writer {
public:
    Writer(const Tree& tree, std::size_t work, std::int64_t first_line)
        : tree_(tree), work_(work), first_line_(first_line) {}

    void write(std::uint32_t index, std::size_t depth) {
        const Item& item = visit(index, depth);
        switch (item.kind) {
            case Kind::plain: append(scalar_json(item.text)); break;
            case Kind::text: append(json_string(item.text)); break;
            case Kind::sequence: sequence(item, depth); break;
            case Kind::map: map(index, depth); break;
        }
    }

    std::string out;

private:
    /// Counts every visit, so that aliases of aliases end soon.
    const Item& visit(std::uint32_t index, std::size_t depth) {
        const Item& item = tree_.items[index];
        if (depth > kDeepest) fail(Reason::too_deep, item, "nested too deep");
        spend(1, item);
        return item;
    }

    void spend(std::size_t amount, const Item& item) {
        if (work_ < amount) fail(Reason::too_deep, item, "aliases unfold too far");
        work_ -= amount;
    }

    void append(std::string_view text) {
        spend(text.size(), tree_.items[0]);
        out += text;
    }

    void sequence(const Item& item, std::size_t depth) {
        out += "[";
        std::string_view separator;
        for (const std::uint32_t child : item.children) {
            append(separator);
            write(child, depth + 1);
            separator = ",";
        }
        out += "]";
    }

    void map(std::uint32_t index, std::size_t depth) {
        out += "{";
        std::string_view separator;
        for (const Entry& entry : entries(index, depth)) {
            append(separator);
            append(entry.key.starts_with('"') ? entry.key : json_string(entry.key));
            append(":");
            write(entry.value, depth + 1);
            separator = ",";
        }
        out += "}";
    }

    /// Writes a key apart from what is being written.
    std::string key_of(std::uint32_t index, std::size_t depth) {
        const std::size_t start = out.size();
        write(index, depth);
        std::string key = out.substr(start);
        out.resize(start);
        return key;
    }

    /// The map's own entries, then those of what it merges that it does not have itself.
    std::vector<Entry> entries(std::uint32_t index, std::size_t depth) {
        const Item& item = visit(index, depth);
        std::vector<Entry> found;
        std::vector<std::uint32_t> merged;
        std::unordered_set<std::string> keys;
        for (std::size_t i = 0; i + 1 < item.children.size(); i += 2) {
            const Item& key = tree_.items[item.children[i]];
            if (is_merge(key, tree_.items[item.children[i + 1]])) {
                merged.push_back(item.children[i + 1]);
                continue;
            }
            found.push_back({key_of(item.children[i], depth + 1), item.children[i + 1]});
            if (!keys.insert(found.back().key).second)
                fail(Reason::duplicate_key, key, "repeats the key " + found.back().key);
        }
        for (const std::uint32_t from : merged)
            for (Entry& entry : merge(from, depth + 1))
                if (keys.insert(entry.key).second) found.push_back(std::move(entry));
        return found;
    }

    std::vector<Entry> merge(std::uint32_t from, std::size_t depth) {
        const Item& item = tree_.items[from];
        if (item.kind == Kind::map) return entries(from, depth);
        std::vector<Entry> found;
        for (const std::uint32_t child : item.children)
            for (Entry& entry : entries(child, depth + 1)) found.push_back(std::move(entry));
        return found;
    }

    bool is_merge(const Item& key, const Item& value) const {
        if (key.kind != Kind::plain || key.text != "<<") return false;
        if (value.kind == Kind::map) return true;
        if (value.kind != Kind::sequence) return false;
        for (const std::uint32_t child : value.children)
            if (tree_.items[child].kind != Kind::map) return false;
        return true;
    }

    [[noreturn]] void fail(Reason reason, const Item& item, const std::string& what) const {
        throw RowError(reason, "line " + std::to_string(first_line_ + item.line) + ": " + what);
    }

    const Tree& tree_;
    std::size_t work_;
    std::int64_t first_line_;
};

}  // namespace

std::string write_json(const Tree& tree, std::size_t work, std::int64_t first_line) {
    Writer writer(tree, work, first_line);
    writer.write(0, 0);
    return std::move(writer.out);
}

}  // namespace ingot::yaml
