// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// Keeps writers out of several tables until the transaction ends, before it changes the first of them.
/// SHARE lets those go on that write elsewhere and only look their foreign keys up here; so with
/// parents before children nobody who has begun to write waits for us while we wait for him, as would
/// be if the tables were taken one by one. Views are locked with what they read. As the last step of its
/// migration it does the same for the way back.
class LockTables : public Operation {
public:
    explicit LockTables(const Spec& spec) : tables_(spec.words("tables")) {}

    std::string title() const override { return "keep writers out of " + joined(tables_); }
    std::vector<std::string> tables() const override { return {}; }
    bool leaves_trace() const override { return false; }

    Assessment assess(const Context& context) const override {
        if (context.catalog.dialect == Dialect::sqlite)
            return done("SQLite has one writer at a time");
        std::vector<std::string> names;
        std::vector<Lock> locks;
        for (const std::string& table : tables_) {
            if (context.catalog.relation(table) == nullptr)
                return impossible("there is no table or view " + table);
            names.push_back(context.quoted_relation(table));
            locks.push_back(lock("Share", "table", table));
        }
        const std::string sql = "LOCK TABLE " + joined(names) + " IN SHARE MODE";
        return to_do("", {{.sql = sql,
                           .object = "writers",
                           .effect = "nobody writes to them until the transaction ends",
                           .locks = std::move(locks),
                           .undo = {sql}}});
    }

    void apply(Catalog&) const override {}

private:
    std::vector<std::string> tables_;
};

}  // namespace

std::unique_ptr<Operation> read_lock_tables(const Spec& spec) {
    return std::make_unique<LockTables>(spec);
}

}  // namespace ingot::schema
