// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/engine/catalog.hpp"

namespace ingot::schema {

/// Both read what the target's database says of the target's schema.
Catalog read_postgres_catalog(Target& target);
Catalog read_sqlite_catalog(Target& target);

/// Adds indexes and constraints; the relations are there already.
void read_postgres_keys(Target& target, Catalog& catalog);
void read_sqlite_keys(Target& target, Catalog& catalog);

/// One of engine/queries/<name>.sql for the target's schema.
Rows catalog_rows(Target& target, std::string_view name);

/// A row of an answer, read from left to right.
class Cells {
public:
    explicit Cells(const std::vector<std::optional<std::string>>& row) : row_(row) {}

    /// Empty for NULL.
    std::string text() { return maybe().value_or(""); }
    std::optional<std::string> maybe() { return row_.at(next_++); }
    bool flag();
    std::int64_t number();
    /// Of texts that chr(31) divides.
    std::vector<std::string> list();

private:
    const std::vector<std::optional<std::string>>& row_;
    std::size_t next_ = 0;
};

}  // namespace ingot::schema
