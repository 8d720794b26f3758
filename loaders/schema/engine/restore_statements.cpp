// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/restore_statements.hpp"

namespace ingot::schema {
namespace {

/// The tables that a foreign key joins, as its definition has them.
std::set<ObjectId> ends_of(const CatalogObject& key) {
    const std::string& words = key.definition;
    return {relation_id(words.substr(0, words.find(' '))),
            relation_id(words.substr(words.rfind(' ') + 1))};
}

std::string kind_of(const CatalogObject& object) {
    if (!object.is_relation()) return object.kind == "type" ? "TYPE" : "ROUTINE";
    if (object.is_table()) return "TABLE";
    switch (object.kind.at(0)) {
        case 'v': return "VIEW";
        case 'm': return "MATERIALIZED VIEW";
        case 'S': return "SEQUENCE";
        default: return "INDEX";
    }
}

}  // namespace

Kept kept_foreign_key(Target& target, const CatalogObject& key, const Objects& then) {
    const auto row =
        target
            .query("SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(k.oid),"
                   " confrelid::regclass, confrelid, conname, relname FROM pg_constraint k"
                   " JOIN pg_class c ON c.oid = conrelid WHERE k.oid = " +
                   key.id.second)
            .at(0);
    std::string definition = *row[2];
    const std::string now = " REFERENCES " + *row[3] + "(";
    const auto before = then.find(relation_id(*row[4]));
    const std::size_t at = definition.find(now);
    if (at != std::string::npos && before != then.end())
        definition.replace(at, now.size(), " REFERENCES " + before->second.identity + "(");
    return {.statement = "ALTER TABLE " + *row[0] + " ADD CONSTRAINT " + *row[1] + " " + definition,
            .line_start = "constraint " + *row[5] + " on " + *row[6] + ": "};
}

Kept kept_default(Target& target, const CatalogObject& value) {
    const auto row =
        target
            .query("SELECT adrelid::regclass, quote_ident(attname), pg_get_expr(adbin, adrelid),"
                   " relname, attname FROM pg_attrdef d JOIN pg_class c ON c.oid = adrelid"
                   " JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE d.oid = " +
                   value.id.second)
            .at(0);
    return {.statement =
                "ALTER TABLE " + *row[0] + " ALTER COLUMN " + *row[1] + " SET DEFAULT " + *row[2],
            .line_start = "column " + *row[3] + "." + *row[4] + " "};
}

std::string drop_statement(const CatalogObject& object) {
    return "DROP " + kind_of(object) + " IF EXISTS " + object.identity + " CASCADE";
}

std::vector<std::string> lock_statements(Target& target, const std::vector<CatalogObject>& dropped,
                                         const std::vector<CatalogObject>& then) {
    std::vector<std::string> statements;
    std::set<ObjectId> others;
    for (const auto& objects : {dropped, then})
        for (const CatalogObject& object : objects)
            if (object.is_foreign_key()) others.merge(ends_of(object));
    for (const CatalogObject& object : dropped) {
        others.erase(object.id);
        if (object.is_table())
            statements.push_back("LOCK TABLE " + object.identity + " IN ACCESS EXCLUSIVE MODE");
    }
    for (const CatalogObject& other : objects_with(target, others))
        if (other.is_table())
            statements.push_back("LOCK TABLE " + other.identity + " IN SHARE ROW EXCLUSIVE MODE");
    return statements;
}

}  // namespace ingot::schema
