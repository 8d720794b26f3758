// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// Inserts rows that a query makes of other tables and that are not there yet. The journal keeps their
/// keys: the way back takes these rows away and no others.
class MergeRows : public Operation {
public:
    explicit MergeRows(const Spec& spec)
        : into_(spec.name("into")), key_(spec.text("key", "id")), columns_(spec.words("columns")),
          query_(spec.text("query")), reads_(spec.words_or_none("reads")),
          lasting_(spec.flag("lasting", true)) {}

    std::string title() const override {
        return "merge rows " + (reads_.empty() ? "" : "of " + joined(reads_) + " ") + "into " +
               into_;
    }
    std::vector<std::string> tables() const override { return {into_}; }
    bool leaves_trace() const override { return lasting_; }

    Assessment assess(const Context& context) const override {
        if (auto unusable = unusable_table(context, into_)) return *unusable;
        std::vector<std::string> needed = columns_;
        needed.push_back(key_);
        if (auto missing = missing_column(context, into_, needed)) return *missing;
        // Tables that earlier steps make or rename cannot be asked yet.
        const Explained explained = explain(context, missing_rows(context));
        const bool depends_on_earlier_steps = depends(context);
        if (!explained.error.empty() && !depends_on_earlier_steps)
            return impossible(explained.error);
        std::string why = "as many rows as there are then";
        if (explained.error.empty()) {
            const std::int64_t rows = context.target.number("SELECT count(*) FROM (" +
                                                            missing_rows(context) + ") AS missing");
            if (rows == 0) return done("all rows are there");
            why = std::to_string(rows) + " rows";
        }
        return to_do(why, {action(context)});
    }

    void apply(Catalog&) const override {}

private:
    bool depends(const Context& context) const {
        std::vector<std::string> tables = reads_;
        tables.push_back(into_);
        for (const std::string& table : tables) {
            const Relation* relation = context.catalog.relation(table);
            if (relation == nullptr || relation->planned) return true;
            for (const Column& column : relation->columns)
                if (column.planned) return true;
        }
        return false;
    }

    std::string missing_rows(const Context& context) const {
        return "SELECT * FROM (" + query_ + ") AS made WHERE NOT EXISTS (SELECT 1 FROM " +
               context.quoted_relation(into_) + " AS present WHERE present." + identifier(key_) +
               " = made." + identifier(key_) + ")";
    }

    Action action(const Context& context) const {
        const std::string table = context.quoted_relation(into_);
        const std::string names = identifiers(columns_);
        return {.sql = "INSERT INTO " + table + " (" + names + ") SELECT " + names + " FROM (" +
                       missing_rows(context) + ") AS missing",
                .object = "rows of " + into_,
                .effect = into_ + " holds these rows, too",
                .locks = {lock("RowExclusive", "table", into_)},
                .effort = Effort::rows,
                .transactional = false,
                .undo = {"DELETE FROM " + table + " WHERE CAST(" + identifier(key_) +
                         " AS text) IN (${JOURNAL_KEYS})"},
                .inserted_key = key_};
    }

    std::string into_;
    std::string key_;
    std::vector<std::string> columns_;
    std::string query_;
    std::vector<std::string> reads_;
    bool lasting_;  ///< False: rows that come later, or go, need not be merged.
};

}  // namespace

std::unique_ptr<Operation> read_merge_rows(const Spec& spec) {
    return std::make_unique<MergeRows>(spec);
}

}  // namespace ingot::schema
