// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// Drops a view, or a materialized one with its indexes; the way back makes them again.
class DropView : public Operation {
public:
    explicit DropView(const Spec& spec) : view_(spec.name("view")) {}

    std::string title() const override { return "drop view " + view_; }
    std::vector<std::string> tables() const override { return {}; }

    Assessment assess(const Context& context) const override {
        const Relation* relation = context.catalog.relation(view_);
        if (relation == nullptr) return done("there is none");
        const bool materialized = relation->kind == RelationKind::materialized_view;
        if (!materialized && relation->kind != RelationKind::view)
            return conflict(view_ + " is " + context.catalog.holder_of(view_));
        const auto views = context.catalog.views_on(view_);
        if (!views.empty()) return impossible("views read it: " + joined(views));
        const std::string words = materialized ? "MATERIALIZED VIEW " : "VIEW ";
        const std::string name = context.quoted_relation(view_);
        std::vector<std::string> undo{context.catalog.dialect == Dialect::sqlite
                                          ? relation->definition
                                          : "CREATE " + words + name + " AS\n" +
                                                relation->definition};
        for (const Index* index : context.catalog.indexes_of(view_))
            undo.push_back(index->definition);
        for (const std::string& sql :
             rights_and_comment(context, materialized ? "MATERIALIZED VIEW" : "VIEW", view_))
            undo.push_back(sql);
        return to_do("", {{.sql = "DROP " + words + name,
                           .object = "view " + view_,
                           .effect = "the view " + view_ + " is gone",
                           .locks = {lock("AccessExclusive", "view", view_)},
                           .undo = std::move(undo)}});
    }

    void apply(Catalog& catalog) const override { catalog.relations.erase(view_); }

private:
    std::string view_;
};

}  // namespace

std::unique_ptr<Operation> read_drop_view(const Spec& spec) {
    return std::make_unique<DropView>(spec);
}

}  // namespace ingot::schema
