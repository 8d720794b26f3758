// SPDX-License-Identifier: MIT
#include "pipeline/file.hpp"

#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ingot {
namespace {

constexpr std::size_t kPadding = 64;

[[noreturn]] void fail(const std::string& what, const std::string& name) {
    throw FileError(what + " " + name + ": " + std::strerror(errno));
}

}  // namespace

PaddedBytes::PaddedBytes(std::size_t size) : bytes_(new char[size + kPadding]), size_(size) {
    std::memset(bytes_.get() + size, 0, kPadding);
}

InputFile::InputFile(const boost::filesystem::path& path) : name_(path.filename().string()) {
    fd_ = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd_ < 0) fail("cannot open", name_);
    struct stat info {};
    if (fstat(fd_, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(fd_);
        throw FileError(name_ + " is no regular file any more");
    }
    size_ = info.st_size;
    modified_ns_ = info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec;
    inode_ = static_cast<std::int64_t>(info.st_ino);
}

InputFile::~InputFile() { close(fd_); }

PaddedBytes InputFile::read(std::int64_t begin, std::int64_t end) const {
    PaddedBytes bytes(static_cast<std::size_t>(end - begin));
    std::size_t done = 0;
    while (done < bytes.view().size()) {
        const ssize_t got = pread(fd_, bytes.data() + done, bytes.view().size() - done,
                                  begin + static_cast<off_t>(done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("cannot read", name_);
        if (got == 0) throw FileError(name_ + " became shorter while it was read");
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

std::int64_t InputFile::next_line_start(std::int64_t from) const {
    constexpr std::int64_t step = 1 << 16;
    for (std::int64_t at = from; at < size_; at += step) {
        const PaddedBytes bytes = read(at, std::min(at + step, size_));
        if (const std::size_t feed = bytes.view().find('\n'); feed != std::string_view::npos)
            return at + static_cast<std::int64_t>(feed) + 1;
    }
    return size_;
}

std::string InputFile::hash(std::int64_t begin, std::int64_t end) const {
    constexpr std::int64_t step = static_cast<std::int64_t>(ContentHasher::kBlock);
    ContentHasher hasher;
    for (std::int64_t at = begin; at < end; at += step)
        hasher.add(read(at, std::min(at + step, end)).view());
    return to_hex(hasher.digest());
}

}  // namespace ingot
