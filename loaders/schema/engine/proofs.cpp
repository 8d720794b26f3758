// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/proofs.hpp"

#include "loaders/schema/engine/past_catalog.hpp"

#include <algorithm>
#include <cctype>
#include <limits>

#include <fmt/format.h>

namespace ingot::schema {
namespace {

bool has_word(const std::string& text, const std::string& word) {
    const auto is_part = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    };
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || !is_part(text[at - 1]);
        if (begins && (end == text.size() || !is_part(text[end]))) return true;
    }
    return false;
}

/// "column t.c": the statements speak of t and of c.
bool names_it(const std::vector<std::string>& statements, const std::string& object) {
    std::string name = object.substr(object.rfind(' ') + 1);
    return std::ranges::any_of(statements, [&](const std::string& sql) {
        const std::size_t dot = name.find('.');
        return has_word(sql, name.substr(0, dot)) &&
               (dot == std::string::npos || has_word(sql, name.substr(dot + 1)));
    });
}

bool is_of_rows(const std::string& object) { return object.starts_with("rows of "); }

/// Nothing that has a name of its own.
bool is_nameless(const std::string& object) {
    return object == "statement" || object == "writers" || object.starts_with("statistics of ");
}

/// A step of the past that changed something and still stands.
struct Later {
    const Migration* migration;
    const Step* step;
    std::vector<JournalEntry> entries;
    bool renames_table;  ///< Then what it changed is proved by the names before it.
};

/// Goes from the youngest applied step to the oldest, and takes names back on the way.
class Past {
public:
    Past(const Pack& pack, Target& target, Ledger& ledger)
        : pack_(pack), target_(target), ledger_(ledger), now_(read_catalog(target)), past_(now_) {}

    std::vector<StepProof> prove() {
        const auto applied = ledger_.applied();
        std::vector<std::pair<std::int64_t, std::int64_t>> order;  // when, version
        for (const AppliedMigration& each : applied) order.emplace_back(each.id, each.version);
        for (const std::int64_t version : ledger_.open_versions())  // begun: the youngest
            if (std::ranges::find(applied, version, &AppliedMigration::version) == applied.end())
                order.emplace_back(std::numeric_limits<std::int64_t>::max(), version);
        std::ranges::sort(order, std::greater());
        for (const auto& [when, version] : order)
            if (const Migration* migration = pack_.migration(version))
                go_through(*migration, when != std::numeric_limits<std::int64_t>::max());
        std::ranges::reverse(proofs_);
        std::ranges::stable_sort(proofs_, {},
                                 [](const StepProof& each) { return each.migration->version; });
        return std::move(proofs_);
    }

private:
    void go_through(const Migration& migration, bool is_applied) {
        const auto taken_back = ledger_.partly_taken_back(migration.version);
        const auto all = ledger_.open_entries(migration.version);
        for (auto step = migration.steps.rbegin(); step != migration.steps.rend(); ++step) {
            std::vector<JournalEntry> entries;
            std::ranges::copy_if(all, std::back_inserter(entries),
                                 [&](const JournalEntry& each) { return each.step == step->name; });
            bool holds = true;
            if (is_applied) {
                proofs_.push_back(proof(migration, *step, entries, taken_back));
                holds = proofs_.back().holds;
            }
            bool renames_table = false;
            for (const JournalEntry& entry : entries) {
                const std::string table = rename_back(past_, entry);
                if (table.empty()) continue;
                renamed_.insert(table);
                renames_table = true;
            }
            if (holds) later_.push_back({&migration, &*step, std::move(entries), renames_table});
        }
    }

