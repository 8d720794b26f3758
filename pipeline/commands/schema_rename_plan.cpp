// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/report/rename_report.hpp"
#include "pipeline/report_files.hpp"
#include "pipeline/schema_session.hpp"

#include <fmt/format.h>

namespace ingot {
namespace {

namespace rename = schema::rename;

std::optional<rename::Scan> scan_of(const Options& options, const rename::Plan& plan) {
    if (options.scanned_folder.empty()) return {};
    std::set<std::string> names;
    for (const rename::TablePlan& table : plan.tables) names.insert(table.from);
    return rename::scan_sources(options.scanned_folder, names);
}

/// A plan with conflicts is no pack: it would stop half way.
std::vector<std::string> write_pack(const Options& options, const rename::Plan& plan) {
    if (options.pack_folder.empty() || plan.tables.empty() || plan.conflicts() > 0) return {};
    return schema::write_draft(options.pack_folder, "Gives tables snake_case names.",
                               rename::pack_of(plan));
}

Outcome look(const Options& options) {
    const rename::Map map = rename::read_map(options.renames);
    const auto target = open_target(options);
    const schema::Catalog catalog = schema::read_catalog(*target);
    const rename::Plan plan = rename::plan_renames(catalog, *target, map);
    const RenameReport report{*target, plan, scan_of(options, plan), write_pack(options, plan)};
    if (options.json)
        fmt::print("{}\n", rename_json(report));
    else if (!options.quiet)
        fmt::print("{}", rename_text(report));
    return {rename_document(report), plan.conflicts() > 0 ? Exit::invalid : Exit::done};
}

int run(const Options& options) {
    return with_report(options, "schema rename-plan", [&] { return look(options); });
}

}  // namespace

Command schema_rename_plan_command() {
    return {.name = "rename-plan",
            .says = "Say what it takes to give tables with capital letters snake_case names: what "
                    "is renamed with them, what refers to them, what breaks, which lock for how "
                    "long; only reads",
            .example =
                "Examples:\n"
                "  ingot schema rename-plan --to snake_case --postgres URL\n"
                "  ingot schema rename-plan --to snake_case --map User=users,Log=audit_log \\\n"
                "      --postgres URL --scan src/ -o rename/\n"
                "Exits with 3 when there are conflicts; then no pack is written.\n",
            .options = {target_options, rename_plan_options, report_files, printing_options},
            .run = run};
}

}  // namespace ingot
