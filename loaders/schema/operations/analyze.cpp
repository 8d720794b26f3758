// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// Renews the planner's statistics, which are stale after rows were changed.
class Analyze : public Operation {
public:
    explicit Analyze(const Spec& spec) : tables_(spec.words("tables")) {}

    std::string title() const override { return "analyze " + joined(tables_); }
    std::vector<std::string> tables() const override { return {}; }
    bool leaves_trace() const override { return false; }

    Assessment assess(const Context& context) const override {
        std::vector<Action> actions;
        for (const std::string& table : tables_) {
            if (context.catalog.relation(table) == nullptr)
                return impossible("there is no table " + table);
            actions.push_back({.sql = "ANALYZE " + context.quoted_relation(table),
                               .object = "statistics of " + table,
                               .effect = "the planner knows how " + table + " is now",
                               .locks = {lock("ShareUpdateExclusive", "table", table)},
                               .effort = Effort::scan,
                               .transactional = false,
                               .cleanup = true});
        }
        return to_do("", std::move(actions));
    }

    void apply(Catalog&) const override {}

private:
    std::vector<std::string> tables_;
};

}  // namespace

std::unique_ptr<Operation> read_analyze(const Spec& spec) {
    return std::make_unique<Analyze>(spec);
}

}  // namespace ingot::schema
