// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/words.hpp"
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// Gives columns values in rows that have none yet, a batch at a time; each batch is a transaction of
/// its own, with the old values in the journal. Rows are found by `where`, which they no longer fit
/// when they are done: so a run that was killed goes on where it was.
class Fill : public Operation {
public:
    explicit Fill(const Spec& spec)
        : table_(spec.name("table")), key_(spec.text("key", "id")), where_(spec.text("where")) {
        for (const auto& [column, value] : spec.pairs("set")) {
            columns_.push_back(column);
            values_.push_back(value);
        }
        from_ = spec.text("from", "");
        statement_ = spec.text("statement", "");
        if (!statement_.empty()) columns_ = spec.words("columns");
        if (statement_.empty() == values_.empty())
            spec.fail("give either 'set' = { column = \"expression\" } or a whole 'statement'");
        undo_ = spec.words_or_none("undo");
        size_ = spec.number("batch", 500);
        pause_ms_ = spec.number("pause_ms", 10);
        if (size_ < 1 || pause_ms_ < 0)
            spec.fail("'batch' must be at least 1 and 'pause_ms' at least 0");
        journal_ = spec.flag("journal", true);
        lasting_ = spec.flag("lasting", true);
        writes_ = spec.words_or_none("writes");
    }

    std::string title() const override {
        return "fill " + table_ + "." + joined(columns_) + " where " + where_;
    }
    std::vector<std::string> tables() const override {
        std::vector<std::string> all{table_};
        all.insert(all.end(), writes_.begin(), writes_.end());
        return all;
    }
    bool leaves_trace() const override { return lasting_; }

    Assessment assess(const Context& context) const override {
        if (auto unusable = unusable_table(context, table_)) return *unusable;
        std::vector<std::string> needed = columns_;
        needed.push_back(key_);
        if (auto missing = missing_column(context, table_, needed)) return *missing;
        const std::string error = condition_error(context, table_, where_);
        if (!error.empty()) return impossible(error);
        if (nothing_is_planned(context.catalog)) {
            const Explained plan = explain(context, replaced(update(context), "KEYS", "NULL"));
            if (!plan.error.empty()) return impossible(plan.error);
        }
        const Relation& relation = *context.catalog.relation(table_);
        std::int64_t rows = relation.rows;
        if (!is_new(context, table_))
            rows = context.target.number("SELECT count(*) FROM " + rows_of(context, table_) +
                                         " WHERE " + where_);
        if (rows == 0) return done("no row is left to fill");
        return to_do(std::to_string(rows) + " rows", {action(context, rows)});
    }

    void apply(Catalog&) const override {}

private:
    std::string update(const Context& context) const {
        if (!statement_.empty()) return statement_;
        std::vector<std::string> settings;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            settings.push_back(identifier(columns_[i]) + " = " + values_[i]);
        return "UPDATE " + context.quoted_relation(table_) + " AS t SET " + joined(settings) +
               (from_.empty() ? "" : " FROM " + from_) + " WHERE t." + identifier(key_) +
               " IN (${KEYS})" +
               (from_.empty() ? ""
                              : " AND " + identifier("source") + "." + identifier(key_) + " = t." +
                                    identifier(key_));
    }

    Action action(const Context& context, std::int64_t rows) const {
        Batches batches{.table = table_,
                        .key = key_,
                        .columns = identifiers(columns_),
                        .column_names = columns_,
                        .where = where_,
                        .update = update(context),
                        .size = size_,
                        .pause_ms = pause_ms_,
                        .journal = journal_};
        return {.sql = batches.update,
                .object = "rows of " + table_,
                .effect = std::to_string(rows) + " rows of " + table_ + " have " +
                          joined(columns_) + ", " + std::to_string(size_) + " at a time",
                .locks = {lock("RowExclusive", "table", table_)},
                .effort = Effort::rows,
                .transactional = false,
                .undo = undo_,
                .loss_query = "",
                .loss = "",
                .batches = std::move(batches)};
    }

    std::string table_;
    std::string key_;
    std::string where_;
    std::vector<std::string> columns_;
    std::vector<std::string> values_;
    std::string from_;
    std::string statement_;
    std::vector<std::string> undo_;
    std::vector<std::string> writes_;  ///< Other tables that the statement changes.
    std::int64_t size_ = 500;
    std::int64_t pause_ms_ = 10;
    bool journal_ = true;
    bool lasting_ = true;  ///< False: rows that come later may lack the values again.
};

}  // namespace

std::unique_ptr<Operation> read_fill(const Spec& spec) { return std::make_unique<Fill>(spec); }

}  // namespace ingot::schema
