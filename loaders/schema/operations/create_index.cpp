// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/index_words.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// CREATE INDEX CONCURRENTLY (https://www.postgresql.org/docs/15/sql-createindex.html): waits for older
/// transactions instead of blocking writers, and leaves an INVALID index behind when it fails.
class CreateIndex : public Operation {
public:
    explicit CreateIndex(const Spec& spec)
        : wanted_(read_wanted_index(spec)), name_(spec.name("name")),
          concurrently_(spec.flag("concurrently", true)) {}

    std::string title() const override {
        return std::string("create ") + (wanted_.unique ? "unique " : "") + "index " + name_ +
               " on " + described(wanted_);
    }
    std::vector<std::string> tables() const override { return {wanted_.table}; }

    Assessment assess(const Context& context) const override {
        if (auto unfit = unfit_for(context, wanted_)) return *unfit;
        const Index* own = context.catalog.index(name_);
        if (own != nullptr && is_same(context, wanted_, *own))
            return own->valid ? done("it is there") : rebuild(context);
        if (auto taken = taken_name(context, name_)) return *taken;
        for (const Index* index : context.catalog.indexes_of(wanted_.table))
            if (covers(context, wanted_, *index))
                return covered(index->name + " serves the same: " + index->definition);
        return to_do("no index serves it", {creation(context)});
    }

    void apply(Catalog& catalog) const override {
        catalog.indexes[name_] = planned_index(catalog, wanted_, name_);
    }

private:
    bool alone(const Context& context) const {
        return concurrently_ && context.catalog.dialect == Dialect::postgres;
    }

    Action creation(const Context& context) const {
        const bool own = alone(context);
        const std::string drop = std::string("DROP INDEX ") + (own ? "CONCURRENTLY " : "") +
                                 "IF EXISTS " + context.quoted_relation(name_);
        return {.sql = create_statement(context, wanted_, name_, own),
                .object = "index " + name_,
                .effect = name_ + " on " + described(wanted_) + " exists and is valid",
                .locks = {lock(own ? "ShareUpdateExclusive" : "Share", "table", wanted_.table)},
                .effort = Effort::build,
                .transactional = !own,
                .undo = {drop},
                .undo_transactional = !own};
    }

    Assessment rebuild(const Context& context) const {
        const bool own = alone(context);
        Action drop{.sql = std::string("DROP INDEX ") + (own ? "CONCURRENTLY " : "") +
                           context.quoted_relation(name_),
                    .object = "index " + name_,
                    .effect = "the invalid " + name_ + " is gone",
                    .locks = {lock(own ? "ShareUpdateExclusive" : "AccessExclusive", "table",
                                   wanted_.table)},
                    .transactional = !own,
                    .cleanup = true};
        return to_do("a build that failed left it invalid: it is dropped and built again",
                     {std::move(drop), creation(context)});
    }

    WantedIndex wanted_;
    std::string name_;
    bool concurrently_;
};

}  // namespace

std::unique_ptr<Operation> read_create_index(const Spec& spec) {
    return std::make_unique<CreateIndex>(spec);
}

}  // namespace ingot::schema
