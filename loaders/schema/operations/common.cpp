// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"

#include "loaders/schema/sql_lexer.hpp"

#include <algorithm>

namespace ingot::schema {

std::string_view name_of(State state) {
    switch (state) {
        case State::done: return "done";
        case State::to_do: return "to do";
        case State::covered: return "covered";
        case State::conflict: return "conflict";
        case State::impossible: return "impossible";
    }
    return "";
}

std::string_view name_of(Effort effort) {
    switch (effort) {
        case Effort::catalog: return "catalog only";
        case Effort::scan: return "scans";
        case Effort::rewrite: return "rewrites";
        case Effort::build: return "builds";
        case Effort::rows: return "changes rows";
    }
    return "";
}

Assessment done(std::string why) { return {State::done, std::move(why), {}}; }
Assessment covered(std::string why) { return {State::covered, std::move(why), {}}; }
Assessment conflict(std::string why) { return {State::conflict, std::move(why), {}}; }
Assessment impossible(std::string why) { return {State::impossible, std::move(why), {}}; }
Assessment to_do(std::string why, std::vector<Action> actions) {
    return {State::to_do, std::move(why), std::move(actions)};
}

std::optional<Assessment> unusable_table(const Context& context, const std::string& table) {
    const Relation* relation = context.catalog.relation(table);
    if (relation == nullptr)
        return impossible("there is no table " + table + " in " + context.catalog.schema);
    if (!relation->is_table())
        return impossible(table + " is " + context.catalog.holder_of(table) + ", not a table");
    if (!relation->may_change)
        return impossible("the table " + table + " belongs to " + relation->owner +
                          "; connect as its owner");
    return std::nullopt;
}

std::optional<Assessment> missing_column(const Context& context, const std::string& table,
                                         const std::vector<std::string>& columns) {
    for (const std::string& column : columns)
        if (context.catalog.column(table, column) == nullptr)
            return impossible("the table " + table + " has no column " + column);
    return std::nullopt;
}

std::optional<Assessment> taken_name(const Context& context, const std::string& name) {
    const std::string holder = context.catalog.holder_of(name);
    if (holder.empty()) return std::nullopt;
    const Index* index = context.catalog.index(name);
    const std::string what = index == nullptr ? "" : ": " + index->definition;
    return conflict("the name " + name + " belongs to " + holder + what);
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : std::string(between)) + text;
    return out;
}

std::string identifiers(const std::vector<std::string>& names) {
    std::vector<std::string> all;
    for (const std::string& name : names) all.push_back(identifier(name));
    return joined(all);
}

Lock lock(std::string level, const std::string& kind, const std::string& name) {
    return {std::move(level), kind + " " + name};
}

bool is_new(const Context& context, const std::string& table) {
    const Relation* relation = context.catalog.relation(table);
    return relation != nullptr && relation->planned && relation->stored_name.empty();
}

std::string rows_of(const Context& context, const std::string& table) {
    const Relation* relation = context.catalog.relation(table);
    if (relation == nullptr) return context.quoted_relation(table);
    const bool fresh = is_new(context, table);
    std::string extra;
    for (const Column& column : relation->columns)
        if (fresh || column.planned)
            extra += (extra.empty() ? "" : ", ") + std::string("CAST(NULL AS ") + column.type +
                     ") AS " + identifier(column.name);
    const std::string stored = relation->stored_name.empty() ? table : relation->stored_name;
    if (fresh) return "(SELECT " + extra + ") AS " + identifier(table);
    return "(SELECT *" + (extra.empty() ? "" : ", " + extra) + " FROM " +
           context.quoted_relation(stored) + ") AS " + identifier(table);
}

bool nothing_is_planned(const Catalog& catalog) {
    return std::ranges::none_of(catalog.relations, [](const auto& each) {
        const Relation& relation = each.second;
        return relation.planned || std::ranges::any_of(relation.columns, &Column::planned);
    });
}

