// SPDX-License-Identifier: MIT
#include "loaders/schema/lint_rule.hpp"

namespace ingot::lint {
namespace {

using namespace sql;

void data_loss(const Look& look) {
    if (const auto* drop = look.as<Drop>();
        drop != nullptr &&
        (drop->kind == "TABLE" || drop->kind == "SCHEMA" || drop->kind == "DATABASE"))
        look.report(look.first(), "the rows of " +
                                      (drop->names.empty() ? "it" : drop->names[0].key()) +
                                      " are gone with it");
    const auto* alter = look.alter_table();
    if (alter == nullptr) return;
    for (const TableChange& change : alter->changes)
        if (change.change == Change::drop_column)
            look.report(change.tokens[0], "the values of " + alter->name.key() + "." + change.name +
                                              " are gone with it");
}

void drop_cascade(const Look& look) {
    if (const auto* drop = look.as<Drop>(); drop != nullptr && drop->cascade)
        look.report(look.first(), "CASCADE drops what this file does not name");
    if (const auto* alter = look.alter_table())
        for (const TableChange& change : alter->changes)
            if (change.cascade)
                look.report(change.tokens[0], "CASCADE drops what this file does not name");
    if (const auto* write = look.as<Write>(); write != nullptr &&
                                              write->kind == Write::Kind::truncate &&
                                              contains_word(look.statement.tokens, "CASCADE"))
        look.report(look.first(), "CASCADE empties every table with a foreign key to this one");
}

void drop_before_dependents(const Look& look) {
    const auto* drop = look.as<Drop>();
    if (drop != nullptr && !drop->cascade &&
        (drop->kind == "TABLE" || drop->kind.ends_with("VIEW")))
        for (const Name& name : drop->names) {
            const std::string needs = look.before.dependent(name.key(), {});
            if (!needs.empty() && needs != "view " + name.key())
                look.report(name.token, "the " + needs + " still needs " + name.key());
        }
    const auto* alter = look.alter_table();
    if (alter == nullptr || look.options.dialect == Dialect::sqlite) return;
    for (const TableChange& change : alter->changes) {
        if (change.change != Change::drop_column || change.cascade) continue;
        const std::string needs = look.before.dependent(alter->name.key(), change.name);
        if (!needs.empty())
            look.report(change.tokens[0],
                        "the " + needs + " still needs " + alter->name.key() + "." + change.name);
    }
}

void drop_after_owner(const Look& look) {
    const auto* drop = look.as<Drop>();
    if (drop == nullptr || drop->kind != "INDEX") return;
    for (const Name& name : drop->names) {
        const std::string table = look.before.dropped_with(name.key());
        if (!table.empty())
            look.report(name.token, name.key() + " went with its table " + table,
                        drop->if_exists ? Severity::note : Severity::error);
    }
}

constexpr Rule kRules[] = {
    {"data-loss", Severity::warning, For::both,
     "No rollback script brings dropped rows or values back.",
     "Rename it away and drop it a release later; a backup that was restored once before.",
     "DROP TABLE a;\n", "ALTER TABLE a RENAME CONSTRAINT b TO c;\n", data_loss},
    {"drop-cascade", Severity::warning, For::both,
     "CASCADE takes views, foreign keys and defaults with it that somebody else made.",
     "Name and drop the dependents yourself, views first.", "DROP VIEW a CASCADE;\n",
     "DROP VIEW a;\n", drop_cascade},
    {"drop-before-dependents", Severity::error, For::both,
     "The statement fails while a view or foreign key needs the object, and undoes its whole "
     "transaction.",
     "Dependents first: views, then foreign keys, indexes, columns, tables.",
     "CREATE VIEW v AS SELECT b FROM a;\nALTER TABLE a DROP COLUMN b;\n",
     "CREATE VIEW v AS SELECT b FROM a;\nDROP VIEW v;\nALTER TABLE a DROP COLUMN b;\n",
     drop_before_dependents},
    {"drop-after-owner", Severity::error, For::both,
     "Dropping a table drops its indexes: a later DROP INDEX does not find them.",
     "Leave it out, or drop the index before the table.",
     "CREATE TABLE a (b integer);\nCREATE INDEX i ON a (b);\nDROP TABLE a;\nDROP INDEX i;\n",
     "CREATE TABLE a (b integer);\nCREATE INDEX i ON a (b);\nDROP INDEX i;\nDROP TABLE a;\n",
     drop_after_owner},
};

}  // namespace

std::span<const Rule> drop_rules() { return kRules; }

}  // namespace ingot::lint
