// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/down.hpp"

#include "pipeline/model/hash.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ingot::schema {
namespace {

/// "index idx_a" → "idx_a"; "column t.c" → "t.c". Names may have blanks.
std::string name_in(const std::string& object) {
    for (const std::string_view kind :
         {"materialized view ", "default of ", "rows of ", "statistics of "})
        if (object.starts_with(kind)) return object.substr(kind.size());
    return object.substr(object.find(' ') + 1);
}

/// Views that read what goes, and are not among what goes with it.
std::string obstacle_of(const JournalEntry& entry, const Catalog& catalog,
                        const std::set<std::string>& going) {
    if (entry.irreversible) return "only a backup brings it back: ingot schema restore FILE";
    const std::string name = name_in(entry.object);
    std::vector<std::string> views;
    if (entry.object.starts_with("column ") && !entry.loss_query.empty())
        views = catalog.views_on(name.substr(0, name.find('.')), name.substr(name.find('.') + 1));
    else if (entry.object.starts_with("table ") && !entry.loss_query.empty())
        views = catalog.views_on(name);
    std::erase_if(views, [&](const std::string& view) { return going.contains(view); });
    if (views.empty()) return "";
    return "the view " + views.front() + " reads it; drop that first";
}

std::int64_t count_lost(Target& target, const JournalEntry& entry) {
    if (entry.loss_query.empty()) return 0;
    try {
        return target.number(entry.loss_query);
    } catch (const StatementFailed&) {  // it is not there any more: nothing to lose
        return 0;
    }
}

/// Values of a new column that the pack itself filled in are no loss.
std::int64_t filled_by_us(const JournalEntry& entry, const std::vector<Reversal>& reversals,
                          Ledger& ledger) {
    std::int64_t rows = 0;
    for (const Reversal& each : reversals)
        for (const std::string& column : each.entry.columns)
            if (entry.object == "column " + each.entry.table + "." + column)
                rows = std::max(rows, ledger.still_filled(each.entry));
    return rows;
}

bool is_meant(const JournalEntry& entry, const std::vector<std::string>& only) {
    return only.empty() || std::ranges::find(only, name_in(entry.object)) != only.end();
}

std::vector<std::int64_t> versions_of(Ledger& ledger, const DownSelection& selection) {
    std::vector<std::int64_t> versions = ledger.open_versions();
    for (const AppliedMigration& applied : ledger.applied()) versions.push_back(applied.version);
    std::ranges::sort(versions, std::greater());
    versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
    if (selection.to)
        std::erase_if(versions, [&](std::int64_t version) { return version <= *selection.to; });
    else if (!selection.all && selection.only.empty() && versions.size() > 1)
        versions.resize(1);
    return versions;
}

}  // namespace

DownPlan plan_versions(const Pack& pack, Target& target, Ledger& ledger,
                       const std::vector<std::int64_t>& versions,
                       const std::vector<std::string>& only) {
    DownPlan plan{.pack = pack.name,
                  .target = target.name(),
                  .schema = target.schema(),
                  .versions = versions,
                  .reversals = {},
                  .partial = !only.empty(),
                  .fingerprint = {}};
    const Catalog catalog = read_catalog(target);
    std::set<std::string> going;
    for (const std::int64_t version : versions) {
        const Migration* migration = pack.migration(version);
        for (JournalEntry& entry : ledger.open_entries(version)) {
            if (!is_meant(entry, only)) continue;
            going.insert(name_in(entry.object));
            Reversal reversal{.entry = std::move(entry),
                              .phase = migration == nullptr ? 0 : migration->phase,
                              .migration = migration == nullptr ? "" : migration->name,
                              .obstacle = {}};
            plan.reversals.push_back(std::move(reversal));
        }
    }
    std::string text = plan.pack + plan.schema;
    for (Reversal& each : plan.reversals) {
        each.lost = count_lost(target, each.entry);
        if (each.lost > 0)
            each.lost = std::max<std::int64_t>(
                0, each.lost - filled_by_us(each.entry, plan.reversals, ledger));
        each.obstacle = obstacle_of(each.entry, catalog, going);
        if (each.entry.restores_rows()) each.kept = ledger.changed_since(each.entry);
        text += fmt::format("\n{}", each.entry.id);
        for (const std::string& sql : each.entry.undo) text += "\n" + sql;
    }
    plan.fingerprint = to_hex(hash128(text)).substr(0, 16);
    return plan;
}

std::vector<const Reversal*> DownPlan::obstacles() const {
    std::vector<const Reversal*> found;
    for (const Reversal& each : reversals)
        if (!each.obstacle.empty()) found.push_back(&each);
    return found;
}

DownPlan plan_down(const Pack& pack, Target& target, Ledger& ledger,
                   const DownSelection& selection) {
    DownPlan plan =
        plan_versions(pack, target, ledger, versions_of(ledger, selection), selection.only);
    for (const std::string& name : selection.only)
        if (std::ranges::none_of(plan.reversals, [&](const Reversal& each) {
                return name_in(each.entry.object) == name;
            }))
            throw UsageError("--only: the pack " + pack.name + " has not made or changed " + name +
                             "; ingot schema status names what it has");
    return plan;
}

}  // namespace ingot::schema
