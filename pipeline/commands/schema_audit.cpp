// SPDX-License-Identifier: MIT
#include "pipeline/commands/commands.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/report/audit_report.hpp"
#include "pipeline/report_files.hpp"
#include "pipeline/schema_session.hpp"

#include <fmt/format.h>

namespace ingot {
namespace {

namespace audit = schema::audit;

/// The paths of the pack's files; none when there is nothing that a pack can mend.
std::vector<std::string> write_pack(const Options& options, const audit::Result& result) {
    if (options.pack_folder.empty()) return {};
    const std::vector<schema::DraftFile> files = audit::mending(result);
    if (files.empty()) return {};
    return schema::write_draft(options.pack_folder, "Mends what the audit found.", files);
}

Outcome look(const Options& options) {
    const auto target = open_target(options);
    const schema::Catalog catalog = schema::read_catalog(*target);
    const audit::Result result = audit::audit(catalog, *target);
    const std::vector<std::string> pack = write_pack(options, result);
    if (options.json)
        fmt::print("{}\n", audit_json(*target, result, pack));
    else if (!options.quiet)
        fmt::print("{}", audit_text(*target, result, pack, options.verbose));
    const bool fails = result.count(audit::Severity::error) > 0 ||
                       (options.strict && result.count(audit::Severity::warning) > 0);
    return {audit_document(*target, result, pack), fails ? Exit::invalid : Exit::done};
}

int run(const Options& options) {
    return with_report(options, "schema audit", [&] { return look(options); });
}

}  // namespace

Command schema_audit_command() {
    return {.name = "audit",
            .says = "Find what is wrong with the schema of a live database: missing, repeated, "
                    "invalid and unused indexes, constraints that were never checked, names that "
                    "mislead; only reads",
            .example = "Examples:\n"
                       "  ingot schema audit --postgres postgres://localhost/shop\n"
                       "  ingot schema audit --sqlite app.db --json\n"
                       "  ingot schema audit --postgres URL --fix mend/    a pack that mends it\n"
                       "Exits with 3 when there are errors.\n",
            .options = {target_options, audit_options, report_files, printing_options},
            .run = run};
}

}  // namespace ingot
