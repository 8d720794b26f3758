// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/operations.hpp"

#include <algorithm>
#include <array>

namespace ingot::schema {

std::span<const OperationKind> operation_kinds() {
    static constexpr auto kinds = std::to_array<OperationKind>({
        {"add_check", read_add_check},
        {"add_column", read_add_column},
        {"add_foreign_key", read_add_foreign_key},
        {"analyze", read_analyze},
        {"create_index", read_create_index},
        {"create_table", read_create_table},
        {"create_view", read_create_view},
        {"drop_index", read_drop_index},
        {"drop_table", read_drop_table},
        {"drop_view", read_drop_view},
        {"fill", read_fill},
        {"lock_tables", read_lock_tables},
        {"merge_rows", read_merge_rows},
        {"move_labels", read_move_labels},
        {"rename_constraint", read_rename_constraint},
        {"rename_index", read_rename_index},
        {"rename_table", read_rename_table},
        {"set_default", read_set_default},
        {"set_flag", read_set_flag},
        {"set_not_null", read_set_not_null},
        {"sql", read_sql},
        {"validate_constraint", read_validate_constraint},
    });
    return kinds;
}

std::unique_ptr<Operation> read_operation(const Spec& spec) {
    const std::string name = spec.text("op");
    const auto kinds = operation_kinds();
    const auto kind = std::ranges::find(kinds, name, &OperationKind::name);
    if (kind == kinds.end()) {
        std::string known;
        for (const OperationKind& each : kinds)
            known += (known.empty() ? "" : ", ") + std::string(each.name);
        spec.fail("there is no operation '" + name + "'; there are " + known);
    }
    auto operation = kind->read(spec);
    spec.finish();
    return operation;
}

}  // namespace ingot::schema
