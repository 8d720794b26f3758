// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/index_words.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// Gives the index with these keys on this table another name. Two tables may want one name, so the
/// old name says nothing about which index is meant.
class RenameIndex : public Operation {
public:
    explicit RenameIndex(const Spec& spec)
        : wanted_(read_wanted_index(spec)), to_(spec.name("to")), from_(spec.maybe("from")),
          may_be_missing_(spec.text("missing", "") == "skip") {}

    std::string title() const override {
        return "name the index on " + described(wanted_) + " " + to_;
    }
    std::vector<std::string> tables() const override { return {wanted_.table}; }

    Assessment assess(const Context& context) const override {
        if (auto unfit = unfit_for(context, wanted_)) return *unfit;
        const Index* own = context.catalog.index(to_);
        if (own != nullptr && is_same(context, wanted_, *own)) return done("it has the name");
        if (auto taken = taken_name(context, to_)) return *taken;
        const Index* found = find(context);
        if (found != nullptr)
            return to_do("now it is called " + found->name, rename(context, *found));
        if (may_be_missing_) return done("there is no such index to rename");
        return impossible("there is no index on " + described(wanted_) +
                          (from_ ? " (expected " + *from_ + ")" : ""));
    }

    void apply(Catalog& catalog) const override {
        for (auto& [name, index] : catalog.indexes) {
            if (index.table != wanted_.table || !has_keys(index, wanted_) ||
                !index.constraint.empty() || index.unique != wanted_.unique)
                continue;
            Index renamed = index;
            renamed.name = to_;
            catalog.indexes.erase(name);
            catalog.indexes[to_] = std::move(renamed);
            return;
        }
    }

private:
    /// The one that is meant: the one with the old name first.
    const Index* find(const Context& context) const {
        const Index* found = nullptr;
        for (const Index* index : context.catalog.indexes_of(wanted_.table)) {
            if (!index->constraint.empty() || !is_same(context, wanted_, *index)) continue;
            if (from_ && index->name == *from_) return index;
            if (found == nullptr) found = index;
        }
        return found;
    }

    std::vector<Action> rename(const Context& context, const Index& index) const {
        const std::string effect = to_ + " is the index on " + described(wanted_);
        if (context.catalog.dialect == Dialect::sqlite)  // has no other way
            return {{.sql = "DROP INDEX " + identifier(index.name),
                     .object = "index " + index.name,
                     .effect = index.name + " is gone",
                     .undo = {index.definition}},
                    {.sql = create_statement(context, wanted_, to_, false),
                     .object = "index " + to_,
                     .effect = effect,
                     .effort = Effort::build,
                     .undo = {"DROP INDEX IF EXISTS " + identifier(to_)}}};
        const auto statement = [&](const std::string& from, const std::string& to) {
            return "ALTER INDEX " + context.quoted_relation(from) + " RENAME TO " + identifier(to);
        };
        return {{.sql = statement(index.name, to_),
                 .object = "index " + to_,
                 .effect = effect,
                 .locks = {lock("ShareUpdateExclusive", "index", index.name)},
                 .undo = {statement(to_, index.name)}}};
    }

    WantedIndex wanted_;
    std::string to_;
    std::optional<std::string> from_;
    bool may_be_missing_;
};

}  // namespace

std::unique_ptr<Operation> read_rename_index(const Spec& spec) {
    return std::make_unique<RenameIndex>(spec);
}

}  // namespace ingot::schema
