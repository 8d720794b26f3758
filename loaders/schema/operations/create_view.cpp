// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

#include <regex>

namespace ingot::schema {
namespace {

/// A plan with its relations' aliases numbered in the order in which they appear: a stored definition
/// has other aliases than the text that it was made from.
std::string with_numbered_aliases(const std::string& plan) {
    std::map<std::string, std::string> numbers;
    const std::regex qualifier(R"re(([A-Za-z_]\w*)\.)re");
    for (std::sregex_iterator at(plan.begin(), plan.end(), qualifier), end; at != end; ++at)
        numbers.emplace((*at)[1].str(), "#" + std::to_string(numbers.size() + 1));
    std::string out;
    const std::regex word(R"([A-Za-z_]\w*)");
    auto from = plan.begin();
    for (std::sregex_iterator at(plan.begin(), plan.end(), word), end; at != end; ++at) {
        out.append(from, plan.begin() + at->position());
        const auto number = numbers.find(at->str());
        out += number == numbers.end() ? at->str() : number->second;
        from = plan.begin() + at->position() + at->length();
    }
    return out.append(from, plan.end());
}

/// CREATE VIEW, or CREATE MATERIALIZED VIEW with its rows.
class CreateView : public Operation {
public:
    explicit CreateView(const Spec& spec)
        : view_(spec.name("view")), query_(spec.text("query")),
          materialized_(spec.flag("materialized", false)), reads_(spec.words_or_none("reads")) {}

    std::string title() const override { return "create " + kind() + " " + view_; }
    std::vector<std::string> tables() const override { return {}; }

    Assessment assess(const Context& context) const override {
        if (const Relation* relation = context.catalog.relation(view_)) {
            const bool right_kind =
                relation->kind ==
                (materialized_ ? RelationKind::materialized_view : RelationKind::view);
            if (!right_kind) return *taken_name(context, view_);
            if (relation->planned || is_same(context, relation->definition))
                return done("it is there");
            return conflict("there is a view " + view_ + " with another query");
        }
        if (auto taken = taken_name(context, view_)) return *taken;
        if (!context.catalog.may_create)
            return impossible(context.catalog.user + " may not create views in " +
                              context.catalog.schema);
        if (nothing_is_planned(context.catalog)) {
            const Explained plan = explain(context, query_);
            if (!plan.error.empty()) return impossible(plan.error);
        }
        return to_do("", {creation(context)});
    }

    void apply(Catalog& catalog) const override {
        Relation made{.name = view_,
                      .kind = materialized_ ? RelationKind::materialized_view : RelationKind::view};
        made.planned = true;
        made.uses = {reads_.begin(), reads_.end()};
        catalog.relations[view_] = std::move(made);
    }

private:
    std::string kind() const { return materialized_ ? "materialized view" : "view"; }

    bool is_same(const Context& context, const std::string& definition) const {
        const Dialect dialect = context.catalog.dialect;
        if (dialect == Dialect::sqlite)
            return normalized(definition, dialect).ends_with(normalized(query_, dialect));
        std::string stored = definition;
        if (const std::size_t end = stored.find_last_of(';'); end != std::string::npos)
            stored.resize(end);
        // The planner's words for both are the same when they are the same query.
        const Explained first = explain(context, stored);
        return first.error.empty() && with_numbered_aliases(first.plan) ==
                                          with_numbered_aliases(explain(context, query_).plan);
    }

    Action creation(const Context& context) const {
        const std::string name = context.quoted_relation(view_);
        const std::string words = materialized_ ? "MATERIALIZED VIEW " : "VIEW ";
        std::vector<Lock> locks;
        for (const std::string& table : reads_)
            locks.push_back(lock("AccessShare", "table", table));
        return {.sql = "CREATE " + words + name + " AS\n" + query_,
                .object = kind() + " " + view_,
                .effect = "the " + kind() + " " + view_ + " exists",
                .locks = std::move(locks),
                .effort = materialized_ ? Effort::build : Effort::catalog,
                .undo = {"DROP " + words + name}};
    }

    std::string view_;
    std::string query_;
    bool materialized_;
    std::vector<std::string> reads_;
};

}  // namespace

std::unique_ptr<Operation> read_create_view(const Spec& spec) {
    return std::make_unique<CreateView>(spec);
}

}  // namespace ingot::schema
