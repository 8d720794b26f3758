// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace ingot {

enum class ProgressMode { automatic, plain, none };

/// How far an import is, on stderr: a line that renews itself on a terminal, a line every few seconds
/// with `plain`, nothing otherwise.
class Progress {
public:
    Progress(ProgressMode mode, std::int64_t files, std::int64_t bytes);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();

    /// Adds what is done; `rows` counts all so far.
    void advance(std::int64_t bytes, bool file_done, std::int64_t rows);
    /// Names the phase after extraction ("fold", "check", "publish").
    void phase(const std::string& name);

private:
    void show(const std::string& line);
    std::string line(double elapsed) const;

    bool in_place_ = false;
    bool plain_ = false;
    std::int64_t files_;
    std::int64_t bytes_;
    std::int64_t files_done_ = 0;
    std::int64_t bytes_done_ = 0;
    std::int64_t rows_ = 0;
    std::chrono::steady_clock::time_point started_;
    std::chrono::steady_clock::time_point shown_;
};

}  // namespace ingot
