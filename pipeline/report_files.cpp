// SPDX-License-Identifier: MIT
#include "pipeline/report_files.hpp"

#include "pipeline/clock.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/report/failure_report.hpp"
#include "pipeline/report/printable.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include <boost/filesystem.hpp>
#include <fcntl.h>
#include <unistd.h>

namespace ingot {
namespace {

namespace fs = boost::filesystem;

[[noreturn]] void fail(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

/// A file that gets its name when it is whole, and goes when it does not.
class NewFile {
public:
    explicit NewFile(const std::string& path)
        : path_(path), partial_(path + ".partial-" + std::to_string(getpid())),
          fd_(open(partial_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
        if (fd_ < 0) fail(partial_);
    }
    ~NewFile() {
        if (fd_ >= 0) close(fd_);
        if (!partial_.empty()) unlink(partial_.c_str());
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    void write_all(std::string_view text) {
        while (!text.empty()) {
            const ssize_t written = write(fd_, text.data(), text.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail(partial_);
            text.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void give_name() {
        if (fsync(fd_) != 0) fail(partial_);
        if (rename(partial_.c_str(), path_.c_str()) != 0) fail(path_);
        partial_.clear();
    }

private:
    std::string path_;
    std::string partial_;
    int fd_;
};

void write_report(const std::string& file, const std::string& content) {
    // A link stays one: what it points to is replaced, and that is what was looked at before.
    NewFile target(fs::weakly_canonical(fs::absolute(file)).string());
    target.write_all(content);
    target.give_name();
}

/// A report must not take the place of the database, of its companions or of its file store.
void refuse_database(const std::string& file, const std::string& database) {
    namespace fs = boost::filesystem;
    const std::string place = fs::weakly_canonical(fs::absolute(file)).string();
    const std::string taken = fs::weakly_canonical(fs::absolute(database)).string();
    if (place == taken || place.starts_with(taken + "-") || place.starts_with(taken + ".store/"))
        throw UsageError("--report " + file + " would overwrite the database " + database +
                         "; name another file");
}

template <typename Render> Exit write_all(const Options& options, const Render& render) {
    Exit exit = Exit::done;
    for (const std::string& file : options.reports) {
        try {
            write_report(file, render(file));
        } catch (const std::runtime_error& error) {  // what the system and Boost say
            fmt::print(stderr, "ingot: cannot write the report {}: {}\n", printable(file),
                       printable(error.what()));
            exit = Exit::failed;
        }
    }
    return exit;
}

Exit write_dated(const Options& options, document::Document document, Timestamp started_at,
                 Exit exit) {
    document.started_at = started_at;
    document.seconds = static_cast<double>(now().us - started_at.us) / 1e6;
    document.exit_code = static_cast<int>(exit);
    return gravest(exit, write_reports(options, document));
}

}  // namespace

void require_report_files(const Options& options, std::span<const Workspace> workspaces) {
    for (const std::string& file : options.reports) {
        renderer_for(file);
        for (const Workspace& workspace : workspaces) refuse_below(workspace, file, "the report");
        refuse_database(file, options.sqlite);
    }
}

Exit write_reports(const Options& options, const ReportSet& set) {
    return write_all(options,
                     [&](const std::string& file) { return renderer_for(file).render(set); });
}

Exit write_reports(const Options& options, const document::Document& document) {
    return write_all(options, [&](const std::string& file) {
        return renderer_for(file).render_document(document);
    });
}

int with_report(const Options& options, const std::string& command,
                const std::function<Outcome()>& work) {
    require_report_files(options, {});
    const Timestamp started_at = now();
    try {
        Outcome outcome = work();
        return static_cast<int>(
            write_dated(options, std::move(outcome.document), started_at, outcome.exit));
    } catch (const RunError& error) {
        if (error.exit != Exit::usage)
            write_dated(options, failure_document(command, error), started_at, error.exit);
        throw;
    }
}

}  // namespace ingot
