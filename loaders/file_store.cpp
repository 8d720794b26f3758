// SPDX-License-Identifier: MIT
#include "loaders/file_store.hpp"

#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include <boost/filesystem.hpp>
#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

namespace ingot {
namespace {

namespace fs = boost::filesystem;

constexpr std::string_view kTemporary = ".tmp";
constexpr std::string_view kForm = "hh/hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh.zst";  // h: a hex digit

bool is_store_path(std::string_view path) {
    return std::ranges::equal(path, kForm, [](char c, char form) {
        const bool is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        return form == 'h' ? is_hex : c == form;
    });
}

[[noreturn]] void fail(const std::string& what, const fs::path& where, const std::string& to_do) {
    throw std::runtime_error(what + " " + where.string() + ": " + to_do);
}

[[noreturn]] void fail_write(const fs::path& where, int error) {
    fail("cannot write", where,
         std::string(std::strerror(error)) + "; make room or allow writing there, then run again");
}

/// A file descriptor that closes itself.
class Descriptor {
public:
    Descriptor(const fs::path& path, int flags)
        : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0666)) {
        if (fd_ < 0) fail_write(path_, errno);
    }
    ~Descriptor() { ::close(fd_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    void write(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) fail_write(path_, errno);
            if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void sync() const {
        // Some network file systems cannot sync a directory and say EINVAL.
        if (::fsync(fd_) != 0 && errno != EINVAL) fail_write(path_, errno);
    }
    std::string read() const {
        std::string bytes;
        std::string block(std::size_t{1} << 16U, '\0');
        for (;;) {
            const ssize_t size = ::read(fd_, block.data(), block.size());
            if (size == 0) return bytes;
            if (size > 0) bytes.append(block, 0, static_cast<std::size_t>(size));
            if (size < 0 && errno != EINTR) fail("cannot read", path_, std::strerror(errno));
        }
    }

private:
    fs::path path_;
    int fd_;
};

void sync_directory(const fs::path& directory) {
    Descriptor(directory, O_RDONLY | O_DIRECTORY).sync();
}

/// Makes one directory and the entry that names it last.
void make_directory(const fs::path& directory) {
    boost::system::error_code error;
    if (fs::create_directory(directory, error))
        sync_directory(directory.has_parent_path() ? directory.parent_path() : fs::path("."));
    if (error) fail_write(directory, error.value());
}

/// The content of a frame; nullopt when it is damaged. The size that a damaged header claims is
/// never allocated.
std::optional<std::string> decompressed(std::string_view frame) {
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                       &ZSTD_freeDCtx);
    std::string content;
    std::string block(ZSTD_DStreamOutSize(), '\0');
    ZSTD_inBuffer in{frame.data(), frame.size(), 0};
    for (std::size_t more = 1; more != 0;) {
        ZSTD_outBuffer out{block.data(), block.size(), 0};
        more = ZSTD_decompressStream(context.get(), &out, &in);
        if (ZSTD_isError(more) != 0) return {};
        content.append(block, 0, out.pos);
        if (more != 0 && in.pos == in.size && out.pos < out.size) return {};  // cut off
    }
    return content;
}

/// Writes the file whole or not at all: under another name first, which is then its own.
void write_whole(const fs::path& file, std::string_view bytes) {
    const fs::path temporary = file.string() + std::string(kTemporary);
    ::unlink(temporary.c_str());  // what an interrupted run left
    try {
        const Descriptor out(temporary, O_WRONLY | O_CREAT | O_EXCL);
        out.write(bytes);
        out.sync();
        if (::rename(temporary.c_str(), file.c_str()) != 0) fail_write(file, errno);
    } catch (const std::runtime_error&) {
        ::unlink(temporary.c_str());
        throw;
    }
    sync_directory(file.parent_path());
}

/// Names of what is in a directory, sorted; none when there is no such directory.
std::vector<std::string> names_in(const fs::path& directory) {
    std::vector<std::string> names;
    boost::system::error_code error;
    fs::directory_iterator at(directory, error);
    for (const fs::directory_iterator end; !error && at != end; at.increment(error))
        names.push_back(at->path().filename().string());
    if (error && error.value() != ENOENT && error.value() != ENOTDIR)
        fail("cannot read", directory, error.message());
    std::ranges::sort(names);
    return names;
}

/// Paths below `root` that are a store path and the ending, sorted.
std::vector<std::string> paths_below(const fs::path& root, std::string_view ending) {
    std::vector<std::string> paths;
    for (const std::string& directory : names_in(root)) {
        if (directory.size() != 2) continue;
        for (const std::string& name : names_in(root / directory)) {
            const std::string path = (fs::path(directory) / name).string();
            if (!path.ends_with(ending)) continue;
            const std::string_view stem(path.data(), path.size() - ending.size());
            if (is_store_path(stem)) paths.push_back(path);
        }
    }
    return paths;
}

void remove_file(const fs::path& file) {
    if (::unlink(file.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR)
        fail("cannot remove", file, std::strerror(errno));
}

}  // namespace

FileStore::FileStore(fs::path root) : root_(std::move(root)) {}

void FileStore::put(std::string_view path, std::string_view compressed) {
    const fs::path file = place_of(path);
    boost::system::error_code error;
    if (fs::symlink_status(file, error).type() == fs::regular_file &&
        Descriptor(file, O_RDONLY).read() == compressed)
        return;
    make_directory(root_);
    make_directory(file.parent_path());
    write_whole(file, compressed);
}

bool FileStore::has(std::string_view path) const {
    boost::system::error_code error;
    return fs::symlink_status(place_of(path), error).type() == fs::regular_file;
}

bool FileStore::has(std::string_view path, std::int64_t bytes) const {
    const fs::path file = place_of(path);
    boost::system::error_code error;
    return fs::symlink_status(file, error).type() == fs::regular_file &&
           static_cast<std::int64_t>(fs::file_size(file, error)) == bytes;
}

std::string FileStore::get(std::string_view path) const {
    const fs::path file = place_of(path);
    if (!has(path))
        fail("no stored content", file, "restore the store from a backup or import again");
    auto content = decompressed(Descriptor(file, O_RDONLY).read());
    if (!content || to_hex(hash128(*content)) != path.substr(3, 32))
        fail("damaged content", file, "remove the file, then restore it or import again");
    return std::move(*content);
}

std::vector<std::string> FileStore::list() const { return paths_below(root_, ""); }

void FileStore::remove(std::string_view path) {
    const fs::path file = place_of(path);
    remove_file(file);
    remove_empty_directories(file.parent_path());
}

void FileStore::remove_temporary_files() {
    for (const std::string& path : paths_below(root_, kTemporary)) {
        remove_file(root_ / path);
        remove_empty_directories((root_ / path).parent_path());
    }
}

fs::path FileStore::place_of(std::string_view path) const {
    if (!is_store_path(path))
        throw std::invalid_argument("not a path of the file store: \"" + std::string(path) + "\"");
    return root_ / std::string(path);
}

void FileStore::remove_empty_directories(const fs::path& directory) {
    // rmdir refuses a directory that is not empty, which is what is wanted.
    if (::rmdir(directory.c_str()) == 0) ::rmdir(root_.c_str());
}

}  // namespace ingot
