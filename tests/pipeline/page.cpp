// SPDX-License-Identifier: MIT
#include "tests/pipeline/page.hpp"

#include "tests/pipeline/program.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include <boost/filesystem/string_file.hpp>

namespace ingot::testing {
namespace {

using nlohmann::json;

/// The sum of all numbers at a pointer with "*" for "each".
double sum_at(const json& value, std::string_view pointer) {
    if (pointer.empty()) return value.is_null() ? 0 : value.get<double>();
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string step(pointer.substr(1, end - 1));
    const std::string_view rest = pointer.substr(end);
    if (value.is_null()) return 0;
    if (value.is_object()) return sum_at(value.at(step), rest);
    if (step != "*") return sum_at(value.at(std::stoul(step)), rest);
    double sum = 0;
    for (const json& entry : value) sum += sum_at(entry, rest);
    return sum;
}

/// The pointers of what must be on the page.
std::set<std::string> required(const json& report, const std::string& prefix) {
    std::set<std::string> pointers;
    if (report["files"]["seen"] != 0)
        for (const char* member : {"in_rows", "rejected", "blank", "pending", "unaccounted"})
            if (report["bytes"]["seen"] != 0) pointers.insert(prefix + "/bytes/" + member);
    for (std::size_t i = 0; i < report["tables"].size(); ++i) {
        const std::string at = prefix + "/tables/" + std::to_string(i);
        pointers.insert({at + "/source_rows", at + "/rejected"});
        for (const char* side : {"sqlite", "postgres"})
            if (!report["tables"][i][side].is_null()) pointers.insert(at + "/" + side + "/rows");
        const json& checks = report["tables"][i]["checks"];
        for (std::size_t j = 0; j < checks.size(); ++j)
            if (checks[j]["violations"] != 0)
                pointers.insert(at + "/checks/" + std::to_string(j) + "/violations");
    }
    for (std::size_t i = 0; i < report["rejects"].size(); ++i)
        if (report["rejects"][i]["count"] != 0)
            pointers.insert(prefix + "/rejects/" + std::to_string(i) + "/count");
    for (std::size_t i = 0; i < report["families"].size(); ++i)
        for (const char* member : {"files", "bytes", "rows", "rejects"})
            pointers.insert(prefix + "/families/" + std::to_string(i) + "/" + member);
    return pointers;
}

std::set<std::string> all_required(const json& report) {
    if (!report.contains("workspaces")) return required(report, "");
    std::set<std::string> pointers;
    for (std::size_t i = 0; i < report["workspaces"].size(); ++i)
        pointers.merge(required(report["workspaces"][i], "/workspaces/" + std::to_string(i)));
    return pointers;
}

/// "1,234" is 1234; sizes and times are shown rounded.
void expect_shown(const std::string& value, std::string shown) {
    if (shown.find_first_not_of("-0123456789,") != std::string::npos) return;
    std::erase(shown, ',');
    EXPECT_EQ(shown, value);
}

}  // namespace

json open_page(const boost::filesystem::path& page, const std::vector<std::string>& options) {
    std::vector<std::string> command{"/usr/bin/python3", SOURCE_DIR "/tests/pipeline/browser.py",
                                     page.string()};
    command.insert(command.end(), options.begin(), options.end());
    const Finished browser = run(command);
    if (browser.exit_code != 0) throw std::runtime_error(browser.errors);
    return json::parse(browser.output);
}

json read_json(const boost::filesystem::path& file) {
    std::string text;
    boost::filesystem::load_string_file(file, text);
    return json::parse(text);
}

void expect_harmless(const json& page) {
    EXPECT_EQ(page["messages"], json::array());
    EXPECT_EQ(page["requests"], json::array());
    EXPECT_EQ(page["elements"], json({{"script", 0}, {"handlers", 0}, {"outside", 0}}));
    EXPECT_LE(page["overflow"], 0);
}

void expect_numbers_of(const json& page, const json& report) {
    std::set<std::string> missing = all_required(report);
    for (const json& number : page["numbers"]) {
        const auto pointer = number[1].get<std::string>();
        const auto value = number[2].get<std::string>();
        const double expected = number[0] == "sum"
                                    ? sum_at(report, pointer)
                                    : report.at(json::json_pointer(pointer)).get<double>();
        EXPECT_EQ(std::stod(value), expected) << pointer;
        expect_shown(value, number[3].get<std::string>());
        missing.erase(pointer);
    }
    EXPECT_TRUE(missing.empty()) << missing.size() << " numbers are not on the page, first "
                                 << *missing.begin();
}

}  // namespace ingot::testing
