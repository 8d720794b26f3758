// SPDX-License-Identifier: MIT
#include "pipeline/schema_progress.hpp"

#include "pipeline/clock.hpp"
#include "pipeline/interrupt.hpp"
#include "pipeline/report/figures.hpp"
#include "pipeline/report/printable.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace ingot {
namespace {

/// "2026-01-02T03:04:05.678901Z" as part of a file's name.
std::string time_for_name() {
    std::string time = format_time(now());
    std::erase_if(time, [](char c) { return c == ':' || c == '-' || c == '.'; });
    return time;
}

std::string who(const schema::Blocker& blocker) {
    return fmt::format("process {} ({}{}{}, {}, for {}): {}", blocker.pid, blocker.user,
                       blocker.application.empty() ? "" : ", ", blocker.application, blocker.state,
                       duration_text(blocker.seconds), blocker.query);
}

}  // namespace

SchemaProgress::SchemaProgress(const Options& options, const std::string& command,
                               const std::string& pack, const std::string& target)
    : path_(options.log_dir + "/migration-log-" + time_for_name() + ".txt"),
      log_(std::fopen(path_.c_str(), "wx"), std::fclose), quiet_(options.quiet),
      is_terminal_(isatty(STDERR_FILENO) != 0) {
    if (!log_)
        throw RunError(Exit::failed, "cannot write " + path_ + ": " + std::strerror(errno) +
                                         "; name another place with --log-dir");
    std::fputs(fmt::format("ingot {} schema {} --pack {} on {}\n", INGOT_VERSION, command, pack,
                           printable(target))
                   .c_str(),
               log_.get());
}

void SchemaProgress::line(const std::string& text) {
    const std::string shown = printable_lines(text);
    std::fputs((format_time(now()) + " " + shown + "\n").c_str(), log_.get());
    std::fflush(log_.get());
    if (quiet_) return;
    if (has_passing_) std::fputs("\r\x1b[K", stderr);
    has_passing_ = false;
    std::fputs((shown + "\n").c_str(), stderr);
}

void SchemaProgress::passing(const std::string& text) {
    if (quiet_ || !is_terminal_) return;
    winsize size{};
    const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 4;
    // A line that wraps could not be taken back.
    const std::string shown = printable(text).substr(0, known ? size.ws_col - 3U : 76U);
    std::fputs(("\r\x1b[K  " + shown).c_str(), stderr);
    std::fflush(stderr);
    has_passing_ = true;
}

void SchemaProgress::migration_begins(std::int64_t version, const std::string& name) {
    line(fmt::format("{:03} {}", version, name));
}

void SchemaProgress::step_begins(const std::string& step) { line("  begin    " + step); }

void SchemaProgress::step_ended(const schema::LogEntry& entry) {
    const double seconds = static_cast<double>(entry.ended_at.us - entry.started_at.us) / 1e6;
    line(fmt::format("  {:<8} {}{}, {}{}", entry.status, entry.step,
                     entry.records > 0 ? ", " + counted(entry.records, "row") : "",
                     duration_text(seconds), entry.detail.empty() ? "" : ": " + entry.detail));
}

void SchemaProgress::rows_done(std::int64_t done, std::int64_t total) {
    passing(fmt::format("{} of {} rows", grouped(done), grouped(std::max(done, total))));
}

void SchemaProgress::building(const schema::BuildProgress& progress) {
    const bool known = progress.total > 0;
    passing(known ? fmt::format("{}: {:.0f} %", progress.phase,
                                100.0 * static_cast<double>(progress.done) /
                                    static_cast<double>(progress.total))
                  : progress.phase);
}

void SchemaProgress::waiting(const std::vector<schema::Blocker>& blockers) {
    passing("waiting for " + who(blockers.front()));
}

void SchemaProgress::retrying(int attempt, int attempts, double pause_s,
                              const std::vector<schema::Blocker>& blockers) {
    line(fmt::format("  waiting  a lock was not free (attempt {} of {}), again in {}", attempt,
                     attempts, duration_text(pause_s)));
    for (const schema::Blocker& blocker : blockers) line("           held by " + who(blocker));
}

void SchemaProgress::note(const std::string& text) { line("  note     " + text); }

void SchemaProgress::check_interrupt() { ingot::check_interrupt(); }

}  // namespace ingot
