// SPDX-License-Identifier: MIT
#include "pipeline/content_copies.hpp"

#include "loaders/archive_check.hpp"
#include "loaders/content.hpp"
#include "loaders/folded.hpp"
#include "loaders/ledger.hpp"
#include "pipeline/differences.hpp"
#include "pipeline/fresh.hpp"
#include "pipeline/ledger_check.hpp"
#include "pipeline/tables/tables.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <oneapi/tbb/parallel_invoke.h>

namespace ingot {
namespace {

constexpr std::size_t kMostExamples = 5;
/// Differing sources of a table that are gone through row by row.
constexpr int kMostNarrowed = 20;

class ContentCheck {
public:
    ContentCheck(Report& report, const ContentScope& scope) : report_(report), scope_(scope) {
        for (const Table* table : scope.tables)
            if (table->kind == Kind::fact) facts_.push_back(table);
    }

    void run() {
        // What needs nothing of the other: rows, segments, and the fold of what SQLite holds.
        oneapi::tbb::parallel_invoke([&] { copies_ = read_copies(scope_, facts_); },
                                     [&] { read_sqlite_segments(); }, [&] { fold_sqlite(); });
        ledger_ = read_ledger(*copies_.front().reader, scope_.workspace.id);
        settle_expected();
        std::set<std::int64_t> differing = differing_sources();
        if (scope_.options.deep)
            extract_again({});
        else if (!differing.empty())
            extract_again(std::move(differing));
        compare_ledgers();
        for (const Table* table : facts_) compare_facts(*table);
        for (Copy& copy : copies_) check_entities(copy);
        for (Copy& copy : copies_) check_segments(copy);
    }

    void read_sqlite_segments() {
        if (!scope_.with_sqlite) return;
        const auto reader = read_sqlite(sqlite_path());
        damaged_ =
            check_archive(*reader, read_ledger(*reader, scope_.workspace.id), scope_.workspace.id);
    }

    void fold_sqlite() {
        if (scope_.with_sqlite)
            folded_ =
                std::make_unique<FoldedEntities>(sqlite_path(), tables(), scope_.workspace.id);
    }

private:
    const std::string& sqlite_path() const { return scope_.options.sqlite; }

    /// What the import stored; of sources that only PostgreSQL has, what it says of them.
    void settle_expected() {
        expected_ = copies_.front().stored;
        if (copies_.size() < 2) return;
        for (const auto& [table, tallies] : copies_[1].stored)
            for (const auto& [source, tally] : tallies)
                if (ledger_.find(source) == nullptr) expected_[table].emplace(source, tally);
    }

    /// What a copy should have of a source: SQLite nothing of those that only PostgreSQL holds.
    TableTally wanted(const Copy& copy, const Table& table, std::int64_t source) {
        const bool is_foreign = copy.prefix.empty() && ledger_.find(source) == nullptr;
        return is_foreign ? TableTally{} : tally_of(expected_[std::string(table.name)], source);
    }

    std::set<std::int64_t> differing_in(const Copy& copy, const Table& table) {
        std::set<std::int64_t> differing;
        const SourceTallies& all = expected_[std::string(table.name)];
        const SourceTallies& found = copy.rows.at(&table);
        const auto stored = copy.stored.find(std::string(table.name));
        for (const SourceTallies* side : {&all, &found})
            for (const auto& [source, tally] : *side) {
                const TableTally right = wanted(copy, table, source);
                const TableTally said =
                    stored == copy.stored.end() ? TableTally{} : tally_of(stored->second, source);
                if (!equal(right, tally_of(found, source)) || !equal(right, said))
                    differing.insert(source);
            }
        return differing;
    }

    std::set<std::int64_t> differing_sources() {
        std::set<std::int64_t> all;
        for (const Table* table : facts_)
            for (const Copy& copy : copies_) all.merge(differing_in(copy, *table));
        return all;
    }

