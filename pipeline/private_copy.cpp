// SPDX-License-Identifier: MIT
#include "pipeline/private_copy.hpp"

#include "pipeline/file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <optional>
#include <thread>

#include <sys/stat.h>

namespace fs = boost::filesystem;

namespace ingot {
namespace {

constexpr int kTries = 5;
constexpr std::int64_t kBlock = std::int64_t{1} << 20;
/// Two writes within one tick of the kernel's clock leave one mtime; a tick is 1 to 10 ms.
constexpr std::chrono::milliseconds kTick{12};
constexpr std::array<const char*, 3> kEndings{"", "-journal", "-wal"};

struct FileState {
    std::int64_t size = 0;
    std::int64_t modified_ns = 0;
    ino_t inode = 0;
    bool operator==(const FileState&) const = default;
};
using States = std::array<std::optional<FileState>, kEndings.size()>;

fs::path with_ending(const fs::path& file, const char* ending) {
    fs::path path = file;
    path += ending;
    return path;
}

/// nullopt: there is no regular file.
std::optional<FileState> state_of(const fs::path& path) {
    struct stat info {};
    if (lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return {};
    return FileState{.size = info.st_size,
                     .modified_ns = info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec,
                     .inode = info.st_ino};
}

States states_of(const fs::path& file) {
    States states;
    std::ranges::transform(kEndings, states.begin(),
                           [&](const char* ending) { return state_of(with_ending(file, ending)); });
    return states;
}

/// Whether one of the files was written so shortly ago that another write could leave the same mtime.
/// One that seems to come from the future is on a disk with a clock of its own.
bool is_fresh(const States& states) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t now_ns = std::chrono::nanoseconds(now).count();
    const std::int64_t tick_ns = std::chrono::nanoseconds(kTick).count();
    return std::ranges::any_of(states, [&](const auto& state) {
        return state && std::abs(now_ns - state->modified_ns) < tick_ns;
    });
}

std::string described(const States& states) {
    std::string out;
    for (std::size_t i = 1; i < states.size(); ++i)
        if (states.at(i))
            out += std::string(kEndings.at(i) + 1) + ":" + std::to_string(states.at(i)->size) +
                   ":" + std::to_string(states.at(i)->modified_ns) + ";";
    return out;
}

}  // namespace

fs::path PrivateCopy::path() const { return directory_.path() / "database"; }

void PrivateCopy::take(const fs::path& file, const char* ending) const {
    const InputFile in(with_ending(file, ending));
    const fs::path target = with_ending(path(), ending);
    fs::ofstream out(target, std::ios::binary | std::ios::trunc);
    for (std::int64_t at = 0; at < in.size() && out; at += kBlock) {
        const PaddedBytes block = in.read(at, std::min(at + kBlock, in.size()));
        out.write(block.view().data(), static_cast<std::streamsize>(block.view().size()));
    }
    out.close();
    if (!out)
        throw fs::filesystem_error("cannot write a private copy", target,
                                   {errno, boost::system::system_category()});
}

PrivateCopy copy_database(const fs::path& file, const std::function<void()>& copied) {
    for (int tries = 0; tries < kTries; ++tries) {
        States before = states_of(file);
        for (int waits = 0; waits <= tries && is_fresh(before); ++waits) {
            std::this_thread::sleep_for(kTick);
            before = states_of(file);
        }
        const bool was_fresh = is_fresh(before);
        PrivateCopy copy;
        std::optional<FileError> failed;
        try {
            for (std::size_t i = 0; i < kEndings.size(); ++i)
                if (before.at(i) || i == 0) copy.take(file, kEndings.at(i));
        } catch (const FileError& error) {
            failed = error;
        }
        copied();
        if (states_of(file) != before || was_fresh) continue;  // may be why reading failed
        if (failed) throw *failed;
        copy.companions_ = described(before);
        return copy;
    }
    throw DatabaseMoves(file.filename().string() + " changed during each of " +
                        std::to_string(kTries) + " attempts to copy it");
}

}  // namespace ingot
