// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/restore_steps.hpp"

#include <algorithm>

namespace ingot::schema {
namespace {

Objects by_id(const std::vector<CatalogObject>& objects) {
    Objects map;
    for (const CatalogObject& object : objects)
        if (object.column == 0) map.emplace(object.id, object);
    return map;
}

/// Works out what must go, what comes back from the archive, and what is in the way.
class Planner {
public:
    Planner(Target& target, const BackupInfo& info, bool with_losses)
        : target_(target), info_(info), with_losses_(with_losses), then_(by_id(info.objects)),
          archive_(archive_entries(info.file, std::stoi(info.version))) {
        for (const ArchiveEntry& entry : archive_) archived_.insert(entry.id);
    }

    RestoreSteps plan() {
        add_tables();
        grow();
        while (add_names() || add_needs()) grow();
        look_at_columns();
        look_at_dependents();
        add_to_publications();
        choose_entries();
        for (const CatalogObject& root : objects_with(target_, roots_))
            steps_.drops.push_back(drop_statement(root));
        steps_.locks = lock_statements(target_, dropped_, info_.objects);
        steps_.dropped = dropped_ids_;
        return std::move(steps_);
    }

private:
    void add_tables() {
        for (const BackupTable& table : info_.tables) {
            const auto now = objects_with(target_, {relation_id(table.oid)});
            const std::string& name = table.hash.table;
            if (now.empty() || !now[0].is_table()) {
                say("table " + name + " is gone: it is made again");
                continue;
            }
            roots_.insert(now[0].id);
            const bool renamed = now[0].name != name;
            say("table " + name + (renamed ? " (now " + now[0].name + ")" : std::string()) +
                " is replaced by its " + std::to_string(table.hash.rows) + " rows of " +
                info_.time);
            if (with_losses_) look_at_rows(table, now[0]);
        }
    }

    /// What was written since, as far as the rows tell.
    void look_at_rows(const BackupTable& table, const CatalogObject& now) {
        const std::int64_t rows = target_.number("SELECT count(*) FROM " + now.identity);
        const bool same_name = now.name == table.hash.table;
        std::string change = "what was written since";
        try {
            if (same_name &&
                difference(table.hash, row_hash(target_, now.name, table.hash.columns)).empty())
                change = "";
        } catch (const StatementFailed&) {  // a column is gone
        }
        if (!change.empty())
            lose("table " + now.name + ": " + change + " (" + std::to_string(rows) + " rows now, " +
                 std::to_string(table.hash.rows) + " in the backup)");
        for (const auto& row :
             target_.query("SELECT attname FROM pg_attribute WHERE attrelid = " + now.id.second +
                           " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"))
            if (std::find(table.hash.columns.begin(), table.hash.columns.end(), *row[0]) ==
                table.hash.columns.end())
                lose("column " + now.name + "." + *row[0] + " with its values");
    }

    void grow() {
        dropped_ = dependents_of(target_, roots_);
        dropped_ids_.clear();
        for (const CatalogObject& object : dropped_)
            if (object.column == 0) dropped_ids_.insert(object.id);
    }

    bool add_root(const CatalogObject& object) {
        return !dropped_ids_.contains(object.id) && roots_.insert(object.id).second;
    }

    /// Relations of the backup that are elsewhere now, and those that have their names.
    bool add_names() {
        bool grew = false;
        for (const auto& [id, object] : then_) {
            if (!object.is_relation()) continue;
            for (const CatalogObject& same : objects_with(target_, {id}))
                if (same.is_relation()) grew |= add_root(same);
            const auto holder = relation_named(target_, object.name);
            if (holder && !dropped_ids_.contains(holder->id)) grew |= take_name(*holder);
        }
        return grew;
    }

    bool take_name(const CatalogObject& holder) {
        if (holder.is_view()) return add_root(holder);
        if (holder.is_table() && !archived_.contains(holder.id)) return add_root(holder);
        obstruct(holder.type + " " + holder.identity +
                 " has a name that the backup needs; rename it first");
        return false;
    }

    /// Types, functions and sequences that changed, where nothing else uses them.
    bool add_needs() {
        bool grew = false;
        for (const CatalogObject& need : info_.needs) {
            if (then_.contains(need.id) || !archived_.contains(need.id)) continue;
            const auto now = objects_with(target_, {need.id});
            if (now.empty()) {
                missing_.insert(need.id);
            } else if (now[0].definition != need.definition || now[0].identity != need.identity) {
                const auto users = dependents_of(target_, {need.id});
                const bool used = std::any_of(users.begin(), users.end(), [&](const auto& user) {
                    return user.id != need.id && !user.kind.empty() &&
                           !dropped_ids_.contains(user.id);
                });
                if (!used) grew |= add_root(now[0]);
            }
        }
        return grew;
    }

