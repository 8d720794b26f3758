// SPDX-License-Identifier: MIT
#include "loaders/schema/operations/common.hpp"
#include "loaders/schema/operations/operations.hpp"

namespace ingot::schema {
namespace {

/// Statements as they are, with their own way back and their own proof: for what no other operation
/// can say.
class Sql : public Operation {
public:
    explicit Sql(const Spec& spec)
        : says_(spec.text("says", "")), up_(spec.words_or_none("up")),
          alone_(spec.words_or_none("alone")), down_(spec.words_or_none("down")),
          verify_(spec.text("verify")), tables_(spec.words_or_none("tables")),
          writes_(spec.words_or_none("writes")), locks_(spec.words_or_none("locks")) {
        if (up_.empty() && alone_.empty()) spec.fail("'up' is missing");
    }

    std::string title() const override {
        if (!says_.empty()) return says_;
        const std::string first = up_.empty() ? alone_.front() : up_.front();
        return "run " + first.substr(0, first.find('\n')).substr(0, 60);
    }
    std::vector<std::string> tables() const override {
        std::vector<std::string> all = tables_;
        all.insert(all.end(), writes_.begin(), writes_.end());
        return all;
    }

    Assessment assess(const Context& context) const override {
        for (const std::string& table : tables_)
            if (auto unusable = unusable_table(context, table)) return *unusable;
        if (holds(context)) return done("its query says so");
        std::vector<Action> actions;
        for (const std::string& sql : up_) actions.push_back(action(sql, true));
        for (const std::string& sql : alone_) actions.push_back(action(sql, false));
        actions.front().undo = down_;
        return to_do("", std::move(actions));
    }

    void apply(Catalog&) const override {}

private:
    /// False, too, where the query needs what is not there yet.
    bool holds(const Context& context) const {
        std::string error;
        const auto rows = context.target.try_query(verify_, error);
        if (!rows || rows->empty()) return false;
        const std::string answer = rows->front().front().value_or("");
        return answer == "t" || answer == "1" || answer == "true";
    }

    Action action(const std::string& sql, bool transactional) const {
        std::vector<Lock> locks;
        for (const std::string& text : locks_) locks.push_back({text, ""});
        if (locks.empty()) locks.push_back({"not declared: see the statement", ""});
        return {.sql = sql,
                .object = "statement",
                .effect = says_,
                .locks = std::move(locks),
                .transactional = transactional};
    }

    std::string says_;
    std::vector<std::string> up_;
    std::vector<std::string> alone_;
    std::vector<std::string> down_;
    std::string verify_;
    std::vector<std::string> tables_;
    std::vector<std::string> writes_;  ///< Tables that need not be there beforehand.
    std::vector<std::string> locks_;
};

}  // namespace

std::unique_ptr<Operation> read_sql(const Spec& spec) { return std::make_unique<Sql>(spec); }

}  // namespace ingot::schema
