// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/sql_migration.hpp"

#include "loaders/schema/sql_split.hpp"

#include "pipeline/model/errors.hpp"
#include "pipeline/model/text.hpp"

#include <sstream>

namespace ingot::schema {
namespace {

constexpr std::string_view kMark = "-- ingot:";

/// Comments before the first part: "-- says: …".
void read_heading(const std::string& line, Document& document) {
    for (const std::string key : {"says", "phase"}) {
        const std::string mark = "-- " + key + ":";
        if (!line.starts_with(mark)) continue;
        const std::string value{trimmed(std::string_view(line).substr(mark.size()))};
        if (key == "phase")
            document.top.set(key, static_cast<std::int64_t>(std::stoll(value)));
        else
            document.top.set(key, value);
    }
}

}  // namespace

std::vector<std::string> statements_of(const std::string& text, Dialect dialect) {
    std::vector<std::string> statements;
    sql::Positions positions(text);
    sql::Splitter splitter(text, dialect, sql::Place::script, positions);
    for (sql::Statement statement; splitter.next(statement);)
        statements.emplace_back(statement.text);
    return statements;
}

Document read_sql_migration(const std::string& text, const std::string& file, Dialect dialect) {
    Document document{.top = Spec(file), .lists = {}};
    std::map<std::string, std::string> parts;
    std::string part;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(kMark) && !line.starts_with("-- ingot:ignore"))
            part = trimmed(std::string_view(line).substr(kMark.size()));
        else if (part.empty())
            read_heading(line, document);
        else
            parts[part] += line + "\n";
    }
    Spec step(file);
    step.set("op", std::string("sql"));
    for (const auto& [name, sql] : parts) {
        if (name != "up" && name != "up alone" && name != "down" && name != "verify")
            throw UsageError(file + ": '" + std::string(kMark) + name +
                             "' is not known; there are up, up alone, down, verify");
        const std::vector<std::string> statements = statements_of(sql, dialect);
        if (name == "verify")
            step.set("verify", statements.empty() ? "" : statements.front());
        else
            step.set(name == "up alone" ? "alone" : name, statements);
    }
    document.lists["step"].push_back(std::move(step));
    return document;
}

}  // namespace ingot::schema
