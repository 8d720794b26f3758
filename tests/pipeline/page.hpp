// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <boost/filesystem.hpp>
#include <nlohmann/json.hpp>

namespace ingot::testing {

/// Opens a page in headless Chromium; what browser.py tells of it. Throws when that fails.
nlohmann::json open_page(const boost::filesystem::path& page,
                         const std::vector<std::string>& options = {});

nlohmann::json read_json(const boost::filesystem::path& file);

/// No console message, no request, no script or foreign address, not wider than the window.
void expect_harmless(const nlohmann::json& page);

/// Every number on the page is the one that the JSON report has at its place, and nothing that counts
/// is missing on the page.
void expect_numbers_of(const nlohmann::json& page, const nlohmann::json& report);

}  // namespace ingot::testing
