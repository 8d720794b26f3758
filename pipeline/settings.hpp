// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/source.hpp"
#include "pipeline/options.hpp"

#include <string>

namespace ingot {

/// What shapes rows, from the command line. Throws UsageError for an unknown time zone.
Settings settings_of(const Options& options);

/// The same as the ledger keeps it: a source read with other settings is read again.
std::string settings_text(const Options& options);

/// What a source was left unmapped by: with other extractors it is looked at again.
const std::string& extractors_text();

/// What the ledger kept. Throws std::runtime_error for a text of another form.
Settings settings_from(const std::string& text);

/// The value of one setting: "timezone", "max-record" or "snapshot-inline".
std::string setting(const std::string& text, const std::string& name);

/// Whether a source read with the settings `then` need not be read again with `now`: a longer longest
/// record has only let more in.
bool reads_alike(const std::string& then, const std::string& now);

/// What a run was asked for, as JSON for import_runs.options.
std::string options_json(const Options& options);

/// settings_text of the run that these options, as options_json wrote them, belong to.
std::string settings_text_of_run(const std::string& json);

}  // namespace ingot
