// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/sql_migration.hpp"

#include "loaders/schema/sql_split.hpp"

#include "pipeline/model/errors.hpp"
#include "pipeline/model/text.hpp"

#include <sstream>

namespace ingot::schema {
namespace {

constexpr std::string_view kMark = "-- ingot:";

/// "a, b"
std::vector<std::string> words_in(const std::string& list) {
    std::vector<std::string> words;
    std::istringstream in(list);
    for (std::string word; std::getline(in, word, ',');)
        if (const std::string_view name = trimmed(word); !name.empty()) words.emplace_back(name);
    return words;
}

/// Comments before the first part: "-- says: …" of the migration, "-- tables: a, b" of its step.
void read_heading(const std::string& line, Document& document, Spec& step) {
    for (const std::string key : {"tables", "writes", "locks"})
        if (const std::string mark = "-- " + key + ":"; line.starts_with(mark))
            step.set(key, words_in(line.substr(mark.size())));
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
    Spec step(file);
    step.set("op", std::string("sql"));
    std::string part;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(kMark) && !line.starts_with("-- ingot:ignore"))
            part = trimmed(std::string_view(line).substr(kMark.size()));
        else if (part.empty())
            read_heading(line, document, step);
        else
            parts[part] += line + "\n";
    }
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
