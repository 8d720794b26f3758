// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/finding.hpp"
#include "loaders/schema/audit/index_text.hpp"

#include <algorithm>
#include <tuple>

namespace ingot::schema::audit {
namespace {

/// All that one reads from `index` one reads from `other`.
bool has_all_columns(const Index& other, const Index& index) {
    return std::ranges::all_of(index.included, [&](const std::string& column) {
        return std::ranges::find(other.included, column) != other.included.end() ||
               std::ranges::find(other.keys, column, &Key::text) != other.keys.end();
    });
}

/// A foreign key may depend on a unique index, and the catalog does not say on which.
bool is_referred_to(const Catalog& catalog, const Index& index) {
    return std::ranges::any_of(catalog.referrers_of(index.table), [&](const Constraint* key) {
        return index.unique && index.keys.size() == key->target_columns.size() &&
               serves(index, key->target_columns);
    });
}

bool may_go(const Catalog& catalog, const Index& index) {
    return index.valid && index.constraint.empty() && !is_referred_to(catalog, index);
}

/// Whether `other` does all that `index` does: the same keys, and uniqueness where it has that.
bool repeats(const Index& other, const Index& index) {
    return other.valid && other.name != index.name && other.keys.size() == index.keys.size() &&
           same_beginning(other, index, index.keys.size()) && has_all_columns(other, index) &&
           (!index.unique ||
            (other.unique && other.nulls_not_distinct == index.nulls_not_distinct));
}

/// Of two that repeat each other one goes: the better used stays, else the first by name.
bool stays_before(const Index& other, const Index& index) {
    return std::tuple(-other.scans, other.name) < std::tuple(-index.scans, index.name);
}

const Index* repeated_by(const Catalog& catalog, const Index& index) {
    for (const Index* other : catalog.indexes_of(index.table)) {
        if (!repeats(*other, index)) continue;
        const bool mutual = repeats(index, *other) && may_go(catalog, *other);
        if (!mutual || stays_before(*other, index)) return other;
    }
    return nullptr;
}

/// The narrowest index that begins with these keys and goes on.
const Index* covered_by(const Catalog& catalog, const Index& index) {
    const Index* best = nullptr;
    for (const Index* other : catalog.indexes_of(index.table)) {
        const bool covers =
            other->valid && other->method == "btree" && other->keys.size() > index.keys.size() &&
            same_beginning(*other, index, index.keys.size()) && has_all_columns(*other, index);
        if (!covers) continue;
        const auto rank = [](const Index& i) { return std::tuple(!i.unique, i.keys.size()); };
        if (best == nullptr || rank(*other) < rank(*best)) best = other;
    }
    return best;
}

std::string described(const Index& index) {
    if (index.primary) return "the primary key " + index_words(index);
    return (index.unique ? "the unique index " : "index ") + index.name + " " + index_words(index);
}

}  // namespace

void find_duplicate_indexes(const Look& look) {
    for (const auto& [name, index] : look.catalog.indexes) {
        if (!may_go(look.catalog, index)) continue;
        const Index* other = repeated_by(look.catalog, index);
        if (other == nullptr) continue;
        look.report({.severity = Severity::warning,
                     .object = "index " + name,
                     .table = index.table,
                     .what = "It repeats " + described(*other) + ".",
                     .why = "Both are kept up to date at every write; queries need one.",
                     .mend = drop_index_sql(look.catalog, look.target, index),
                     .step = drop_index_step(look.catalog, index)});
    }
}

void find_covered_indexes(const Look& look) {
    for (const auto& [name, index] : look.catalog.indexes) {
        if (index.unique || index.method != "btree" || !may_go(look.catalog, index)) continue;
        if (repeated_by(look.catalog, index) != nullptr) continue;
        const Index* other = covered_by(look.catalog, index);
        if (other == nullptr) continue;
        look.report({.severity = other->unique ? Severity::warning : Severity::advice,
                     .object = "index " + name,
                     .table = index.table,
                     .what = "Its keys " + index_words(index) + " begin " + described(*other) + ".",
                     .why = "What it finds the other one finds as well; it is only smaller.",
                     .mend = drop_index_sql(look.catalog, look.target, index),
                     .step = drop_index_step(look.catalog, index)});
    }
}

}  // namespace ingot::schema::audit
