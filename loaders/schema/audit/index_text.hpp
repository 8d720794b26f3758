// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/catalog.hpp"
#include "loaders/schema/engine/pack_draft.hpp"

#include <span>

/// Indexes in words, in SQL and as steps of a pack.
namespace ingot::schema {

/// "a, b desc" as messages and packs say keys.
std::vector<std::string> key_words(std::span<const Key> keys);
std::string joined_words(const std::vector<std::string>& words);

/// "(a, b)", with its predicate.
std::string index_words(const Index& index);

/// Whether indexes of the table can be built and dropped without blocking writes: not those of a
/// partitioned table, and SQLite has no such thing.
bool allows_concurrently(const Catalog& catalog, std::string_view table);

/// DROP INDEX, without blocking where the database can.
std::string drop_index_sql(const Catalog& catalog, const Target& target, const Index& index);

/// ALTER INDEX … RENAME; empty in SQLite, which cannot.
std::string rename_index_sql(const Target& target, const Index& index, const std::string& to);

/// The definition as a statement that does not block writes.
std::string build_again_sql(const Target& target, const Index& index);

DraftStep create_index_step(const Index& index, bool concurrently);
DraftStep drop_index_step(const Catalog& catalog, const Index& index);
DraftStep rename_index_step(const Index& index, const std::string& to);
DraftStep rename_constraint_step(const Constraint& constraint, const std::string& to);

/// Whether rows that one index finds the other finds by the same keys: method, the keys as far as
/// `keys` go, predicate.
bool same_beginning(const Index& index, const Index& other, std::size_t keys);

/// Whether the index helps to find rows by these columns: they are its first keys, in any order.
bool serves(const Index& index, const std::vector<std::string>& columns);

}  // namespace ingot::schema
