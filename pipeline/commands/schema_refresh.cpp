// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/profile.hpp"
#include "pipeline/schema_session.hpp"

#include "loaders/schema/engine/log_clock.hpp"

#include <algorithm>

namespace ingot {
namespace {

/// REFRESH … CONCURRENTLY needs a unique index on plain columns without a condition
/// (https://www.postgresql.org/docs/15/sql-refreshmaterializedview.html).
bool can_be_concurrent(const schema::Catalog& catalog, const std::string& view) {
    return std::ranges::any_of(catalog.indexes_of(view), [](const schema::Index* index) {
        return index->unique && index->valid && !index->predicate &&
               std::ranges::all_of(index->keys, &schema::Key::is_column);
    });
}

RefreshedView refresh(const SchemaSession& session, const schema::Catalog& catalog,
                      const std::string& view) {
    const schema::Relation* relation = catalog.relation(view);
    if (relation == nullptr || relation->kind != schema::RelationKind::materialized_view)
        throw RunError(Exit::failed,
                       "there is no materialized view " + view + "; ingot schema up makes it");
    const bool concurrent = relation->populated && can_be_concurrent(catalog, view);
    const schema::LogClock clock;
    session.target->execute(std::string("REFRESH MATERIALIZED VIEW ") +
                            (concurrent ? "CONCURRENTLY " : "") +
                            schema::qualified(*session.target, view));
    return {view, concurrent, static_cast<double>(clock.milliseconds()) / 1000};
}

int run(const Options& options) {
    SchemaSession session = open_session(options, "refresh");
    if (session.pack.refresh.empty())
        throw UsageError("the pack " + session.pack.name + " has no materialized view");
    SchemaReport report = begin_report("refresh", session);
    return run_reported(options, session, report, [&] {
        const schema::Catalog catalog = schema::read_catalog(*session.target);
        for (const std::string& view : session.pack.refresh)
            report.refreshed.push_back(refresh(session, catalog, view));
    });
}

}  // namespace

Command schema_refresh_command() {
    return {.name = "refresh",
            .says = "Renew the pack's materialized views, while they can be read where possible",
            .example = "Example:\n  ingot schema refresh --pack agent-hive-2 --postgres URL\n",
            .options = {pack_options, target_options, schema_output},
            .run = [](const Options& options) { return with_profile(options, "refresh", run); }};
}

}  // namespace ingot
