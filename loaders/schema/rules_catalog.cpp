// SPDX-License-Identifier: MIT
#include "loaders/schema/lint_rule.hpp"

#include <algorithm>
#include <array>

namespace ingot::lint {
namespace {

using namespace sql;

/// Something that an extension brings.
struct Provided {
    std::string_view name;
    std::string_view extension;
};

constexpr Provided kFunctions[] = {{"gen_random_bytes", "pgcrypto"},
                                   {"digest", "pgcrypto"},
                                   {"hmac", "pgcrypto"},
                                   {"crypt", "pgcrypto"},
                                   {"gen_salt", "pgcrypto"},
                                   {"pgp_sym_encrypt", "pgcrypto"},
                                   {"pgp_sym_decrypt", "pgcrypto"},
                                   {"pgp_pub_encrypt", "pgcrypto"},
                                   {"pgp_pub_decrypt", "pgcrypto"},
                                   {"uuid_generate_v1", "uuid-ossp"},
                                   {"uuid_generate_v1mc", "uuid-ossp"},
                                   {"uuid_generate_v3", "uuid-ossp"},
                                   {"uuid_generate_v4", "uuid-ossp"},
                                   {"uuid_generate_v5", "uuid-ossp"},
                                   {"uuid_nil", "uuid-ossp"},
                                   {"similarity", "pg_trgm"},
                                   {"word_similarity", "pg_trgm"},
                                   {"show_trgm", "pg_trgm"},
                                   {"earth_distance", "earthdistance"},
                                   {"ll_to_earth", "earthdistance"},
                                   {"earth_box", "earthdistance"},
                                   {"levenshtein", "fuzzystrmatch"},
                                   {"soundex", "fuzzystrmatch"},
                                   {"metaphone", "fuzzystrmatch"},
                                   {"dmetaphone", "fuzzystrmatch"},
                                   {"unaccent", "unaccent"},
                                   {"crosstab", "tablefunc"},
                                   {"normal_rand", "tablefunc"},
                                   {"dblink", "dblink"},
                                   {"dblink_exec", "dblink"},
                                   {"st_distance", "postgis"},
                                   {"st_dwithin", "postgis"},
                                   {"st_makepoint", "postgis"},
                                   {"st_contains", "postgis"},
                                   {"st_geomfromtext", "postgis"},
                                   {"cosine_distance", "vector"}};

constexpr Provided kWords[] = {{"gin_trgm_ops", "pg_trgm"},
                               {"gist_trgm_ops", "pg_trgm"},
                               {"vector_cosine_ops", "vector"},
                               {"vector_l2_ops", "vector"},
                               {"pg_stat_statements", "pg_stat_statements"}};

constexpr Provided kTypes[] = {
    {"citext", "citext"},    {"hstore", "hstore"},     {"ltree", "ltree"}, {"vector", "vector"},
    {"geometry", "postgis"}, {"geography", "postgis"}, {"cube", "cube"}};

/// The extension that brings `token`, when the files do not create it.
std::string_view missing(const Look& look, const Token& token, std::span<const Provided> provided) {
    for (const Provided& each : provided)
        if (token.is_word(each.name))
            return look.before.has_extension(std::string(each.extension)) ? "" : each.extension;
    return {};
}

void missing_extension(const Look& look) {
    if (look.as<CreateOther>() != nullptr && look.as<CreateOther>()->kind != "TABLE" &&
        look.starts_with("CREATE EXTENSION"))
        return;
    const Tokens tokens = look.statement.tokens;
    const auto report = [&look](const Token& token, std::string_view extension) {
        if (!extension.empty())
            look.report(token, std::string(token.text) + " comes with the extension " +
                                   std::string(extension) + ", which these files do not create");
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind != TokenKind::word || tokens[i].text.size() < 4) continue;
        const bool call = i + 1 < tokens.size() && tokens[i + 1].is_symbol("(");
        report(tokens[i], missing(look, tokens[i],
                                  call ? std::span<const Provided>(kFunctions)
                                       : std::span<const Provided>(kWords)));
    }
    const auto check = [&](const ColumnDefinition& column) {
        if (!column.type_tokens.empty())
            report(column.type_tokens[0], missing(look, column.type_tokens[0], kTypes));
    };
    if (const auto* table = look.as<CreateTable>())
        for (const ColumnDefinition& column : table->columns) check(column);
    if (const auto* alter = look.alter_table())
        for (const TableChange& change : alter->changes)
            if (change.change == Change::add_column) check(change.column);
}

void new_function(const Look& look) {
    const Tokens tokens = look.statement.tokens;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
        if (tokens[i].is_word("gen_random_uuid") && tokens[i + 1].is_symbol("(") &&
            !look.before.has_extension("pgcrypto"))
            look.report(tokens[i], "gen_random_uuid() is built in since PostgreSQL 13 only");
}

bool mentions(Tokens tokens, std::string_view word) { return contains_word(tokens, word); }

/// A view of the statistics, a column that it does not have, and what it has instead.
struct WrongColumn {
    std::string_view view, column, instead;
};

constexpr WrongColumn kWrongColumns[] = {
    {"pg_stat_user_tables", "tablename", "relname"},
    {"pg_stat_all_tables", "tablename", "relname"},
    {"pg_statio_user_tables", "tablename", "relname"},
    {"pg_stat_user_indexes", "tablename", "relname"},
    {"pg_stat_user_indexes", "indexname", "indexrelname"},
    {"pg_stat_all_indexes", "indexname", "indexrelname"},
    {"pg_stat_statements", "total_time", "total_exec_time"},
    {"pg_stat_statements", "mean_time", "mean_exec_time"},
    {"pg_stat_statements", "max_time", "max_exec_time"},
    {"pg_stat_activity", "procpid", "pid"},
    {"pg_stat_activity", "current_query", "query"},
    {"pg_stat_activity", "waiting", "wait_event_type"},
};

void catalog_column(const Look& look) {
    const Tokens tokens = look.statement.tokens;
    if (std::none_of(tokens.begin(), tokens.end(), [](const Token& token) {
            return token.kind == TokenKind::word && token.text.size() > 8 &&
                   (token.text[0] | 0x20) == 'p' && token.text[2] == '_';
        }))
        return;
    for (const WrongColumn& wrong : kWrongColumns) {
        if (!mentions(tokens, wrong.view)) continue;
        for (const Token& token : tokens)
            if (token.is_word(wrong.column))
                look.report(token, std::string(wrong.view) + " has no " +
                                       std::string(wrong.column) + ", but " +
                                       std::string(wrong.instead));
    }
}

void catalog_schema(const Look& look) {
    const Tokens tokens = look.statement.tokens;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool standard = i + 2 < tokens.size() && tokens[i].is_word("information_schema") &&
                              tokens[i + 1].is_symbol(".");
        const bool view = tokens[i].is_word("pg_indexes") || tokens[i].is_word("pg_tables") ||
                          tokens[i].is_word("pg_views") || tokens[i].is_word("pg_matviews");
        if (!standard && !view) continue;
        const bool filtered = std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
            return token.kind == TokenKind::word &&
                   (token.is_word("schemaname") || token.is_word("table_schema") ||
                    token.is_word("constraint_schema") || token.is_word("schema_name"));
        });
        if (!filtered)
            look.report(tokens[i], "objects of every schema are found, also those of the system");
        return;
    }
}

