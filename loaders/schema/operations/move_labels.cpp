// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

#include <algorithm>

namespace ingot::schema {
namespace {

/// Renames labels of an enum type; all rows follow without being touched.
class MoveLabels : public Operation {
public:
    explicit MoveLabels(const Spec& spec)
        : type_(spec.name("type")), labels_(spec.pairs("labels")) {
        if (labels_.empty()) spec.fail("'labels' is missing: { OLD = \"new\" }");
    }

    std::string title() const override {
        std::vector<std::string> moves;
        for (const auto& [from, to] : labels_) moves.push_back(from + " to " + to);
        return "rename labels of " + type_ + ": " + joined(moves);
    }
    std::vector<std::string> tables() const override { return {}; }

    Assessment assess(const Context& context) const override {
        const auto type = context.catalog.enums.find(type_);
        if (type == context.catalog.enums.end())
            return impossible("there is no enum type " + type_);
        const auto has = [&](const std::string& label) {
            return std::ranges::find(type->second, label) != type->second.end();
        };
        std::vector<Action> actions;
        for (const auto& [from, to] : labels_) {
            if (has(from) && has(to))
                return conflict(type_ + " has both " + from + " and " + to +
                                "; move the rows first, labels cannot be merged");
            if (!has(from) && !has(to))
                return impossible(type_ + " has neither " + from + " nor " + to);
            if (has(from)) actions.push_back(rename(context, from, to));
        }
        return actions.empty() ? done("they have the names") : to_do("", std::move(actions));
    }

    void apply(Catalog& catalog) const override {
        for (const auto& [from, to] : labels_) std::ranges::replace(catalog.enums[type_], from, to);
    }

private:
    Action rename(const Context& context, const std::string& from, const std::string& to) const {
        const auto statement = [&](const std::string& a, const std::string& b) {
            return "ALTER TYPE " + context.quoted_relation(type_) + " RENAME VALUE " + literal(a) +
                   " TO " + literal(b);
        };
        return {.sql = statement(from, to),
                .object = "label " + type_ + "." + to,
                .effect = "rows that said " + from + " say " + to,
                .locks = {lock("ShareUpdateExclusive", "type", type_)},
                .undo = {statement(to, from)}};
    }

    std::string type_;
    Spec::Pairs labels_;
};

}  // namespace

std::unique_ptr<Operation> read_move_labels(const Spec& spec) {
    return std::make_unique<MoveLabels>(spec);
}

}  // namespace ingot::schema
