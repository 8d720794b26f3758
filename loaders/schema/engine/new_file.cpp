// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/backup_manifest.hpp"

#include "pipeline/model/hash.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include <boost/filesystem.hpp>
#include <fcntl.h>
#include <unistd.h>

namespace ingot::schema {
namespace {

namespace fs = boost::filesystem;

[[noreturn]] void cannot_write(const std::string& file, int error) {
    throw RunError(Exit::failed, "cannot write " + file + ": " + std::strerror(error));
}

/// Of this process and this file only: two that write at once never have the same one.
std::string unique_name(const std::string& file) {
    return file + fs::unique_path(".%%%%%%%%-%%%%%%%%.partial").string();
}

/// Gives a file its name unless something has it; the kernel decides where the file system can.
void rename_new(const std::string& from, const std::string& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
    if (errno == EINVAL || errno == ENOSYS) {
        if (!fs::exists(to)) return fs::rename(from, to);
        errno = EEXIST;
    }
    if (errno == EEXIST) throw RunError(Exit::failed, to + " exists; name another file");
    cannot_write(to, errno);
}

/// What is said to be written is on the disk, also a file's name in its directory.
void sync(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) cannot_write(path, errno);
    const int error = ::fsync(fd) == 0 ? 0 : errno;
    ::close(fd);
    if (error != 0) cannot_write(path, error);
}

}  // namespace

NewFile::NewFile(std::string file) : file_(std::move(file)), temporary_(unique_name(file_)) {
    if (fs::exists(file_)) throw RunError(Exit::failed, file_ + " exists; name another file");
    const int fd = ::open(temporary_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) cannot_write(file_, errno);
    ::close(fd);
}

NewFile::~NewFile() {
    boost::system::error_code none;
    if (!temporary_.empty()) fs::remove(temporary_, none);
}

void NewFile::write(std::string_view text) const {
    std::ofstream out(temporary_, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) cannot_write(file_, errno);
}

void NewFile::keep() {
    sync(temporary_);
    rename_new(temporary_, file_);
    temporary_.clear();
    const fs::path folder = fs::path(file_).parent_path();
    sync(folder.empty() ? "." : folder.string());
}

std::string content_hash(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw RunError(Exit::failed, "cannot read " + file + ": " + std::strerror(errno));
    ContentHasher hasher;
    std::string piece(ContentHasher::kBlock, '\0');
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
        hasher.add({piece.data(), static_cast<std::size_t>(in.gcount())});
    if (in.bad()) throw RunError(Exit::failed, "cannot read " + file + " to its end");
    return to_hex(hasher.digest());
}

}  // namespace ingot::schema
