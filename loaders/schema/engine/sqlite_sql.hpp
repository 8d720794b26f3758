// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/sql_meaning.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What only the text of a CREATE statement says: SQLite keeps it and tells few parts of it otherwise.
namespace ingot::schema {

/// One statement, with the text that its tokens point into.
class ParsedSql {
public:
    explicit ParsedSql(std::string text);
    ParsedSql(const ParsedSql&) = delete;
    ParsedSql& operator=(const ParsedSql&) = delete;

    const sql::Statement& statement() const { return statement_; }
    const sql::Meaning& meaning() const { return meaning_; }
    /// The elements between the first brackets: columns and constraints, or the keys of an index.
    std::vector<sql::Tokens> elements() const;

private:
    std::string text_;
    sql::Statement statement_;
    sql::Meaning meaning_;
};

/// The tokens as they were written, with what stands between them.
std::string written(sql::Tokens tokens);

/// The key of an index without COLLATE, ASC and DESC.
sql::Tokens without_order(sql::Tokens key);

/// Column → collation, where CREATE TABLE names one.
std::map<std::string, std::string> collations_of(const ParsedSql& table);

}  // namespace ingot::schema
