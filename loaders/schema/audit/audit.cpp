// SPDX-License-Identifier: MIT
#include "loaders/schema/audit/finding.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace ingot::schema::audit {
namespace {

constexpr std::array<Check, 10> kChecks{
    Check{"invalid-index", "indexes that a failed or unfinished build left", "build_indexes_again",
          find_invalid_indexes},
    Check{"unvalidated-constraint", "constraints that old rows were never checked against",
          "validate_constraints", find_unvalidated_constraints},
    Check{"unindexed-foreign-key", "foreign keys without an index that starts with their columns",
          "index_foreign_keys", find_unindexed_foreign_keys},
    Check{"duplicate-index", "indexes that another one repeats", "drop_duplicate_indexes",
          find_duplicate_indexes},
    Check{"covered-index", "indexes whose keys begin another one", "drop_covered_indexes",
          find_covered_indexes},
    Check{"constant-key", "partial indexes whose key is the same in every row",
          "drop_constant_keys", find_constant_keys},
    Check{"unused-index", "indexes that nothing has read for a long time", "drop_unused_indexes",
          find_unused_indexes},
    Check{"stale-name", "names that stayed behind when a table was renamed", "rename_stale_names",
          find_stale_names},
    Check{"name-clash", "names that two tables may want, or that say another table",
          "rename_clashing_names", find_name_clashes},
    Check{"quoted-name", "tables and types whose names need quotes", "", find_quoted_names}};

/// Names, keys and indexes of a partition are those of its table, where they are judged.
bool is_partition(const Catalog& catalog, const std::string& table) {
    const Relation* relation = catalog.relation(table);
    return catalog.dialect == Dialect::postgres && relation != nullptr && relation->is_table() &&
           (relation->definition.find("FOR VALUES ") != std::string::npos ||
            relation->definition.find("DEFAULT INHERITS (") != std::string::npos);
}

}  // namespace

std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::advice: return "advice";
        case Severity::warning: return "warning";
        case Severity::error: return "error";
    }
    return "";
}

std::span<const Check> checks() { return kChecks; }

std::size_t Result::count(Severity severity) const {
    return static_cast<std::size_t>(
        std::ranges::count(findings, severity, [](const Finding& f) { return f.severity; }));
}

Result audit(const Catalog& catalog, Target& target, const Limits& limits) {
    Result result;
    for (const auto& [name, relation] : catalog.relations) result.tables += relation.is_table();
    result.indexes = catalog.indexes.size();
    result.constraints = catalog.constraints.size();
    const Look look{catalog, target, limits, result.findings, result.notes};
    for (const Check& check : kChecks) {
        const std::size_t before = result.findings.size();
        check.run(look);
        for (std::size_t i = before; i < result.findings.size(); ++i)
            result.findings[i].check = check.name;
    }
    std::erase_if(result.findings, [&](const Finding& finding) {
        return finding.severity != Severity::error && is_partition(catalog, finding.table);
    });
    std::ranges::stable_sort(result.findings, [](const Finding& a, const Finding& b) {
        return std::tie(b.severity, a.table, a.object) < std::tie(a.severity, b.table, b.object);
    });
    return result;
}

std::vector<DraftFile> mending(const Result& result) {
    std::vector<DraftFile> files;
    for (const Check& check : kChecks) {
        DraftFile file{.name = std::string(check.file),
                       .says = "Mends " + std::string(check.says) + "."};
        for (const Finding& finding : result.findings)
            if (finding.check == check.name && finding.step) file.steps.push_back(*finding.step);
        if (!file.steps.empty()) files.push_back(std::move(file));
    }
    return files;
}

}  // namespace ingot::schema::audit