void catalog_invalid(const Look& look) {
    if (contains_word(look.statement.tokens, "indisvalid")) return;
    for (const Token& token : look.statement.tokens)
        if (token.is_word("pg_indexes"))
            return look.report(token, "pg_indexes lists INVALID indexes like any other");
}

constexpr Rule kRules[] = {
    {"missing-extension", Severity::warning, For::postgres,
     "Without the extension the statement fails, in a function only when it runs.",
     "CREATE EXTENSION IF NOT EXISTS … first (it needs rights), or what is built in: "
     "gen_random_uuid(), sha256().",
     "SELECT gen_random_bytes(3);\n",
     "CREATE EXTENSION IF NOT EXISTS pgcrypto;\nSELECT gen_random_bytes(3);\n", missing_extension},
    {"new-function", Severity::note, For::postgres, "Older servers have it in pgcrypto.",
     "CREATE EXTENSION pgcrypto for servers before 13.", "SELECT gen_random_uuid();\n",
     "CREATE EXTENSION IF NOT EXISTS pgcrypto;\nSELECT gen_random_uuid();\n", new_function, true},
    {"catalog-column", Severity::error, For::postgres,
     "The column does not exist in this view of the system (any more): the query fails.",
     "The name that the message gives.", "SELECT tablename FROM pg_stat_user_tables;\n",
     "SELECT relname FROM pg_stat_user_tables;\n", catalog_column},
    {"catalog-schema", Severity::warning, For::postgres,
     "Without a schema the check counts objects of pg_catalog, information_schema and other "
     "applications: it passes where it should not.",
     "AND table_schema = 'public' (schemaname in pg_indexes), or to_regclass('public.name').",
     "SELECT 1 FROM information_schema.tables WHERE table_name = 'a';\n",
     "SELECT 1 FROM information_schema.tables WHERE table_name = 'a' AND table_schema = "
     "'public';\n",
     catalog_schema},
    {"catalog-invalid-index", Severity::warning, For::postgres,
     "A check on pg_indexes passes with an index that no query can use.",
     "pg_index, with indisvalid.", "SELECT 1 FROM pg_indexes WHERE schemaname = 'public';\n",
     "SELECT 1 FROM pg_index WHERE indisvalid;\n", catalog_invalid},
};

}  // namespace

std::span<const Rule> catalog_rules() { return kRules; }

}  // namespace ingot::lint
