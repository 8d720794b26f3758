// SPDX-License-Identifier: MIT
#include "loaders/conninfo.hpp"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string_view>

#include <libpq-fe.h>

namespace ingot {
namespace {

using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

/// The password of a URL may hold @ and / unescaped by mistake; libpq would then take a part of it
/// for the host's name and put it into its messages.
void check_url(std::string_view text) {
    const std::size_t scheme = text.find("://");
    if (!text.starts_with("postgres://") && !text.starts_with("postgresql://")) return;
    const std::string_view rest = text.substr(scheme + 3);
    const std::string_view before_query = rest.substr(0, rest.find('?'));
    const std::size_t at = before_query.rfind('@');
    if (at == std::string_view::npos) return;
    if (before_query.substr(0, at).find_first_of("@/#") != std::string_view::npos)
        throw BadConninfo(
            "in a PostgreSQL URL write @ as %40, / as %2F and # as %23 within the user, "
            "the password and the database's name");
}

Options parse(const std::string& conninfo) {
    check_url(conninfo);
    char* message = nullptr;
    Options options(PQconninfoParse(conninfo.c_str(), &message), PQconninfoFree);
    PQfreemem(message);  // it quotes the text, and so perhaps the password
    if (!options)
        throw BadConninfo(
            "the connection text is neither a URL (postgresql://user@host/database) nor "
            "key=value text (host=… dbname=…)");
    return options;
}

/// Calls `read` with each option that has a value.
void for_each_value(const PQconninfoOption* options,
                    const std::function<void(const PQconninfoOption&)>& read) {
    for (const PQconninfoOption* option = options; option != nullptr && option->keyword != nullptr;
         ++option)
        if (option->val != nullptr && *option->val != '\0') read(*option);
}

/// What is in force: the text, and the environment for what it leaves open.
std::map<std::string, std::string> effective(const std::string& conninfo) {
    const Options options = parse(conninfo);
    const Options defaults(PQconndefaults(), PQconninfoFree);
    std::map<std::string, std::string> values;
    const auto take = [&](const PQconninfoOption& option) { values[option.keyword] = option.val; };
    for_each_value(defaults.get(), take);
    for_each_value(options.get(), take);
    return values;
}

/// A database's name is taken literally by libpq, so a connection text there is a mistake, but one
/// that may hold a password.
bool may_hold_password(std::string_view value) {
    return value.find('=') != std::string_view::npos || value.find("://") != std::string_view::npos;
}

bool is_local_host(std::string_view host) {
    return host.empty() || host.starts_with('/') || host.starts_with('@') || host == "localhost" ||
           host == "::1" || host.starts_with("127.");
}

void replace_all(std::string& text, const std::string& what) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += 3)
        text.replace(at, what.size(), "***");
}

}  // namespace

std::vector<std::pair<std::string, std::string>>
connection_parameters(const std::string& conninfo) {
    const Options options = parse(conninfo);
    std::vector<std::pair<std::string, std::string>> parameters;
    for_each_value(options.get(), [&](const PQconninfoOption& option) {
        if (option.keyword != std::string_view("client_encoding"))
            parameters.emplace_back(option.keyword, option.val);
    });
    parameters.emplace_back("client_encoding", "UTF8");
    constexpr std::array<std::pair<const char*, const char*>, 6> ours{
        {{"fallback_application_name", "ingot"},
         {"connect_timeout", "10"},
         {"keepalives_idle", "30"},
         {"keepalives_interval", "10"},
         {"keepalives_count", "3"},
         {"tcp_user_timeout", "60000"}}};
    const auto effective_values = effective(conninfo);
    for (const auto& [key, value] : ours)
        if (!effective_values.contains(key)) parameters.emplace_back(key, value);
    return parameters;
}

std::string redacted(const std::string& conninfo) {
    const auto values = effective(conninfo);
    std::string out;
    for (const char* key : {"service", "host", "hostaddr", "port", "dbname", "user"}) {
        const auto found = values.find(key);
        if (found == values.end()) continue;
        const std::string shown = may_hold_password(found->second) ? "***" : found->second;
        out += (out.empty() ? "" : " ") + found->first + "=" + shown;
    }
    return out;
}

std::string scrubbed(std::string message, const std::string& conninfo) {
    const auto values = effective(conninfo);
    for (const char* key : {"password", "sslpassword"})
        if (const auto found = values.find(key); found != values.end())
            replace_all(message, found->second);
    return message;
}

bool is_local(const std::string& conninfo) {
    const auto values = effective(conninfo);
    for (const char* key : {"host", "hostaddr"}) {
        const auto found = values.find(key);
        if (found == values.end()) continue;
        std::istringstream hosts(found->second);  // several are separated by commas
        for (std::string host; std::getline(hosts, host, ',');)
            if (!is_local_host(host)) return false;
    }
    return true;
}

}  // namespace ingot