    void look_at_columns() {
        for (const CatalogObject& object : dropped_)
            if (object.column != 0 && !dropped_ids_.contains(object.id))
                obstruct("column " + object.identity + " needs what must be dropped");
    }

    void look_at_dependents() {
        for (const CatalogObject& object : dropped_) {
            if (object.column != 0 || then_.contains(object.id)) continue;
            const bool elsewhere = !is_dropped_relation(object.on_table) && object.on_table != "0";
            if (archived_.contains(object.id) && object.is_table())
                obstruct("table " + object.identity +
                         " hangs on a table of the backup now, and its rows are not in it");
            else if (archived_.contains(object.id))
                continue;
            else if (elsewhere && object.is_foreign_key())
                keep_foreign_key(object);
            else if (elsewhere && object.type == "default value")
                keep(kept_default(target_, object));
            else if (is_of_its_own(object))
                lose(object.type + " " + object.identity + ", made after the backup" +
                     rows_of(object));
        }
    }

    bool is_dropped_relation(const std::string& oid) const {
        return dropped_ids_.contains(relation_id(oid));
    }

    static bool is_in_publication(const CatalogObject& object) {
        return object.type == "publication relation";
    }

    void add_to_publications() {
        for (const auto& [id, object] : then_)
            if (is_in_publication(object) &&
                target_.number("SELECT count(*) FROM pg_publication WHERE pubname = " +
                               literal(object.name)) > 0)
                keep({.statement = "ALTER PUBLICATION " + object.definition,
                      .line_start = "publication "});
    }

    static bool is_of_its_own(const CatalogObject& object) {
        return object.is_table() || object.is_view() || object.kind == "type" ||
               object.type == "function" || object.type == "procedure" || is_in_publication(object);
    }

    std::string rows_of(const CatalogObject& object) {
        if (!object.is_table() || !with_losses_) return "";
        return ", with " + target_.ask("SELECT count(*) FROM " + object.identity) + " rows";
    }

    /// One on the same columns that is in the backup takes its place.
    void keep_foreign_key(const CatalogObject& key) {
        for (const auto& [id, object] : then_)
            if (object.is_foreign_key() && object.definition == key.definition) return;
        keep(kept_foreign_key(target_, key, then_));
        say("foreign key " + key.identity + ", made after the backup, is made and checked again");
    }

    void keep(Kept kept) { steps_.afterwards.push_back(std::move(kept)); }

    /// Parts of other tables come back only while the table is there.
    bool comes_back(const CatalogObject& object) {
        if (object.on_table == "0" || then_.contains(relation_id(object.on_table))) return true;
        return !objects_with(target_, {relation_id(object.on_table)}).empty();
    }

    void choose_entries() {
        std::vector<CatalogObject> objects;
        for (const CatalogObject& object : info_.objects)
            if (object.column == 0 && comes_back(object)) objects.push_back(object);
        for (const CatalogObject& need : info_.needs)
            if (!then_.contains(need.id) &&
                (missing_.contains(need.id) || dropped_ids_.contains(need.id)))
                objects.push_back(need);
        for (const CatalogObject& object : dropped_)
            if (object.column == 0 && !then_.contains(object.id) && archived_.contains(object.id) &&
                !object.is_table())
                objects.push_back(object);
        steps_.entries = entries_for(archive_, objects, info_.schema);
        for (const ArchiveEntry& entry : steps_.entries)
            if (entry.text.starts_with("FK CONSTRAINT ")) say("make and check " + entry.text);
    }

    void say(std::string line) { steps_.plan.lines.push_back(std::move(line)); }
    void lose(std::string line) { steps_.plan.losses.push_back(std::move(line)); }
    void obstruct(const std::string& line) {
        auto& all = steps_.plan.obstacles;
        if (std::find(all.begin(), all.end(), line) == all.end()) all.push_back(line);
    }

    Target& target_;
    const BackupInfo& info_;
    const bool with_losses_;
    const Objects then_;
    const std::vector<ArchiveEntry> archive_;
    std::set<ObjectId> archived_;
    std::set<ObjectId> roots_;
    std::set<ObjectId> missing_;
    std::vector<CatalogObject> dropped_;
    std::set<ObjectId> dropped_ids_;
    RestoreSteps steps_;
};

}  // namespace

RestoreSteps restore_steps(Target& target, const BackupInfo& info, bool with_losses) {
    if (database_identity(target) != info.identity || target.schema() != info.schema) {
        RestoreSteps none;
        none.plan.obstacles.push_back(
            info.file + " is a backup of the schema " + info.schema + " of the database " +
            info.database + " (" + info.server +
            "), and can be restored there only; elsewhere use pg_restore");
        return none;
    }
    return Planner(target, info, with_losses).plan();
}

}  // namespace ingot::schema
