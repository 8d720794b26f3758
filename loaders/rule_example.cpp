// SPDX-License-Identifier: MIT
#include "loaders/rule_example.hpp"

#include "pipeline/model/text.hpp"

namespace ingot {
namespace {

using Cell = std::optional<std::string>;
using Cells = std::vector<Cell>;

constexpr std::size_t kLongestValue = 80;
constexpr std::size_t kLongestKeyPart = 1024;  // a key has to name its row

/// The value as one line of a terminal may show it: values come from files that anybody wrote.
std::string shown(const Cell& cell, std::size_t longest) {
    if (!cell) return "NULL";
    std::string out;
    for (const char c : cleaned(*cell)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool starts_character = byte < 0x80 || byte >= 0xC0;
        if (out.size() >= longest && starts_character) return out + "…";
        out += byte < 0x20 || byte == 0x7F ? '.' : c;
    }
    return out;
}

/// What a value of the select list is called: "f(a) AS state" → "state".
std::string label_of(const std::string& value) {
    const std::size_t alias = value.rfind(" AS ");
    if (alias != std::string::npos) return value.substr(alias + 4);
    return value.substr(value.rfind('.') + 1);
}

class Examples {
public:
    Examples(const Table& table, const TableRule& rule, const std::string& of_workspace,
             const RunQuery& run)
        : table_(table), rule_(rule), of_workspace_(of_workspace), run_(run),
          is_keyed_(rule.rule->values.starts_with("{key}")) {}

    std::vector<std::string> find() const {
        std::vector<std::string> found;
        for (const RuleQuery& query : rule_.queries) {
            const int wanted = rule_.rule->examples - static_cast<int>(found.size());
            if (wanted <= 0) break;
            const std::vector<std::string> values = split_values(query.values);
            const std::string condition =
                query.condition.empty() ? "" : " AND (" + query.condition + ")";
            for (const Cells& row : run_("SELECT " + query.values + " FROM " + query.from +
                                         condition + " LIMIT " + std::to_string(wanted)))
                found.push_back(example(row, values));
        }
        return found;
    }

private:
    std::string example(const Cells& row, const std::vector<std::string>& values) const {
        const std::size_t first = is_keyed_ ? table_.key.size() : 1;
        std::string out = is_keyed_ ? place(row) : shown(row[0], kLongestKeyPart);
        std::string separator = " ";
        for (std::size_t i = first; i < row.size(); ++i) {
            const std::string label = label_of(values[i]);
            if (label == "violations") {
                out += " (" + shown(row[i], kLongestValue) + (row[i] == "1" ? " row)" : " rows)");
                continue;
            }
            out += separator + label + " = " + shown(row[i], kLongestValue);
            separator = ", ";
        }
        return out;
    }

    /// The row's key without its workspace; a source is named by its path.
    std::string place(const Cells& row) const {
        std::string out;
        for (std::size_t i = 0; i < table_.key.size(); ++i) {
            if (table_.key[i] == "workspace_id") continue;
            const std::string_view separator = table_.key[i].starts_with("source_") ? ":" : ", ";
            if (!out.empty()) out += separator;
            out += table_.key[i] == "source_id" ? path(row[i]) : shown(row[i], kLongestKeyPart);
        }
        return out;
    }

    std::string path(const Cell& source_id) const {
        if (!source_id) return "NULL";
        const auto found = run_("SELECT path FROM sources WHERE " + of_workspace_ +
                                " AND source_id = " + *source_id);
        return found.empty() ? "source " + *source_id : shown(found[0][0], kLongestKeyPart);
    }

    const Table& table_;
    const TableRule& rule_;
    const std::string& of_workspace_;
    const RunQuery& run_;
    bool is_keyed_;  ///< The rows begin with the table's key.
};

}  // namespace

std::vector<std::string> rule_examples(const Table& table, const TableRule& rule,
                                       const std::string& of_workspace, const RunQuery& run) {
    return Examples(table, rule, of_workspace, run).find();
}

}  // namespace ingot
