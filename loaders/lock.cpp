// SPDX-License-Identifier: MIT
#include "loaders/lock.hpp"

#include "pipeline/model/errors.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace ingot {

FileLock::FileLock(const std::string& path)
    : fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    if (fd_ < 0)
        throw RunError(Exit::failed, "cannot write " + path + ": " + std::strerror(errno) +
                                         "; name another place with --sqlite");
    if (flock(fd_, LOCK_EX | LOCK_NB) == 0) return;
    close(fd_);
    throw Locked("another import is writing " + path + "; try again when it has ended");
}

FileLock::~FileLock() { close(fd_); }

void FileLock::start_writeback() const { sync_file_range(fd_, 0, 0, SYNC_FILE_RANGE_WRITE); }

}  // namespace ingot
