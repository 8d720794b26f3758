// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/rehearsal_copy.hpp"

#include "loaders/schema/engine/catalog_readers.hpp"
#include "loaders/schema/engine/definition_text.hpp"
#include "loaders/schema/engine/object_graph.hpp"
#include "loaders/schema/engine/row_sample.hpp"
#include "loaders/schema/engine/subprocess.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <boost/filesystem.hpp>

namespace ingot::schema {
namespace {

namespace fs = boost::filesystem;

constexpr std::array<const char*, 3> kLedgerTables{"schema_migrations", "migration_journal",
                                                   "migration_log"};

/// One moment of the database that nobody can write in, as long as it lives.
class Reading {
public:
    explicit Reading(Target& target) : target_(target) {
        if (target_.dialect() == Dialect::sqlite) {
            target_.execute("PRAGMA query_only = ON");
            return;
        }
        target_.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE "
                        "READ, READ ONLY");
        target_.begin();
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    ~Reading() {
        target_.rollback();
        try {
            target_.execute(target_.dialect() == Dialect::sqlite
                                ? "PRAGMA query_only = OFF"
                                : "RESET default_transaction_isolation");
            if (target_.dialect() == Dialect::postgres)
                target_.execute("RESET default_transaction_read_only");
        } catch (const std::exception&) {  // the connection is gone, and its settings with it
        }
    }

private:
    Target& target_;
};

/// The text of values depends on these.
void agree_on_text(Target& target) {
    for (const char* setting :
         {"DateStyle = 'ISO, YMD'", "IntervalStyle = 'postgres'", "extra_float_digits = 1",
          "bytea_output = 'hex'", "lc_monetary = 'C'", "xmloption = 'content'"})
        target.execute(std::string("SET ") + setting);
}

/// A file that is gone with the object.
struct TemporaryFile {
    const fs::path path = fs::temp_directory_path() / fs::unique_path("ingot-%%%%-%%%%-%%%%.dump");
    TemporaryFile() = default;
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        boost::system::error_code none;
        fs::remove(path, none);
    }
};

/// Makes the copy of a PostgreSQL database, part by part.
class PostgresCopy {
public:
    PostgresCopy(Target& target, const CopySettings& settings, RehearsalCopy& copy)
        : target_(target), settings_(settings), copy_(copy),
          version_(static_cast<int>(target.number("SHOW server_version_num")) / 10'000) {
        for (const auto& row : catalog_rows(target, "needed_schemas"))
            schemas_.push_back(row[0].value_or(""));
    }

    void make() {
        const TemporaryFile dump;
        dump_definitions(dump.path.string());
        for (const std::string& schema : schemas_)
            copy_.target->execute("CREATE SCHEMA IF NOT EXISTS " + identifier(schema));
        restore("pre-data", dump.path.string());
        agree_on_text(target_);
        agree_on_text(*copy_.target);
        copy_tables();
        for (const auto& row : rows_for_schemas(target_, "sequence_positions", schemas_))
            copy_.target->query(row[0].value_or(""));
        restore("post-data", dump.path.string());
        // Those that were filled when they were copied, the oldest first: one may read another.
        for (const auto& row : rows_for_schemas(target_, "filled_views", schemas_))
            copy_.target->execute("REFRESH MATERIALIZED VIEW " + row[0].value_or(""));
        compare();
    }

private:
    void dump_definitions(const std::string& file) const {
        std::vector<std::string> arguments{
            "--format=custom", "--schema-only", "--lock-wait-timeout=10s",
            "--snapshot=" + target_.ask("SELECT pg_export_snapshot()"), "--file=" + file};
        for (const std::string& schema : schemas_)
            arguments.push_back("--schema=" + identifier(schema));
        const Ending ending =
            run_postgres_program(postgres_program("pg_dump", version_), std::move(arguments),
                                 settings_.place, target_.while_waiting);
        if (ending.exit_code != 0)
            throw RunError(Exit::failed, "the database cannot be copied: " + ending.errors);
    }

