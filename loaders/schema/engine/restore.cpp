// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/backup_manifest.hpp"
#include "loaders/schema/engine/catalog.hpp"
#include "loaders/schema/engine/definition_text.hpp"
#include "loaders/schema/engine/restore_steps.hpp"

#include <algorithm>
#include <iterator>

namespace ingot::schema {
namespace {

using Lines = std::vector<std::string>;

Lines without(const Lines& lines, const Lines& others) {
    Lines rest;
    std::set_difference(lines.begin(), lines.end(), others.begin(), others.end(),
                        std::back_inserter(rest));
    return rest;
}

std::string joined(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "; ") + line;
    return text;
}

/// Whether a line of describe() says something about the table.
bool concerns(const std::string& line, const std::string& table) {
    return line == "table " + table || line.starts_with("partitioned table " + table + ":") ||
           line.starts_with("table " + table + ":") || line.starts_with("column " + table + ".") ||
           line.find(" on " + table + ": ") < line.find(": ") + 1;
}

/// Later objects may stay; the tables of the backup must be as they were, and nothing else may differ
/// that did not differ before.
Lines check_definitions(const BackupInfo& info, const RestoreSteps& steps, const Lines& before,
                        const Lines& after) {
    Lines differences;
    Lines wrong;
    const auto look = [&](const Lines& lines, const Lines& were, const std::string& sign) {
        for (const std::string& line : lines) {
            const bool ours =
                std::any_of(info.tables.begin(), info.tables.end(), [&](const BackupTable& table) {
                    return concerns(line, table.hash.table);
                });
            const bool is_kept =
                std::any_of(steps.afterwards.begin(), steps.afterwards.end(),
                            [&](const Kept& kept) { return line.starts_with(kept.line_start); });
            const bool is_new = !is_kept && !std::binary_search(were.begin(), were.end(), line);
            (ours || is_new ? wrong : differences).push_back(sign + line);
        }
    };
    const Lines then = lasting_definitions(info.description);
    look(without(after, then), without(before, then), "+ ");
    look(without(then, after), without(then, before), "- ");
    if (!wrong.empty())
        throw ValidationFailed("the restored definitions are not those of the backup: " +
                               joined(wrong) + "; nothing was changed");
    return differences;
}

void check_rows(Target& target, const BackupInfo& info) {
    Lines wrong;
    for (const BackupTable& table : info.tables)
        if (std::string says =
                difference(table.hash, row_hash(target, table.hash.table, table.hash.columns));
            !says.empty())
            wrong.push_back(std::move(says));
    if (!wrong.empty())
        throw ValidationFailed("the restored rows are not those of the backup: " + joined(wrong) +
                               "; nothing was changed");
}

void require_no_obstacles(const RestorePlan& plan) {
    if (!plan.obstacles.empty())
        throw RunError(Exit::failed,
                       "cannot restore: " + joined(plan.obstacles) + "; nothing was changed");
}

/// The session is its own: what the script sets ends with it.
Restored restore_in(Target& session, const BackupInfo& info, const RestoreSteps& planned) {
    for (const std::string& lock : planned.locks) session.execute(lock);
    // Nobody can hang anything on the tables any more: what was found now is what there is.
    const RestoreSteps steps = restore_steps(session, info, false);
    require_no_obstacles(steps.plan);
    if (steps.dropped != planned.dropped)
        throw RunError(Exit::failed,
                       "the schema changed while the restore began; nothing was changed");
    const Lines before = lasting_definitions(describe(read_catalog(session)));
    for (const std::string& drop : steps.drops) session.execute(drop);
    run_entries(session, info.file, std::stoi(info.version), steps.entries);
    session.execute("SET search_path = " + identifier(info.schema) + ", pg_temp");
    for (const Kept& kept : steps.afterwards) session.execute(kept.statement);
    check_rows(session, info);
    const Lines after = lasting_definitions(describe(read_catalog(session)));
    return {.differences = check_definitions(info, steps, before, after), .copy = {}};
}

/// Fresh tables have no statistics for the planner; the restore is done without them, too.
void analyze(Target& session, const BackupInfo& info) {
    try {
        for (const BackupTable& table : info.tables)
            session.execute("ANALYZE " + qualified(session, table.hash.table));
    } catch (const StatementFailed&) {  // the server does it itself in time
    }
}

Restored restore_postgres(Target& target, const BackupInfo& info, const RestoreSettings& settings) {
    const RestoreSteps planned = restore_steps(target, info, false);
    require_no_obstacles(planned.plan);
    const std::unique_ptr<Target> session = target.another();
    session->while_waiting = target.while_waiting;
    session->begin();
    session->execute("SET LOCAL lock_timeout = " + std::to_string(settings.lock_timeout.count()));
    try {
        Restored restored = restore_in(*session, info, planned);
        settings.before_commit(*session);
        session->commit();
        analyze(*session, info);
        return restored;
    } catch (const StatementFailed& error) {
        const bool misfit = error.code == "23503";
        throw RunError(Exit::failed,
                       std::string(misfit
                                       ? "rows of other tables no longer fit those of the backup: "
                                       : "the restore failed: ") +
                           error.what() + "; nothing was changed");
    }
}

}  // namespace

RestorePlan plan_restore(Target& target, const BackupInfo& info) {
    if (target.dialect() != info.dialect) {
        RestorePlan plan;
        plan.obstacles.push_back(info.file + " is a backup of the other kind of database");
        return plan;
    }
    return info.dialect == Dialect::sqlite ? plan_restore_sqlite(target, info)
                                           : restore_steps(target, info, true).plan;
}

Restored do_restore(Target& target, const BackupInfo& info, const RestoreSettings& settings) {
    if (target.dialect() == Dialect::postgres && info.dialect == Dialect::postgres)
        return restore_postgres(target, info, settings);
    require_no_obstacles(plan_restore(target, info));
    return restore_sqlite(target, info);
}

}  // namespace ingot::schema
