// SPDX-License-Identifier: MIT
#include "pipeline/rehearsed.hpp"

#include "pipeline/clock.hpp"
#include "pipeline/home_folders.hpp"
#include "pipeline/model/errors.hpp"
#include "pipeline/model/time.hpp"
#include "pipeline/report/printable.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include <boost/filesystem.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace ingot {
namespace {

namespace fs = boost::filesystem;

fs::path file_of_rehearsals() { return state_folder() / "rehearsed"; }

/// Time, pack, database, fingerprint and versions, with tabs between them.
std::string line_of(const RehearsedPlan& plan) {
    return fmt::format("{}\t{}\t{}\t{}\t{}\n", format_time(now()), printable(plan.pack),
                       printable(plan.identity), plan.fingerprint, fmt::join(plan.versions, ","));
}

RehearsedPlan plan_in(const std::string& line) {
    std::istringstream fields(line);
    std::string time, versions;
    RehearsedPlan plan;
    std::getline(fields, time, '\t');
    std::getline(fields, plan.pack, '\t');
    std::getline(fields, plan.identity, '\t');
    std::getline(fields, plan.fingerprint, '\t');
    while (std::getline(fields, versions, ','))
        if (!versions.empty() && versions.find_first_not_of("0123456789") == std::string::npos)
            plan.versions.insert(std::stoll(versions));
    return plan;
}

std::vector<RehearsedPlan> rehearsals_of(const std::string& pack, const std::string& identity) {
    std::ifstream in(file_of_rehearsals().string());
    std::vector<RehearsedPlan> plans;
    for (std::string line; std::getline(in, line);) {
        RehearsedPlan plan = plan_in(line);
        if (plan.pack == printable(pack) && plan.identity == printable(identity))
            plans.push_back(std::move(plan));
    }
    return plans;
}

}  // namespace

void record_rehearsal(const RehearsedPlan& plan) {
    const std::string line = line_of(plan);
    const fs::path file = file_of_rehearsals();
    fs::create_directories(file.parent_path());
    // One write at the end of the file: two rehearsals at once do not mix their lines.
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const bool written =
        fd >= 0 && ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    const int error = errno;
    if (fd >= 0) ::close(fd);
    if (!written)
        throw RunError(Exit::failed, "cannot write " + file.string() + ": " + std::strerror(error));
}

bool is_rehearsed(const std::string& pack, const std::string& identity,
                  const std::string& fingerprint) {
    return std::ranges::any_of(rehearsals_of(pack, identity), [&](const RehearsedPlan& plan) {
        return plan.fingerprint == fingerprint;
    });
}

bool is_way_back_rehearsed(const std::string& pack, const std::string& identity,
                           const std::vector<std::int64_t>& versions) {
    std::set<std::int64_t> known;
    for (const RehearsedPlan& plan : rehearsals_of(pack, identity))
        known.insert(plan.versions.begin(), plan.versions.end());
    return std::ranges::all_of(versions,
                               [&](std::int64_t version) { return known.contains(version); });
}

}  // namespace ingot
