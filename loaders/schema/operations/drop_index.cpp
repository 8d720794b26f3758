// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/index_words.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// Drops the index with these keys on this table; with a name, only when it has that.
class DropIndex : public Operation {
public:
    explicit DropIndex(const Spec& spec)
        : wanted_(read_wanted_index(spec)), name_(spec.maybe("name")),
          concurrently_(spec.flag("concurrently", true)) {}

    std::string title() const override {
        return "drop index " + (name_ ? *name_ + " on " : std::string("on ")) + described(wanted_);
    }
    std::vector<std::string> tables() const override { return {wanted_.table}; }

    Assessment assess(const Context& context) const override {
        if (auto unusable = unusable_table(context, wanted_.table)) return *unusable;
        const Index* named = name_ ? context.catalog.index(*name_) : nullptr;
        if (named != nullptr && !is_same(context, wanted_, *named))
            return conflict(*name_ + " is something else: " + named->definition);
        const Index* found = find(context);
        if (found == nullptr) return done("there is none");
        if (!found->constraint.empty())
            return impossible(found->name + " belongs to the constraint " + found->constraint);
        return to_do("it is there: " + found->name, {removal(context, *found)});
    }

    void apply(Catalog& catalog) const override {
        std::erase_if(catalog.indexes, [&](const auto& entry) {
            const Index& index = entry.second;
            return index.table == wanted_.table && has_keys(index, wanted_) &&
                   index.constraint.empty() && (!name_ || index.name == *name_);
        });
    }

private:
    const Index* find(const Context& context) const {
        for (const Index* index : context.catalog.indexes_of(wanted_.table))
            if (is_same(context, wanted_, *index) && (!name_ || index->name == *name_))
                return index;
        return nullptr;
    }

    Action removal(const Context& context, const Index& index) const {
        const bool own = concurrently_ && context.catalog.dialect == Dialect::postgres;
        std::string again = index.definition;
        if (const std::size_t at = again.find(" INDEX "); own && at != std::string::npos)
            again.insert(at + 7, "CONCURRENTLY ");
        std::vector<std::string> undo{again};
        for (const std::string& sql : rights_and_comment(context, "INDEX", index.name))
            undo.push_back(sql);
        return {.sql = std::string("DROP INDEX ") + (own ? "CONCURRENTLY " : "") +
                       context.quoted_relation(index.name),
                .object = "index " + index.name,
                .effect = index.name + " is gone",
                .locks = {lock(own ? "ShareUpdateExclusive" : "AccessExclusive", "table",
                               wanted_.table)},
                .transactional = !own,
                .undo = std::move(undo),
                .undo_transactional = !own};
    }

    WantedIndex wanted_;
    std::optional<std::string> name_;
    bool concurrently_;
};

}  // namespace

std::unique_ptr<Operation> read_drop_index(const Spec& spec) {
    return std::make_unique<DropIndex>(spec);
}

}  // namespace ingot::schema
