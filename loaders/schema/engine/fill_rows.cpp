// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/fill_rows.hpp"

#include "loaders/schema/engine/log_clock.hpp"
#include "loaders/schema/engine/words.hpp"

#include <thread>
#include <unordered_map>

#include <fmt/format.h>

namespace ingot::schema {
namespace {

/// So many rows in the journal want statistics, or the way back is planned for a single one.
constexpr std::int64_t kManyRows = 5'000;

/// The rows of a table in batches, by ascending key.
class BatchedFill {
public:
    BatchedFill(Target& target, Ledger& ledger, StatementRunner& runner, const Batches& batches,
                const JournalEntry& entry, LogEntry log)
        : target_(target), ledger_(ledger), runner_(runner), batches_(batches), entry_(entry),
          log_(std::move(log)), table_(qualified(target, batches.table)),
          key_(identifier(batches.key)) {}

    std::int64_t run() {
        const std::int64_t total = left();
        std::int64_t done = 0;
        for (std::int64_t round = 1; left() > 0; ++round) {
            const std::int64_t filled = run_round(done, total);
            if (filled == 0)
                throw RunError(Exit::failed,
                               fmt::format("{} rows of {} still fit \"{}\" after their batch was "
                                           "run: the statement does not fill them",
                                           left(), batches_.table, batches_.where));
        }
        if (batches_.journal && done >= kManyRows && target_.dialect() == Dialect::postgres)
            target_.execute("ANALYZE " + ledger_.table_prefix() + "migration_journal");
        return done;
    }

private:
    std::int64_t left() {
        return target_.number("SELECT count(*) FROM " + table_ + " WHERE " + batches_.where);
    }

    std::int64_t run_round(std::int64_t& done, std::int64_t total) {
        std::int64_t filled = 0;
        last_.reset();
        for (bool more = true; more;) {
            std::int64_t rows = 0;
            const std::optional<std::string> last = last_;
            runner_.with_retries([&] {
                last_ = last;
                more = run_batch(rows);
            });
            filled += rows;
            done += rows;
            runner_.observer().rows_done(done, total);
            if (more && batches_.pause_ms > 0)
                std::this_thread::sleep_for(std::chrono::milliseconds(batches_.pause_ms));
        }
        return filled;
    }

    /// False when it was the last one of the round.
    bool run_batch(std::int64_t& rows) {
        log_.started_at = LogClock::now();
        runner_.begin();
        const bool sqlite = target_.dialect() == Dialect::sqlite;
        // The key of the table, which has an index: alone, its name would mean the text beside SELECT.
        const Rows before = target_.query(
            "SELECT CAST(" + key_ + " AS text), " + (batches_.journal ? object() : "NULL") +
            " FROM " + table_ + " WHERE (" + batches_.where + ")" +
            (last_ ? " AND " + key_ + " > " + literal(*last_) : "") + " ORDER BY " + table_ + "." +
            key_ + " LIMIT " + std::to_string(batches_.size) + (sqlite ? "" : " FOR UPDATE"));
        if (!before.empty()) {
            last_ = before.back()[0];
            const std::string keys = key_list(before);
            rows = runner_.execute(replaced(batches_.update, "KEYS", keys));
            if (rows > 0) require_progress(before.size(), keys);
            if (batches_.journal) journal(before, keys);
            log_.ended_at = LogClock::now();
            log_.records = rows;
            ledger_.log(log_);
        }
        runner_.commit();
        return static_cast<std::int64_t>(before.size()) == batches_.size;
    }

    /// Rows that were changed and all fit `where` as before would be changed for ever.
    void require_progress(std::size_t rows, const std::string& keys) {
        const std::int64_t still =
            target_.number("SELECT count(*) FROM " + table_ + " WHERE " + key_ + " IN (" + keys +
                           ") AND (" + batches_.where + ")");
        if (still < static_cast<std::int64_t>(rows)) return;
        throw RunError(
            Exit::failed,
            fmt::format("rows of {} still fit \"{}\" after the fill has changed them; its "
                        "'where' must no longer hold for rows that are done",
                        batches_.table, batches_.where));
    }

    static std::string key_list(const Rows& rows) {
        std::string keys;
        for (const auto& row : rows)
            keys += (keys.empty() ? "" : ", ") + literal(row[0].value_or(""));
        return keys;
    }

    /// The columns of a row as a JSON object, as text.
    std::string object() const {
        std::string members;
        for (const std::string& column : batches_.column_names)
            members += (members.empty() ? "" : ", ") + literal(column) + ", " + identifier(column);
        return target_.dialect() == Dialect::sqlite
                   ? "json_object(" + members + ")"
                   : "CAST(json_build_object(" + members + ") AS text)";
    }

    void journal(const Rows& before, const std::string& keys) {
        std::unordered_map<std::string, std::string> old;
        for (const auto& row : before) old[row[0].value_or("")] = row[1].value_or("{}");
        std::vector<Ledger::ChangedRow> changed;
        for (const auto& row :
             target_.query("SELECT CAST(" + key_ + " AS text), " + object() + " FROM " + table_ +
                           " WHERE " + key_ + " IN (" + keys + ")")) {
            const std::string& was = old[row[0].value_or("")];
            if (const std::string is = row[1].value_or("{}"); is != was)
                changed.push_back({row[0].value_or(""), was, is});
        }
        ledger_.journal_rows(entry_, changed);
    }

    Target& target_;
    Ledger& ledger_;
    StatementRunner& runner_;
    const Batches& batches_;
    const JournalEntry& entry_;
    LogEntry log_;
    std::string table_;
    std::string key_;
    std::optional<std::string> last_;
};

}  // namespace

std::int64_t fill_rows(Target& target, Ledger& ledger, StatementRunner& runner,
                       const Batches& batches, const JournalEntry& entry, const LogEntry& log) {
    return BatchedFill(target, ledger, runner, batches, entry, log).run();
}

}  // namespace ingot::schema