std::vector<std::string> rights_and_comment(const Context& context, const std::string& kind,
                                            const std::string& name) {
    std::vector<std::string> statements;
    if (context.catalog.dialect == Dialect::sqlite) return statements;
    const Relation* relation = context.catalog.relation(name);
    const Index* index = context.catalog.index(name);
    // What an earlier step of the plan makes has none of these yet.
    if ((relation == nullptr || relation->planned) && (index == nullptr || index->planned))
        return statements;
    const std::string object = context.quoted_relation(name);
    const std::string oid = literal(object) + "::regclass";
    for (const auto& row : context.target.query(
             "SELECT format('ALTER %s %s OWNER TO %I', " + literal(kind) + ", " + literal(object) +
             ", pg_get_userbyid(relowner)) FROM pg_class WHERE oid = " + oid +
             " AND relowner <> (SELECT oid FROM pg_roles WHERE rolname = current_user) AND relkind "
             "<> 'i'"
             " UNION ALL SELECT format('GRANT %s ON %s TO %s%s', privilege_type, " +
             literal(object) +
             ", CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END, "
             "CASE "
             "WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) FROM pg_class, "
             "aclexplode(relacl) WHERE pg_class.oid = " +
             oid +
             " AND grantee <> relowner"
             " UNION ALL SELECT format('COMMENT ON %s %s IS %L', " +
             literal(kind) + ", " + literal(object) + ", obj_description(" + oid +
             ")) WHERE obj_description(" + oid + ") IS NOT NULL"))
        statements.push_back(row[0].value_or(""));
    return statements;
}

Explained explain(const Context& context, const std::string& query) {
    const bool sqlite = context.catalog.dialect == Dialect::sqlite;
    Explained explained;
    const auto rows = context.target.try_query(
        (sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (VERBOSE, COSTS OFF) ") + query,
        explained.error);
    if (rows)
        for (const auto& row : *rows) explained.plan += row.back().value_or("") + "\n";
    return explained;
}

std::string condition_error(const Context& context, const std::string& table,
                            const std::string& condition) {
    return explain(context, "SELECT 1 FROM " + rows_of(context, table) + " WHERE " + condition)
        .error;
}

bool same_expression(const Context& context, const std::string& table, const std::string& a,
                     const std::string& b) {
    const Dialect dialect = context.catalog.dialect;
    if (normalized("(" + a + ")", dialect) == normalized(b, dialect)) return true;
    if (normalized(a, dialect) == normalized(b, dialect)) return true;
    if (dialect == Dialect::sqlite) return false;
    const auto plan = [&](const std::string& expression) {
        return explain(context, "SELECT (" + expression + ") AS key FROM (SELECT * FROM " +
                                    rows_of(context, table) + " OFFSET 0) AS " + identifier(table));
    };
    const Explained first = plan(a);
    return first.error.empty() && first.plan == plan(b).plan;
}

bool same_condition(const Context& context, const std::string& table, const std::string& a,
                    const std::string& b) {
    const Dialect dialect = context.catalog.dialect;
    if (normalized(a, dialect) == normalized(b, dialect)) return true;
    if (dialect == Dialect::sqlite) return false;
    // The planner brings both into one form; OFFSET keeps it from choosing an index for one of them.
    const auto plan = [&](const std::string& condition) {
        return explain(context, "SELECT 1 FROM (SELECT * FROM " + rows_of(context, table) +
                                    " OFFSET 0) AS " + identifier(table) + " WHERE " + condition);
    };
    const Explained first = plan(a);
    const Explained second = plan(b);
    return first.error.empty() && second.error.empty() && first.plan == second.plan;
}

bool same_value(const Context& context, const std::string& a, const std::string& b,
                const std::string& type) {
    const Dialect dialect = context.catalog.dialect;
    if (normalized(a, dialect) == normalized(b, dialect)) return true;
    if (dialect == Dialect::sqlite) return false;
    const auto plan = [&](const std::string& value) {
        return explain(context, "SELECT CAST((" + value + ") AS " + type + ")");
    };
    const Explained first = plan(a);
    return first.error.empty() && first.plan == plan(b).plan;
}

std::string canonical_type(const Context& context, const std::string& type) {
    if (context.catalog.dialect == Dialect::sqlite) return normalized(type, Dialect::sqlite);
    const Explained explained = explain(context, "SELECT NULL::" + type);
    const std::string mark = "NULL::";
    const std::size_t at = explained.plan.find(mark);
    if (at == std::string::npos) return type;
    const std::size_t begin = at + mark.size();
    return explained.plan.substr(begin, explained.plan.find('\n', begin) - begin);
}

std::string normalized(const std::string& sql, Dialect dialect) {
    std::string out;
    sql::Lexer lexer(sql, dialect, sql::Place::body);
    for (sql::Token token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next())
        out += (out.empty() ? "" : " ") +
               (token.is_name() ? sql::folded(token) : std::string(token.text));
    return out;
}

}  // namespace ingot::schema