    StepProof proof(const Migration& migration, const Step& step,
                    const std::vector<JournalEntry>& entries,
                    const std::set<std::string>& taken_back) const {
        StepProof proof{.migration = &migration, .step = &step, .why = {}};
        if (!step.operation->leaves_trace()) {
            proof.why = "leaves nothing to see";
            return proof;
        }
        if (is_shown(now_, step, proof)) return proof;
        const Assessment now = step.operation->assess({now_, target_});
        if (!renamed_.empty() || !later_.empty()) {
            StepProof before = proof;
            if (is_shown(past_, step, before)) {
                before.why += (before.why.empty() ? "" : ", ") +
                              std::string("by the names before later steps");
                return before;
            }
        }
        proof.state = now.state;
        proof.why = superseded_by(step, objects_of(entries, now));
        if (!proof.why.empty()) return proof;
        proof.taken_back = taken_back.contains(step.name);
        proof.holds = proof.taken_back;
        proof.why = now.why;
        return proof;
    }

    bool is_shown(const Catalog& catalog, const Step& step, StepProof& proof) const {
        const Assessment found = step.operation->assess({catalog, target_});
        proof.state = found.state;
        proof.why = found.why;
        return found.state == State::done || found.state == State::covered;
    }

    /// What it made, and what it would make now: a step that found its work done made nothing.
    static std::vector<JournalEntry> objects_of(std::vector<JournalEntry> entries,
                                                const Assessment& now) {
        if (!entries.empty()) return entries;
        for (const Action& action : now.actions) {
            JournalEntry entry{.object = action.object, .undo = action.undo};
            if (action.batches) entry.columns = action.batches->column_names;
            entries.push_back(std::move(entry));
        }
        return entries;
    }

    std::string superseded_by(const Step& step, const std::vector<JournalEntry>& objects) const {
        for (const Later& later : later_)
            for (const JournalEntry& after : later.entries)
                if (ends_table(after, later, step) ||
                    std::ranges::any_of(objects, [&](const JournalEntry& each) {
                        return !later.renames_table && after.id > each.id &&
                               changes_the_same(each, after);
                    }))
                    return fmt::format("superseded by {:03} {}, step {}", later.migration->version,
                                       later.migration->name, later.step->name);
        const bool only_rows =
            !objects.empty() && std::ranges::all_of(objects, [](const JournalEntry& each) {
                return is_of_rows(each.object) || each.object == "statement";
            });
        for (const std::string& table : step.operation->tables())
            if (only_rows && renamed_.contains(table)) return "a later step renamed " + table;
        return view_of_renamed(objects);
    }

    /// The text of a view follows the tables that it reads.
    std::string view_of_renamed(const std::vector<JournalEntry>& objects) const {
        for (const JournalEntry& each : objects) {
            if (each.object.find("view ") == std::string::npos) continue;
            const Relation* view =
                past_.relation(each.object.substr(each.object.find("view ") + 5));
            if (view == nullptr || view->is_table()) continue;
            for (const std::string& table : view->uses)
                if (renamed_.contains(table)) return "a later step renamed " + table;
        }
        return "";
    }

    /// It dropped a table that the step works on.
    static bool ends_table(const JournalEntry& after, const Later& later, const Step& step) {
        const auto tables = step.operation->tables();
        return after.irreversible && after.object.starts_with("table ") && later.step != &step &&
               std::ranges::find(tables, after.object.substr(6)) != tables.end();
    }

    const Pack& pack_;
    Target& target_;
    Ledger& ledger_;
    Catalog now_;
    Catalog past_;
    std::set<std::string> renamed_;  ///< Former names of tables.
    std::vector<Later> later_;       ///< The youngest first.
    std::vector<StepProof> proofs_;
};

}  // namespace

bool changes_the_same(const JournalEntry& earlier, const JournalEntry& later) {
    if (is_nameless(earlier.object)) return false;
    if (later.object == "statement") return names_it(later.undo, earlier.object);
    if (earlier.object != later.object) return false;
    return !is_of_rows(earlier.object) ||
           std::ranges::any_of(earlier.columns, [&](const std::string& column) {
               return std::ranges::find(later.columns, column) != later.columns.end();
           });
}

std::vector<StepProof> prove_steps(const Pack& pack, Target& target, Ledger& ledger) {
    return Past(pack, target, ledger).prove();
}

}  // namespace ingot::schema
