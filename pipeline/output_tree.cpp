// SPDX-License-Identifier: MIT
#include "pipeline/output_tree.hpp"

#include "pipeline/model/errors.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <boost/filesystem.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ingot {
namespace {

namespace fs = boost::filesystem;

/// Set-user-id and its like are not given back: the archive may be somebody else's.
constexpr std::int64_t kModeBits = 0777;

[[noreturn]] void fail(const std::string& what) {
    throw OutputError(what + ": " + std::strerror(errno));
}

/// A descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Descriptor() {
        if (fd_ >= 0) close(fd_);
    }
    int get() const { return fd_; }
    int release() { return std::exchange(fd_, -1); }

private:
    int fd_;
};

std::array<timespec, 2> times_of(std::int64_t modified_ns) {
    constexpr std::int64_t second = 1'000'000'000;
    const std::int64_t rest = ((modified_ns % second) + second) % second;
    const timespec time{.tv_sec = (modified_ns - rest) / second, .tv_nsec = rest};
    return {time, time};
}

bool is_safe_component(std::string_view name) {
    return !name.empty() && name != "." && name != ".." &&
           name.find('\0') == std::string_view::npos;
}

void write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t done = ::write(fd, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) fail("cannot be written");
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
}

/// Takes away what stands where an entry shall come; a directory stays and makes that fail.
void make_room(int directory, const std::string& name, bool overwrite) {
    if (overwrite && unlinkat(directory, name.c_str(), 0) != 0 && errno != ENOENT)
        fail("what is there cannot be replaced");
}

}  // namespace

OutputTree::OutputTree(const std::string& directory, bool overwrite) : overwrite_(overwrite) {
    boost::system::error_code error;
    fs::create_directories(directory, error);
    if (error || !fs::is_directory(directory))
        throw UsageError("cannot make the directory " + directory + ": " + error.message());
    if (!overwrite && !fs::is_empty(directory))
        throw UsageError(directory + " is not empty; name another directory, or say --overwrite");
    root_ = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root_ < 0) throw UsageError("cannot open " + directory + ": " + std::strerror(errno));
}

OutputTree::~OutputTree() { close(root_); }

/// The directory of the path's last component, whose name goes to `name`; missing ones are made.
int OutputTree::open_parent(const std::string& path, std::string& name) const {
    Descriptor at(dup(root_));
    std::string_view rest = path;
    for (;;) {
        const std::size_t slash = rest.find('/');
        const std::string component(rest.substr(0, slash));
        if (!is_safe_component(component)) throw OutputError("the stored path is not a safe one");
        if (slash == std::string_view::npos) {
            name = component;
            return at.release();
        }
        rest.remove_prefix(slash + 1);
        // Their own modes are not archived: nobody else shall read what may have been private.
        if (mkdirat(at.get(), component.c_str(), 0700) != 0 && errno != EEXIST)
            fail("cannot make the directory " + component);
        const int next =
            openat(at.get(), component.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (next < 0) fail(component + " is no directory of its own");
        at = Descriptor(next);
    }
}

void OutputTree::write_file(
    const OutputEntry& entry,
    const std::function<void(const std::function<void(std::string_view)>&)>& produce) {
    std::string name;
    const Descriptor parent(open_parent(entry.path, name));
    make_room(parent.get(), name, overwrite_);
    const Descriptor file(openat(parent.get(), name.c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (file.get() < 0) fail("cannot be made");
    try {
        produce([&](std::string_view bytes) { write_all(file.get(), bytes); });
    } catch (const std::exception&) {
        unlinkat(parent.get(), name.c_str(), 0);
        throw;
    }
    if (fchmod(file.get(), static_cast<mode_t>(entry.mode & kModeBits)) != 0)
        fail("cannot set its mode");
    if (futimens(file.get(), times_of(entry.modified_ns).data()) != 0) fail("cannot set its time");
}

void OutputTree::write_link(const OutputEntry& entry, const std::string& target) {
    std::string name;
    const Descriptor parent(open_parent(entry.path, name));
    make_room(parent.get(), name, overwrite_);
    if (symlinkat(target.c_str(), parent.get(), name.c_str()) != 0) fail("cannot be made");
    if (utimensat(parent.get(), name.c_str(), times_of(entry.modified_ns).data(),
                  AT_SYMLINK_NOFOLLOW) != 0)
        fail("cannot set its time");
}

void OutputTree::make_directory(const OutputEntry& entry) {
    std::string name;
    const Descriptor parent(open_parent(entry.path, name));
    if (mkdirat(parent.get(), name.c_str(), 0777) != 0 && !(errno == EEXIST && overwrite_))
        fail("cannot be made");
    const Descriptor directory(
        openat(parent.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (directory.get() < 0) fail("is no directory of its own");
    if (fchmod(directory.get(), static_cast<mode_t>(entry.mode & kModeBits)) != 0)
        fail("cannot set its mode");
    if (futimens(directory.get(), times_of(entry.modified_ns).data()) != 0)
        fail("cannot set its time");
}

}  // namespace ingot
