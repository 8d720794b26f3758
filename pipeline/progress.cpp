// SPDX-License-Identifier: MIT
#include "pipeline/progress.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <unistd.h>

namespace ingot {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kRenew{100};
constexpr std::chrono::seconds kPlainEvery{5};

std::string size(std::int64_t bytes) {
    const auto mib = static_cast<double>(bytes) / (1 << 20);
    return mib < 1024 ? fmt::format("{:.1f} MiB", mib) : fmt::format("{:.2f} GiB", mib / 1024);
}

std::string time_left(double seconds) {
    const auto s = static_cast<std::int64_t>(seconds + 0.5);
    return fmt::format("{}:{:02}", s / 60, s % 60);
}

}  // namespace

Progress::Progress(ProgressMode mode, std::int64_t files, std::int64_t bytes)
    : files_(files), bytes_(bytes), started_(Clock::now()), shown_(started_) {
    const char* terminal = std::getenv("TERM");
    const bool is_dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
    in_place_ = mode == ProgressMode::automatic && isatty(STDERR_FILENO) != 0 && !is_dumb;
    plain_ = mode == ProgressMode::plain;
}

Progress::~Progress() {
    if (in_place_) std::fputs("\r\033[K", stderr);
}

void Progress::advance(std::int64_t bytes, bool file_done, std::int64_t rows) {
    bytes_done_ += bytes;
    files_done_ += file_done ? 1 : 0;
    rows_ = rows;
    if (!in_place_ && !plain_) return;
    const auto time = Clock::now();
    if (time - shown_ < (in_place_ ? Clock::duration(kRenew) : Clock::duration(kPlainEvery)))
        return;
    shown_ = time;
    show(line(std::chrono::duration<double>(time - started_).count()));
}

std::string Progress::line(double elapsed) const {
    const double rate = static_cast<double>(rows_) / elapsed;
    std::string out = fmt::format("{}/{} files  {} of {}  {:.0f} rows/s", files_done_, files_,
                                  size(bytes_done_), size(bytes_), rate);
    if (bytes_done_ > 0 && bytes_ > bytes_done_)
        out += "  " +
               time_left(elapsed * static_cast<double>(bytes_ - bytes_done_) /
                         static_cast<double>(bytes_done_)) +
               " left";
    return out;
}

void Progress::phase(const std::string& name) {
    if (in_place_ || plain_) show(name + " ...");
}

void Progress::show(const std::string& text) {
    std::fputs((in_place_ ? "\r\033[K" + text : text + "\n").c_str(), stderr);
    std::fflush(stderr);
}

}  // namespace ingot
