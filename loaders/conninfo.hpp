// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/errors.hpp"

#include <string>
#include <utility>
#include <vector>

/// Where PostgreSQL is: a postgres:// or postgresql:// URL, libpq's key=value text, or empty for
/// the PG* environment. Passwords stay inside: no message made here holds one.
namespace ingot {

/// The text is no connection text; the message does not quote it.
struct BadConninfo : UsageError {
    using UsageError::UsageError;
};

/// libpq's parameters in the order of its own list, those not given left out, with Ingot's defaults
/// added: application name, UTF-8, and time limits that notice a dead network. Throws BadConninfo.
std::vector<std::pair<std::string, std::string>> connection_parameters(const std::string& conninfo);

/// "host=… port=… dbname=… user=…" with what the environment adds; never a password. Throws
/// BadConninfo.
std::string redacted(const std::string& conninfo);

/// The message without any password of the connection text or the environment.
std::string scrubbed(std::string message, const std::string& conninfo);

/// True for a socket or a loopback address.
bool is_local(const std::string& conninfo);

}  // namespace ingot
