// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/operation.hpp"
#include "loaders/schema/engine/spec.hpp"

#include <span>

namespace ingot::schema {

/// A word behind `op =`: one file each in this folder, one line in the list.
struct OperationKind {
    std::string_view name;
    std::unique_ptr<Operation> (*read)(const Spec& spec);
};

/// All of them, by name.
std::span<const OperationKind> operation_kinds();

/// The operation of a step. Throws RunError for an unknown one and for what it does not understand.
std::unique_ptr<Operation> read_operation(const Spec& spec);

std::unique_ptr<Operation> read_add_check(const Spec& spec);
std::unique_ptr<Operation> read_add_column(const Spec& spec);
std::unique_ptr<Operation> read_add_foreign_key(const Spec& spec);
std::unique_ptr<Operation> read_analyze(const Spec& spec);
std::unique_ptr<Operation> read_create_index(const Spec& spec);
std::unique_ptr<Operation> read_create_table(const Spec& spec);
std::unique_ptr<Operation> read_create_view(const Spec& spec);
std::unique_ptr<Operation> read_drop_index(const Spec& spec);
std::unique_ptr<Operation> read_drop_table(const Spec& spec);
std::unique_ptr<Operation> read_drop_view(const Spec& spec);
std::unique_ptr<Operation> read_fill(const Spec& spec);
std::unique_ptr<Operation> read_lock_tables(const Spec& spec);
std::unique_ptr<Operation> read_merge_rows(const Spec& spec);
std::unique_ptr<Operation> read_move_labels(const Spec& spec);
std::unique_ptr<Operation> read_rename_constraint(const Spec& spec);
std::unique_ptr<Operation> read_rename_index(const Spec& spec);
std::unique_ptr<Operation> read_rename_table(const Spec& spec);
std::unique_ptr<Operation> read_set_default(const Spec& spec);
std::unique_ptr<Operation> read_set_flag(const Spec& spec);
std::unique_ptr<Operation> read_set_not_null(const Spec& spec);
std::unique_ptr<Operation> read_sql(const Spec& spec);
std::unique_ptr<Operation> read_validate_constraint(const Spec& spec);

}  // namespace ingot::schema