    /// From here on what the sources give is what is expected.
    void extract_again(const std::optional<std::set<std::int64_t>>& only) {
        fresh_ = std::make_unique<FreshExtraction>(scope_.options, scope_.workspace,
                                                   *copies_.front().reader, only);
        for (const NotExported& source : fresh_->unavailable())
            report_.notes.push_back("not extracted again: " + source.path + ": " + source.reason);
        if (scope_.options.deep && fresh_->from_archive() > 0)
            report_.notes.push_back(fmt::format("{} sources are not as they were imported any "
                                                "more; their archived bytes were extracted",
                                                fresh_->from_archive()));
        fresh_reader_ = read_sqlite(fresh_->path());
        if (!scope_.options.deep) return;
        for (auto& [table, tallies] : expected_)
            std::erase_if(tallies, [&](const auto& entry) { return fresh_->has(entry.first); });
        for (auto& [table, tallies] : stored_tallies(*fresh_reader_, scope_.workspace.id))
            expected_[table].merge(tallies);
    }

    /// The ledgers themselves: each fits, PostgreSQL's is SQLite's, and with --deep what the sources give.
    void compare_ledgers() {
        const bool is_deep = scope_.options.deep;
        const Ledger fresh = is_deep ? read_ledger(*fresh_reader_, scope_.workspace.id) : Ledger{};
        for (Copy& copy : copies_) {
            const Ledger ledger = read_ledger(*copy.reader, scope_.workspace.id);
            CheckResult check{copy.prefix + "sources.content", true, 0, {}};
            std::vector<std::string> findings =
                ledger_findings(ledger, copy.stored, scope_.workspace.id);
            if (&copy != &copies_.front())
                std::ranges::copy(ledger_differences(ledger_, ledger, false),
                                  std::back_inserter(findings));
            if (is_deep)
                std::ranges::copy(ledger_differences(fresh, ledger, true),
                                  std::back_inserter(findings));
            std::ranges::sort(findings);
            for (const std::string& finding : findings) note(check, finding);
            line("sources").checks.push_back(std::move(check));
        }
    }

    void compare_facts(const Table& table) {
        const TableTally wanted = total(expected_[std::string(table.name)]);
        TableLine& entry = line(table.name);
        entry.source_rows = wanted.rows;
        entry.source_checksum = to_hex(wanted.checksum);
        for (Copy& copy : copies_) {
            const TableTally found = total(copy.rows.at(&table));
            enter(entry, copy, found);
            CheckResult check{copy.prefix + std::string(table.name) + ".content", true, 0, {}};
            int narrowed = 0;
            for (const std::int64_t source : differing_in(copy, table)) {
                if (++narrowed > kMostNarrowed)
                    ++check.violations;
                else
                    narrow(copy, table, source, check);
            }
            entry.checks.push_back(std::move(check));
        }
    }

    /// From the source to its rows and their columns.
    void narrow(Copy& copy, const Table& table, std::int64_t source, CheckResult& check) {
        const std::string path = path_of(source);
        Reader* right = right_side(copy, table, source);
        const TableTally right_tally = wanted(copy, table, source);
        const TableTally found = tally_of(copy.rows.at(&table), source);
        if (right == nullptr)
            return note(check, fmt::format("{}: expected {} rows with checksum {}, found {} with "
                                           "{}; its rows cannot be told: there is nothing to "
                                           "compare them with",
                                           path, right_tally.rows, to_hex(right_tally.checksum),
                                           found.rows, to_hex(found.checksum)));
        const std::int64_t before = check.violations;
        const auto expected_rows = rows_by_key(*right, table, scope_.workspace.id, source);
        const auto found_rows = rows_by_key(*copy.reader, table, scope_.workspace.id, source);
        compare_content(table, *expected_rows, *found_rows,
                        [&](std::span<const Value> a, std::span<const Value> b) {
                            note(check, path + ", " + shown_difference(table, a, b));
                        });
        if (check.violations == before)
            note(check, path + ": the rows are right, the checksum stored in source_tables is not");
    }

    /// Who has the rows of a source as they should be: the source itself, or the other database.
    Reader* right_side(const Copy& copy, const Table& table, std::int64_t source) {
        if (fresh_ && fresh_->has(source)) return fresh_reader_.get();
        for (Copy& other : copies_)
            if (&other != &copy && equal(tally_of(other.rows.at(&table), source),
                                         tally_of(expected_[std::string(table.name)], source)))
                return other.reader.get();
        return nullptr;
    }

