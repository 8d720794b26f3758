// SPDX-License-Identifier: MIT
#include "pipeline/scratch.hpp"

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <utility>

#include <boost/filesystem.hpp>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ingot {

namespace fs = boost::filesystem;

namespace {

constexpr const char* kPrefix = "ingot-";
constexpr const char* kLock = "owner.lock";
/// A younger directory may be one whose owner is about to take the lock.
constexpr std::time_t kMakingSeconds = 10;

bool is_mine(const struct stat& info) {
    return S_ISDIR(info.st_mode) && info.st_uid == geteuid() && (info.st_mode & 0777U) == 0700;
}

/// Whether its owner has ended; nobody else can tell so surely as the lock that went with it.
bool is_left_over(const fs::path& directory) {
    struct stat info {};
    if (lstat(directory.c_str(), &info) != 0 || !is_mine(info)) return false;
    if (std::time(nullptr) - info.st_mtim.tv_sec < kMakingSeconds) return false;
    const int lock = open((directory / kLock).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (lock < 0) return false;
    const bool is_free = flock(lock, LOCK_EX | LOCK_NB) == 0;
    close(lock);
    return is_free;
}

void remove_left_overs(const fs::path& place) {
    boost::system::error_code error;
    fs::directory_iterator at(place, error);
    for (const fs::directory_iterator end; !error && at != end; at.increment(error)) {
        boost::system::error_code ignored;
        if (at->path().filename().string().starts_with(kPrefix) && is_left_over(at->path()))
            fs::remove_all(at->path(), ignored);
    }
}

}  // namespace

ScratchDirectory::ScratchDirectory() {
    static std::once_flag swept;
    std::call_once(swept, [] { remove_left_overs(fs::temp_directory_path()); });
    std::string name = (fs::temp_directory_path() / (std::string(kPrefix) + "XXXXXX")).string();
    if (mkdtemp(name.data()) == nullptr)  // mode 0700
        throw fs::filesystem_error("cannot make a private directory", name,
                                   {errno, boost::system::system_category()});
    path_ = name;
    lock_ = open((path_ / kLock).c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (lock_ >= 0) flock(lock_, LOCK_EX | LOCK_NB);
}

ScratchDirectory::ScratchDirectory(ScratchDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}

ScratchDirectory::~ScratchDirectory() {
    boost::system::error_code ignored;  // a destructor must not throw
    if (!path_.empty()) fs::remove_all(path_, ignored);
    if (lock_ >= 0) close(lock_);
}

}  // namespace ingot
