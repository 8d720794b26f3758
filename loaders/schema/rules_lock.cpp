// SPDX-License-Identifier: MIT
#include "loaders/schema/lint_rule.hpp"

#include "pipeline/model/text.hpp"

namespace ingot::lint {
namespace {

using namespace sql;

void index_not_concurrent(const Look& look) {
    const auto* index = look.as<CreateIndex>();
    if (index != nullptr && !index->concurrently && look.is_in_use(index->table))
        look.report(look.first(), "this blocks every write to " + index->table.key() +
                                      " until the index is built");
}

void drop_index_not_concurrent(const Look& look) {
    const auto* drop = look.as<Drop>();
    if (drop == nullptr || drop->kind != "INDEX" || drop->concurrently || drop->names.empty())
        return;
    const Relation* index = look.before.relation(drop->names[0].key());
    if (index != nullptr && !look.is_in_use({.name = index->table})) return;
    look.report(look.first(), "this waits for, and then blocks, all readers and writers of the "
                              "table of " +
                                  drop->names[0].key());
}

void concurrently_in_transaction(const Look& look) {
    if (!look.in_transaction()) return;
    const auto* index = look.as<CreateIndex>();
    const auto* drop = look.as<Drop>();
    const bool reindexes =
        look.starts_with("REINDEX") && contains_word(look.statement.tokens, "CONCURRENTLY");
    const auto* alter = look.alter_table();
    const bool detaches = alter != nullptr && !alter->changes.empty() &&
                          Cursor(alter->changes[0].tokens).sees("DETACH PARTITION") &&
                          contains_word(alter->changes[0].tokens, "CONCURRENTLY");
    if ((index != nullptr && index->concurrently) || (drop != nullptr && drop->concurrently) ||
        reindexes || detaches)
        look.report(
            look.first(),
            excerpt(Tokens(look.statement.tokens)
                        .subspan(0, std::min<std::size_t>(look.statement.tokens.size(), 6))) +
                " stands inside a " + (look.statement.in_body ? "function" : "transaction"));
}

void not_in_transaction(const Look& look) {
    if (!look.in_transaction()) return;
    for (const char* words : {"VACUUM", "CREATE DATABASE", "DROP DATABASE", "ALTER SYSTEM",
                              "CREATE TABLESPACE", "DROP TABLESPACE"})
        if (look.starts_with(words))
            look.report(look.first(), std::string(words) + " cannot run inside a transaction");
}

void concurrently_in_batch(const Look& look) {
    const auto* index = look.as<CreateIndex>();
    const auto* drop = look.as<Drop>();
    const bool concurrent =
        (index != nullptr && index->concurrently) || (drop != nullptr && drop->concurrently);
    if (concurrent && !look.in_transaction() && look.session.statements > 0)
        look.report(look.first(), "other statements stand in the same file");
}

void concurrently_waits(const Look& look) {
    const auto* index = look.as<CreateIndex>();
    if (index != nullptr && index->concurrently && !look.session.has_lock_timeout() &&
        !look.options.lock_timeout)
        look.report(look.first(), "this waits, without a bound, for every transaction that is open "
                                  "anywhere in the database");
}

void constraint_not_valid(const Look& look) {
    const auto* alter = look.alter_table();
    if (alter == nullptr || !look.is_in_use(alter->name)) return;
    const std::string table = alter->name.key();
    for (const TableChange& change : alter->changes) {
        const Constraint& constraint = change.constraint;
        const bool foreign = constraint.kind == ConstraintKind::foreign;
        if (change.change == Change::add_constraint && !constraint.not_valid &&
            (foreign || constraint.kind == ConstraintKind::check))
            look.report(change.tokens[0], std::string(foreign ? "FOREIGN KEY" : "CHECK") +
                                              " without NOT VALID reads all of " + table +
                                              " under its lock");
        if (change.change != Change::add_column) continue;
        for (const Constraint& own : change.column.constraints)
            if (own.kind == ConstraintKind::foreign && own.target)
                look.report(own.token, "REFERENCES in ADD COLUMN locks " + table + " and " +
                                           own.target->key() + " against all writes at once");
            else if (own.kind == ConstraintKind::check)
                look.report(own.token,
                            "CHECK in ADD COLUMN reads all of " + table + " under its lock");
    }
}

void unique_locks(const Look& look) {
    const auto* alter = look.alter_table();
    if (alter == nullptr || !look.is_in_use(alter->name)) return;
    for (const TableChange& change : alter->changes) {
        const Constraint& constraint = change.constraint;
        const bool builds = constraint.kind != ConstraintKind::check &&
                            constraint.kind != ConstraintKind::foreign && !constraint.using_index;
        if (change.change == Change::add_constraint && builds)
            look.report(change.tokens[0],
                        "this builds an index while nobody can read " + alter->name.key());
        if (change.change != Change::add_column) continue;
        for (const Constraint& own : change.column.constraints)
            if (own.kind == ConstraintKind::unique || own.kind == ConstraintKind::primary)
                look.report(own.token,
                            "this builds an index while nobody can read " + alter->name.key());
    }
}

void validate_same_transaction(const Look& look) {
    const auto* alter = look.alter_table();
    if (alter == nullptr || !look.in_transaction()) return;
    for (const TableChange& change : alter->changes)
        if (change.change == Change::validate && look.session.not_valid.contains(change.name))
            look.report(change.tokens[0], change.name + " was added in this very transaction, "
                                                        "which still holds its lock");
}

void set_not_null(const Look& look) {
    const auto* alter = look.alter_table();
    if (alter == nullptr || !look.is_in_use(alter->name)) return;
    const TableFacts* facts = look.before.table(alter->name.key());
    for (const TableChange& change : alter->changes) {
        if (change.change != Change::set_not_null) continue;
        if (facts != nullptr && facts->not_null_checks.contains(change.name)) continue;
        const ColumnFacts* column = look.before.column(alter->name.key(), change.name);
        const bool unfilled = column == nullptr || !column->has_default;
        look.report(change.tokens[0], "SET NOT NULL reads all of " + alter->name.key() +
                                          " while nobody can use it" +
                                          (unfilled ? "; and code that does not write " +
                                                          change.name + " yet fails from then on"
                                                    : ""));
    }
}

/// The table that a statement locks against readers or writers; empty: none that is in use.
std::string strongly_locked(const Look& look) {
    if (const auto* alter = look.alter_table())
        return look.is_in_use(alter->name) ? alter->name.key() : std::string();
    if (const auto* index = look.as<CreateIndex>())
        return !index->concurrently && look.is_in_use(index->table) ? index->table.key()
                                                                    : std::string();
    if (const auto* drop = look.as<Drop>())
        for (const Name& name : drop->names)
            if (!drop->concurrently && look.is_in_use(name) &&
                (drop->kind == "TABLE" || drop->kind == "INDEX" || drop->kind.ends_with("VIEW")))
                return name.key();
    if (const auto* write = look.as<Write>())
        if (write->kind == Write::Kind::truncate && look.is_in_use(write->table))
            return write->table.key();
    if (look.starts_with("CLUSTER") || look.starts_with("VACUUM FULL") ||
        look.starts_with("LOCK TABLE"))
        return "its table";
    return {};
}

void missing_lock_timeout(const Look& look) {
    if (look.options.lock_timeout || look.session.has_lock_timeout() || look.statement.in_body)
        return;
    const std::string table = strongly_locked(look);
    if (!table.empty())
        look.report(look.first(), "no lock_timeout is set before " + table + " is locked");
}

void fill_under_lock(const Look& look) {
    const auto* write = look.as<Write>();
    if (write == nullptr || write->kind == Write::Kind::truncate || !look.in_transaction()) return;
    if (look.session.locked.contains(write->table.key()) && look.is_in_use(write->table))
        look.report(look.first(), write->table.key() + " was altered in this transaction: nobody "
                                                       "reads it until all rows are written");
}

void refresh_not_concurrent(const Look& look) {
    if (look.starts_with("REFRESH MATERIALIZED VIEW") &&
        !look.starts_with("REFRESH MATERIALIZED VIEW CONCURRENTLY"))
        look.report(look.first(), "nobody can read the view while it is refreshed");
}

constexpr Rule kRules[] = {
    {"index-not-concurrent", Severity::warning, For::postgres,
     "CREATE INDEX holds a SHARE lock on the table: inserts, updates and deletes wait for the "
     "whole "
     "build.",
     "CREATE INDEX CONCURRENTLY, alone and outside a transaction; afterwards look at indisvalid.",
     "CREATE INDEX a_b ON a (b);\n",
     "SET lock_timeout = '2s';\nCREATE INDEX CONCURRENTLY a_b ON a (b);\n", index_not_concurrent},
    {"drop-index-not-concurrent", Severity::warning, For::postgres,
     "DROP INDEX takes ACCESS EXCLUSIVE on the table: it queues behind readers, and everybody "
     "queues behind it.",
     "DROP INDEX CONCURRENTLY, alone and outside a transaction.", "DROP INDEX a_b;\n",
     "DROP INDEX CONCURRENTLY a_b;\n", drop_index_not_concurrent},
    {"concurrently-in-transaction", Severity::error, For::postgres,
     "PostgreSQL refuses it (25001). The rest of the transaction then fails with 25P02 and COMMIT "
     "becomes ROLLBACK; psql still ends with exit code 0.",
     "Send the statement alone, without BEGIN, on a connection in autocommit mode.",
     "BEGIN;\nCREATE INDEX CONCURRENTLY a_b ON a (b);\nCOMMIT;\n",
     "CREATE INDEX CONCURRENTLY a_b ON a (b);\n", concurrently_in_transaction},
    {"not-in-transaction", Severity::error, For::postgres,
     "PostgreSQL refuses the statement inside a transaction, and the whole transaction is undone.",
     "Send it alone, without BEGIN.", "BEGIN;\nVACUUM a;\nCOMMIT;\n", "VACUUM a;\n",
     not_in_transaction},
    {"concurrently-in-batch", Severity::note, For::postgres,
     "A driver that sends the file as one string makes one implicit transaction of it, where "
     "CONCURRENTLY is refused. psql sends statements singly.",
     "A file of its own for each such statement, or a runner that sends them singly.",
     "SELECT 1;\nCREATE INDEX CONCURRENTLY a_b ON a (b);\n",
     "CREATE INDEX CONCURRENTLY a_b ON a (b);\n", concurrently_in_batch},
    {"concurrently-without-timeout", Severity::note, For::postgres,
     "CREATE INDEX CONCURRENTLY waits for all older transactions; one that is idle holds it up for "
     "ever, and what is cancelled leaves an INVALID index behind.",
     "SET lock_timeout before it, list the blockers when it fails, drop the INVALID index, retry.",
     "CREATE INDEX CONCURRENTLY a_b ON a (b);\n",
     "SET lock_timeout = '5s';\nCREATE INDEX CONCURRENTLY a_b ON a (b);\n", concurrently_waits,
     true},
    {"constraint-not-valid", Severity::warning, For::postgres,
     "Every row is checked while the lock blocks writes (a CHECK: reads too; a foreign key: the "
     "table it names too).",
     "The column alone first; then ADD CONSTRAINT … NOT VALID; then, in another transaction, "
     "VALIDATE CONSTRAINT.",
     "ALTER TABLE a ADD CONSTRAINT a_b CHECK (b > 0);\n",
     "ALTER TABLE a ADD CONSTRAINT a_b CHECK (b > 0) NOT VALID;\n", constraint_not_valid},
    {"unique-locks", Severity::warning, For::postgres,
     "ADD UNIQUE, PRIMARY KEY and EXCLUDE build their index under ACCESS EXCLUSIVE.",
     "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX.",
     "ALTER TABLE a ADD CONSTRAINT a_b UNIQUE (b);\n",
     "ALTER TABLE a ADD CONSTRAINT a_b UNIQUE USING INDEX a_b_unique;\n", unique_locks},
    {"validate-same-transaction", Severity::warning, For::postgres,
     "The lock of ADD CONSTRAINT … NOT VALID is held until COMMIT, so the validation scans under "
     "it: "
     "as if NOT VALID were not there.",
     "COMMIT between the two.",
     "BEGIN;\nALTER TABLE a ADD CONSTRAINT c CHECK (b > 0) NOT VALID;\nALTER TABLE a VALIDATE "
     "CONSTRAINT c;\nCOMMIT;\n",
     "ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0) NOT VALID;\nALTER TABLE a VALIDATE CONSTRAINT "
     "c;\n",
     validate_same_transaction},
    {"set-not-null", Severity::warning, For::postgres,
     "The scan for NULLs runs under ACCESS EXCLUSIVE.",
     "ADD CONSTRAINT … CHECK (column IS NOT NULL) NOT VALID; VALIDATE CONSTRAINT; SET NOT NULL "
     "(the "
     "check proves it, no scan); DROP CONSTRAINT.",
     "ALTER TABLE a ALTER COLUMN b SET NOT NULL;\n",
     "ALTER TABLE a ADD CONSTRAINT c CHECK (b IS NOT NULL) NOT VALID;\nALTER TABLE a VALIDATE "
     "CONSTRAINT c;\nALTER TABLE a ALTER COLUMN b SET NOT NULL;\n",
     set_not_null},
    {"missing-lock-timeout", Severity::warning, For::postgres,
     "The statement queues behind the longest reader, and every later query queues behind it: an "
     "outage as long as that reader.",
     "SET lock_timeout = '2s' (SET LOCAL in a transaction), and retry when it fails.",
     "ALTER TABLE a ADD COLUMN b integer;\n",
     "SET lock_timeout = '2s';\nALTER TABLE a ADD COLUMN b integer;\n", missing_lock_timeout, true},
    {"fill-under-lock", Severity::warning, For::postgres,
     "ALTER TABLE's lock is held until COMMIT, so readers wait for the whole fill.",
     "COMMIT the ALTER first; then fill in batches, each in a transaction of its own.",
     "BEGIN;\nALTER TABLE a ADD COLUMN b integer;\nUPDATE a SET b = 1 WHERE c;\nCOMMIT;\n",
     "BEGIN;\nALTER TABLE a ADD COLUMN b integer;\nCOMMIT;\nUPDATE a SET b = 1 WHERE c;\n",
     fill_under_lock},
    {"refresh-not-concurrent", Severity::warning, For::postgres,
     "REFRESH MATERIALIZED VIEW takes ACCESS EXCLUSIVE on the view for as long as its query runs.",
     "REFRESH MATERIALIZED VIEW CONCURRENTLY, with a unique index on plain columns.",
     "REFRESH MATERIALIZED VIEW v;\n", "REFRESH MATERIALIZED VIEW CONCURRENTLY v;\n",
     refresh_not_concurrent},
};

}  // namespace

std::span<const Rule> lock_rules() { return kRules; }

}  // namespace ingot::lint