    /// What fails here shows when the definitions are compared.
    void restore(const std::string& section, const std::string& file) {
        const Ending ending = run_postgres_program(
            postgres_program("pg_restore", version_),
            {"--section=" + section, "--no-owner", "--no-acl", "--no-publications",
             "--no-subscriptions", "--no-security-labels", file},
            copy_.scratch.where(), target_.while_waiting);
        if (ending.exit_code != 0) errors_ += (errors_.empty() ? "" : "\n") + ending.errors;
    }

    bool is_ledger(const SampledTable& table) const {
        return table.schema == settings_.ledger_schema &&
               std::ranges::find(kLedgerTables, table.name) != kLedgerTables.end();
    }

    void copy_tables() {
        for (const SampledTable& table : take_sample(target_, schemas_, settings_.rows)) {
            if (is_ledger(table)) continue;
            const std::int64_t rows = copy_sample(target_, *copy_.target, table);
            const bool is_ours = table.schema == target_.schema();
            if (is_ours || rows > 0)
                copy_.sample.push_back(
                    {is_ours ? table.name : table.schema + "." + table.name, rows, 0});
        }
    }

    void compare() {
        copy_.complaints = changes(lasting_definitions(describe(read_catalog(target_))),
                                   lasting_definitions(describe(read_catalog(*copy_.target))));
        if (!copy_.complaints.empty() && !errors_.empty()) copy_.complaints.push_back(errors_);
    }

    Target& target_;
    const CopySettings& settings_;
    RehearsalCopy& copy_;
    int version_;
    std::vector<std::string> schemas_;
    std::string errors_;
};

/// Keys of rows that are kept for a way back are needed where that is still to go on.
std::string condition_for(const std::string& table, const Plan& plan) {
    std::string condition = "pack = " + literal(plan.pack);
    if (table != "migration_journal" || plan.applied.empty()) return condition;
    std::string versions;
    for (const AppliedMigration& each : plan.applied)
        versions += (versions.empty() ? "" : ", ") + std::to_string(each.version);
    return condition + " AND (row_key IS NULL OR object = 'taken back' OR version NOT IN (" +
           versions + "))";
}

void copy_ledger(Target& target, const CopySettings& settings, RehearsalCopy& copy) {
    for (const SampledTable& table : take_sample(target, {settings.ledger_schema}, std::nullopt))
        if (std::ranges::find(kLedgerTables, table.name) != kLedgerTables.end())
            copy_rows(target, *copy.target, table, condition_for(table.name, copy.plan));
}

}  // namespace

RehearsalCopy copy_for_rehearsal(const Pack& pack, Target& target, Ledger& ledger,
                                 const Selection& selection, const CopySettings& settings) {
    const Reading reading(target);
    const bool is_sqlite = target.dialect() == Dialect::sqlite;
    Plan plan = make_plan(pack, target, ledger, selection);
    require_no_drift(plan);
    RehearsalCopy copy{.scratch = is_sqlite ? ScratchDatabase::copy_of(settings.place)
                                            : ScratchDatabase::on_server(settings.place),
                       .target = {},
                       .ledger = {},
                       .plan = std::move(plan)};
    copy.target = copy.scratch.open(target.schema());
    copy.target->while_waiting = target.while_waiting;
    copy.identity = identity_of(target);
    if (is_sqlite) {
        for (const auto& [name, relation] : read_catalog(*copy.target).relations)
            if (relation.is_table()) copy.sample.push_back({name, relation.rows, 0});
    } else {
        PostgresCopy(target, settings, copy).make();
    }
    copy.ledger = std::make_unique<Ledger>(*copy.target, settings.ledger_schema, pack.name);
    copy.ledger->create();
    if (!is_sqlite && ledger.exists()) copy_ledger(target, settings, copy);
    return copy;
}

std::string identity_of(Target& target) {
    return target.dialect() == Dialect::sqlite ? "sqlite:" + fs::canonical(target.name()).string()
                                               : database_identity(target) + "/" + target.schema();
}

std::vector<std::string> changes(const std::vector<std::string>& before,
                                 const std::vector<std::string>& after) {
    std::vector<std::string> lines, found;
    std::ranges::set_difference(before, after, std::back_inserter(lines));
    for (const std::string& line : lines) found.push_back("- " + line);
    lines.clear();
    std::ranges::set_difference(after, before, std::back_inserter(lines));
    for (const std::string& line : lines) found.push_back("+ " + line);
    return found;
}

}  // namespace ingot::schema