    void check_entities(Copy& copy) {
        const bool is_postgres = copy.reader->dialect() == Dialect::postgres;
        std::unique_ptr<ScratchDirectory> scratch;
        std::string path = sqlite_path();
        if (is_postgres && !(scope_.with_sqlite && same_facts())) {
            scratch = std::make_unique<ScratchDirectory>();
            path = (scratch->path() / "facts.db").string();
            copy_facts(*copy.reader, tables(), scope_.workspace.id, path);
        }
        if (!folded_ || scratch)
            folded_ = std::make_unique<FoldedEntities>(path, tables(), scope_.workspace.id);
        for (const Table* table : scope_.tables)
            if (table->kind == Kind::entity || table->kind == Kind::derived)
                compare_entities(copy, *table);
        if (scratch) folded_.reset();
    }

    void compare_entities(Copy& copy, const Table& table) {
        TableLine& entry = line(table.name);
        CheckResult check{copy.prefix + std::string(table.name) + ".content", true, 0, {}};
        const auto expected = folded_->cursor(table);
        const auto found = rows_by_key(*copy.reader, table, scope_.workspace.id);
        const Compared compared = compare_content(
            table, *expected, *found, [&](std::span<const Value> a, std::span<const Value> b) {
                note(check, shown_difference(table, a, b));
            });
        entry.source_rows = compared.expected.rows;
        entry.source_checksum = to_hex(compared.expected.checksum);
        enter(entry, copy, compared.found);
        entry.checks.push_back(std::move(check));
    }

    /// PostgreSQL's facts are SQLite's: then so is what follows from them.
    bool same_facts() {
        return copies_.size() == 2 && std::ranges::all_of(facts_, [&](const Table* table) {
                   return equal(total(copies_[0].rows.at(table)), total(copies_[1].rows.at(table)));
               });
    }

    void check_segments(Copy& copy) {
        CheckResult check{copy.prefix + "source_segments.content", true, 0, {}};
        if (copy.reader->dialect() == Dialect::postgres)
            damaged_ = check_archive(*copy.reader, read_ledger(*copy.reader, scope_.workspace.id),
                                     scope_.workspace.id);
        if (&copy != &copies_.front())
            for (ArchiveFinding& finding :
                 compare_history(*copies_.front().reader, *copy.reader, scope_.workspace.id))
                damaged_.push_back(std::move(finding));
        for (const ArchiveFinding& finding : damaged_)
            note(check,
                 (finding.source_id == 0 ? "" : path_of(finding.source_id) + ": ") + finding.what);
        line("sources").checks.push_back(std::move(check));
    }

    void enter(TableLine& entry, const Copy& copy, const TableTally& found) const {
        std::optional<DatabaseLine>& database = copy.prefix.empty() ? entry.sqlite : entry.postgres;
        if (!database) database = DatabaseLine{.rows = found.rows, .changes = {}, .checksum = {}};
        database->checksum = to_hex(found.checksum);
    }

    static void note(CheckResult& check, const std::string& example) {
        ++check.violations;
        if (check.examples.size() < kMostExamples) check.examples.push_back(example);
    }

    std::string path_of(std::int64_t source) const {
        const SourceRow* row = ledger_.find(source);
        return row != nullptr ? std::string(row->path) : "source " + std::to_string(source);
    }

    TableLine& line(std::string_view table) {
        const auto at = std::ranges::find(report_.tables, table, &TableLine::table);
        if (at != report_.tables.end()) return *at;
        report_.tables.push_back({.table = std::string(table),
                                  .source_checksum = {},
                                  .sqlite = {},
                                  .postgres = {},
                                  .checks = {}});
        return report_.tables.back();
    }

    Report& report_;
    const ContentScope& scope_;
    std::vector<const Table*> facts_;
    std::vector<Copy> copies_;
    Ledger ledger_;
    std::map<std::string, SourceTallies> expected_;  ///< By table.
    std::unique_ptr<FreshExtraction> fresh_;
    std::unique_ptr<Reader> fresh_reader_;
    std::unique_ptr<FoldedEntities> folded_;
    std::vector<ArchiveFinding> damaged_;  ///< Of the database that is looked at.
};

}  // namespace

void check_content(Report& report, const ContentScope& scope) { ContentCheck(report, scope).run(); }

}  // namespace ingot
