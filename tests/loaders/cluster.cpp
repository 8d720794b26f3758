// SPDX-License-Identifier: MIT
#include "tests/loaders/cluster.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include <unistd.h>

namespace ingot::testing {
namespace {

const std::string kScript = SOURCE_DIR "/tests/private_postgres.sh ";

class Cluster {
public:
    Cluster() {
        url_ = output_of(kScript + "start " + directory_ + " " + std::to_string(getpid()));
        url_.resize(url_.find('\n'));
    }
    ~Cluster() {
        if (std::system((kScript + "stop " + directory_).c_str()) != 0) std::perror("stop");
    }
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;
    const std::string& url() const { return url_; }

private:
    std::string directory_ = "/tmp/ingot-test-" + std::to_string(getpid());
    std::string url_;
};

}  // namespace

std::string output_of(const std::string& command) {
    std::string out;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> piece{};
    while (pipe != nullptr && fgets(piece.data(), piece.size(), pipe) != nullptr)
        out += piece.data();
    if (pipe == nullptr || pclose(pipe) != 0) throw std::runtime_error("failed: " + command);
    return out;
}

std::string cluster_url() {
    static const Cluster cluster;
    return cluster.url();
}

std::string new_schema() {
    static int count = 0;
    return "test " + std::to_string(++count);  // the blank shows that names are quoted
}

std::string ask(const std::string& sql) {
    static pqxx::connection connection(cluster_url());
    pqxx::nontransaction work(connection);
    const pqxx::result rows = work.exec(sql);
    return rows.empty() || rows[0][0].is_null() ? "" : rows[0][0].as<std::string>();
}

}  // namespace ingot::testing
