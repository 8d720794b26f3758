// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/watcher.hpp"

#include <utility>

namespace ingot::schema {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{150};

BuildProgress progress_of(Target& other, const std::string& pid) {
    const Rows rows = other.query(
        "SELECT phase, greatest(blocks_done, tuples_done), greatest(blocks_total, tuples_total) "
        "FROM pg_stat_progress_create_index WHERE pid = " +
        pid);
    if (rows.empty()) return {};
    return {rows[0][0].value_or(""), std::stoll(rows[0][1].value_or("0")),
            std::stoll(rows[0][2].value_or("0"))};
}

}  // namespace

Watcher::Watcher(Target& target) {
    if (target.dialect() == Dialect::sqlite) return;
    pid_ = target.ask("SELECT pg_backend_pid()");
    other_ = target.another();
}

std::vector<Blocker> Watcher::ask_blockers() {
    std::vector<Blocker> found;
    if (!other_) return found;
    for (const auto& row : other_->query(
             "SELECT a.pid, coalesce(a.usename, ''), coalesce(a.application_name, ''), "
             "coalesce(a.state, ''), coalesce(extract(epoch FROM clock_timestamp() - "
             "a.xact_start), 0), "
             "left(coalesce(a.query, ''), 100) FROM pg_stat_activity AS a WHERE a.pid = ANY "
             "(pg_blocking_pids(" +
             pid_ + ")) ORDER BY a.xact_start"))
        found.push_back(
            {std::stoll(*row[0]), *row[1], *row[2], *row[3], std::stod(*row[4]), *row[5]});
    return found;
}

void Watcher::look(Observer& observer) {
    observer.check_interrupt();
    const auto now = std::chrono::steady_clock::now();
    if (!other_ || now - last_ < kBetweenLooks) return;
    last_ = now;
    if (auto found = ask_blockers(); !found.empty()) {
        seen_ = std::move(found);
        observer.waiting(seen_);
        return;
    }
    if (const BuildProgress progress = progress_of(*other_, pid_); !progress.phase.empty())
        observer.building(progress);
}

std::vector<Blocker> Watcher::blockers() {
    if (auto found = ask_blockers(); !found.empty()) return found;
    return std::exchange(seen_, {});
}

}  // namespace ingot::schema
