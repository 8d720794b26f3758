// SPDX-License-Identifier: MIT
#include "pipeline/plan_fingerprint.hpp"

#include "loaders/reader.hpp"
#include "pipeline/model/hash.hpp"
#include "pipeline/settings.hpp"

#include <string>

namespace ingot {
namespace {

/// Text with its length before it, so that parts cannot run into each other.
void add(std::string& out, std::string_view part) {
    out += std::to_string(part.size()) + ":";
    out += part;
}

void add(std::string& out, std::int64_t number) { out += std::to_string(number) + ";"; }

void add_files(std::string& out, const Plan& plan) {
    for (const SourcePlan& source : plan.sources) {
        add(out, source.file.path);
        add(out, source.status);
        add(out, name_of(source.change));
        add(out, source.file.size);
        add(out, source.file.modified_ns);
        add(out, source.file.mode);
        add(out, source.file.link_target);
        add(out, source.file.companions);
        if (source.extractor != nullptr) add(out, source.extractor->name);
        add(out, source.extractor != nullptr ? source.extractor->version : 0);
    }
    add(out, static_cast<std::int64_t>(plan.missing.size()));
}

std::string ledger_state(const Ledger& ledger) {
    Hash128 sum;
    for (const auto& [id, row] : ledger.sources)
        sum += row_hash(table_of<SourceRow>(), cells_of(row));
    return to_hex(sum);
}

std::string postgres_state(Pool& pool, std::int64_t workspace_id) {
    if (!holds_tables(pool)) return "no tables";
    const std::string condition = in_workspace(workspace_id);
    const auto reader = read_postgres(pool);
    Hash128 sum;
    reader->rows(table_of<SourceRow>(), condition,
                 [&](std::span<const Value> row) { sum += row_hash(table_of<SourceRow>(), row); });
    std::string state = to_hex(sum);
    reader->rows(table_of<WorkspaceRow>(), condition, [&](std::span<const Value> row) {
        add(state, from_cells<WorkspaceRow>(row).store_id);
    });
    return state;
}

}  // namespace

std::string plan_fingerprint(const Plan& plan, const PlanState& state, const Options& options) {
    std::string text = INGOT_VERSION;
    add(text, options_json(options));
    add(text, options.adopt ? "adopt" : "");
    add(text, state.workspace_id);
    add_files(text, plan);
    add(text, state.store_id);
    add(text, ledger_state(state.ledger));
    if (state.postgres != nullptr) add(text, postgres_state(*state.postgres, state.workspace_id));
    return to_hex(hash128(text));
}

}  // namespace ingot
