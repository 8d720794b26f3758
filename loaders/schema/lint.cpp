// SPDX-License-Identifier: MIT
#include "loaders/schema/lint.hpp"

#include "loaders/schema/lint_ignore.hpp"

#include <algorithm>
#include <tuple>

namespace ingot::lint {
namespace {

using namespace sql;

/// A finding whose line is not known yet.
struct Found {
    const Rule* rule;
    Severity severity;
    const char* place;
    const char* statement;  ///< Where its statement begins.
    std::string says;
};

bool speaks(const Rule& rule, Dialect dialect) {
    return rule.dialect == For::both ||
           (rule.dialect == For::sqlite) == (dialect == Dialect::sqlite);
}

/// Calls `visit(statement)` for every statement of a script, those in bodies of functions behind the
/// one that holds them. Returns what its readers remarked.
template <class Visit> void each_statement(const Script& script, Dialect dialect, Visit&& visit,
                                           std::vector<Remark>* remarks, std::vector<Note>* notes,
                                           bool* open) {
    Positions positions(script.text);
    Splitter splitter(script.text, dialect, Place::script, positions);
    const auto keep = [remarks, notes](const Splitter& from) {
        if (remarks != nullptr)
            remarks->insert(remarks->end(), from.remarks().begin(), from.remarks().end());
        if (notes != nullptr) notes->insert(notes->end(), from.notes().begin(), from.notes().end());
    };
    Statement statement;
    Statement inner;
    while (splitter.next(statement)) {
        visit(statement);
        const auto body = dialect == Dialect::postgres ? body_of(statement) : std::nullopt;
        if (!body) continue;
        Splitter parts(*body, dialect, Place::body, positions);
        while (parts.next(inner)) {
            inner.transaction = statement.transaction;
            visit(inner);
        }
        keep(parts);
    }
    keep(splitter);
    if (open != nullptr) *open = splitter.in_transaction();
}

/// The statements of functions are no part of what a script does to the database.
void observe(Catalog& catalog, const Statement& statement, const Meaning& meaning,
             std::size_t file) {
    if (!statement.in_body)
        catalog.observe(statement, meaning, {.file = file, .position = statement.position});
}

Catalog everything(const std::vector<Script>& scripts, Dialect dialect) {
    Catalog whole(false);
    for (std::size_t file = 0; file < scripts.size(); ++file)
        each_statement(
            scripts[file], dialect,
            [&whole, file](const Statement& statement) {
                observe(whole, statement, meaning_of(statement), file);
            },
            nullptr, nullptr, nullptr);
    return whole;
}

class Run {
public:
    Run(const std::vector<Script>& scripts, const Options& options)
        : scripts_(scripts), options_(options), whole_(everything(scripts, options.dialect)) {
        for (const Rule& rule : rules())
            if (rule.check != nullptr && speaks(rule, options.dialect)) active_.push_back(&rule);
    }

    Result result() {
        for (std::size_t file = 0; file < scripts_.size(); ++file) look_at(file);
        return std::move(result_);
    }

private:
    void look_at(std::size_t file) {
        Session session;
        found_.clear();
        reported_.clear();
        std::vector<Remark> remarks;
        std::vector<Note> notes;
        bool open = false;
        const auto visit = [&](const Statement& statement) { apply(file, session, statement); };
        each_statement(scripts_[file], options_.dialect, visit, &remarks, &notes, &open);
        for (const Remark& remark : remarks) add(remark);
        if (open && begin_ != nullptr)
            found_.push_back({rule("transaction-control"), Severity::warning, begin_, begin_,
                              "this transaction never ends: the file has no COMMIT for it"});
        finish(file, notes);
    }

    void apply(std::size_t file, Session& session, const Statement& statement) {
        const Meaning meaning = meaning_of(statement);
        const Rule* current = nullptr;
        const auto sink = [&](const Token& at, std::string says, std::optional<Severity> severity) {
            if (current->once_per_file && !reported_.insert(current).second) return;
            found_.push_back({current, severity.value_or(current->severity), at.text.data(),
                              statement.text.data(), std::move(says)});
        };
        const Look look{statement, meaning, before_, whole_, session, options_, file, sink};
        for (const Rule* each : active_) {
            current = each;
            each->check(look);
        }
        if (!statement.in_body) ++result_.statements;
        if (statement.in_transaction() && statement.tokens[0].is_word("BEGIN"))
            begin_ = statement.text.data();
        if (!statement.in_transaction() && !statement.in_body) session.local_lock_timeout = false;
        session.observe(statement, meaning);
        observe(before_, statement, meaning, file);
    }

    void add(const Remark& remark) {
        const char* id = remark.kind == Remark::Kind::client_command ? "client-command"
                         : remark.kind == Remark::Kind::delimiter    ? "client-delimiter"
                                                                     : "unterminated";
        std::string says = remark.says;
        if (remark.kind == Remark::Kind::client_command)
            says = std::string(remark.text.substr(0, remark.text.find_first_of(" \t"))) +
                   " is a command of the shell, not SQL";
        if (remark.kind == Remark::Kind::delimiter) says += " is a command of another client";
        found_.push_back({rule(id), rule(id)->severity, remark.text.data(), nullptr, says});
    }

    /// Comments take findings away, the rest get their lines.
    void finish(std::size_t file, const std::vector<Note>& notes) {
        std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
            return std::less<const char*>()(a.place, b.place);
        });
        Positions positions(scripts_[file].text);
        Ignores ignores(notes, positions);
        std::vector<Finding> kept;
        for (Found& found : found_) {
            const Position position = positions.of(found.place);
            if (ignores.take(found.rule->id, found.statement, position.line)) {
                ++result_.silenced;
                continue;
            }
            kept.push_back({found.rule, found.severity, file, position, std::move(found.says)});
        }
        for (const Complaint& complaint : ignores.complaints()) {
            const Rule* about = rule(complaint.rule);
            kept.push_back(
                {about, about->severity, file, positions.of(complaint.place), complaint.says});
        }
        std::stable_sort(kept.begin(), kept.end(), [](const Finding& a, const Finding& b) {
            return std::tie(a.position.line, a.position.column) <
                   std::tie(b.position.line, b.position.column);
        });
        std::move(kept.begin(), kept.end(), std::back_inserter(result_.findings));
    }

    const std::vector<Script>& scripts_;
    const Options& options_;
    Catalog whole_;
    Catalog before_{true};
    std::vector<const Rule*> active_;
    std::vector<Found> found_;
    std::set<const Rule*> reported_;
    const char* begin_ = nullptr;  ///< The last BEGIN of the file.
    Result result_;
};

}  // namespace

std::size_t Result::count(Severity severity) const {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(),
                      [severity](const Finding& found) { return found.severity == severity; }));
}

Result lint(const std::vector<Script>& scripts, const Options& options) {
    return Run(scripts, options).result();
}

}  // namespace ingot::lint
