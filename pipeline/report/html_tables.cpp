// SPDX-License-Identifier: MIT
#include "pipeline/report/figures.hpp"
#include "pipeline/report/html.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ingot::html {
namespace {

constexpr std::string_view kPostgres = "postgres.";

/// "postgres.events.not_null" in the table events → "not_null".
std::string_view short_name(const CheckResult& check, const std::string& table) {
    std::string_view name = check.name;
    if (name.starts_with(kPostgres)) name.remove_prefix(kPostgres.size());
    if (name.starts_with(table + ".")) name.remove_prefix(table.size() + 1);
    return name;
}

std::int64_t broken(const TableLine& table, bool errors) {
    return std::ranges::count_if(table.checks, [&](const CheckResult& check) {
        return check.violations > 0 && check.is_error == errors;
    });
}

std::string kind_of(const TableLine& table) {
    if (!table.ok) return "bad";
    return broken(table, false) > 0 ? "warn" : "ok";
}

std::string rule_summary(const TableLine& table) {
    if (const std::int64_t errors = broken(table, true); errors > 0)
        return counted(errors, "rule") + " broken";
    if (const std::int64_t warnings = broken(table, false); warnings > 0)
        return counted(warnings, "warning");
    if (table.checks.empty()) return table.ok ? "" : "not valid";
    return counted(std::ssize(table.checks), "rule") +
           (table.checks.size() == 1 ? " holds" : " hold");
}

std::string database_row(const char* name, const std::optional<DatabaseLine>& line,
                         const std::string& at) {
    if (!line) return "";
    return fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td>"
        "<td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>"
        "<td><code>{}</code></td></tr>\n",
        name, number(line->rows, at + "/rows"), number(line->changes.inserted, at + "/inserted"),
        number(line->changes.updated, at + "/updated"),
        number(line->changes.removed, at + "/removed"),
        number(line->unchanged(), at + "/unchanged"), text(line->checksum.value_or("–")));
}

std::string sides(const TableLine& table, const std::string& at) {
    return fmt::format(
        "<div class=\"scroll\"><table class=\"sides\">\n<thead><tr><td></td><th scope=\"col\" "
        "class=\"n\">rows</th><th scope=\"col\" class=\"n\">inserted</th><th scope=\"col\" "
        "class=\"n\">updated</th><th scope=\"col\" class=\"n\">removed</th><th scope=\"col\" "
        "class=\"n\">unchanged</th><th scope=\"col\">checksum</th></tr></thead>\n<tbody>\n"
        "<tr><th scope=\"row\">Files</th><td class=\"n\">{}</td><td></td><td></td><td></td>"
        "<td></td><td><code>{}</code></td></tr>\n{}{}</tbody></table></div>\n",
        number(table.source_rows, at + "/source_rows"), text(table.source_checksum.value_or("–")),
        database_row("SQLite", table.sqlite, at + "/sqlite"),
        database_row("PostgreSQL", table.postgres, at + "/postgres"));
}

std::string violation(const CheckResult& check, const std::string& at) {
    std::string examples;
    for (const std::string& example : check.examples)
        examples += "<li><code>" + text(example) + "</code></li>";
    const char* kind = check.is_error ? "bad" : "warn";
    return fmt::format("<li class=\"{}\">{}<b>{}</b> <span>{}, {} {}</span>{}</li>\n", kind,
                       icon(kind), text(check.name), check.is_error ? "error" : "warning",
                       number(check.violations, at + "/violations"),
                       check.violations == 1 ? "row" : "rows",
                       examples.empty() ? "" : "<ul>" + examples + "</ul>");
}

/// The rules that hold on one side, as a list of words.
std::string held(const TableLine& table, bool in_postgres, const char* side) {
    std::string names;
    for (const CheckResult& check : table.checks)
        if (check.violations == 0 && check.name.starts_with(kPostgres) == in_postgres)
            names += (names.empty() ? "" : ", ") + text(short_name(check, table.table));
    if (names.empty()) return "";
    return fmt::format("<p class=\"held\"><b>Hold {}:</b> {}</p>\n", side, names);
}

std::string rules(const TableLine& table, const std::string& at) {
    std::string violations;
    for (std::size_t i = 0; i < table.checks.size(); ++i)
        if (table.checks[i].violations > 0)
            violations += violation(table.checks[i], fmt::format("{}/checks/{}", at, i));
    return (violations.empty() ? "" : "<ul class=\"violations\">\n" + violations + "</ul>\n") +
           held(table, false, table.sqlite ? "in SQLite" : "there") +
           held(table, true, "in PostgreSQL");
}

std::string rows_of(const std::optional<DatabaseLine>& line, const std::string& at) {
    return line ? number(line->rows, at + "/rows") : "–";
}

bool has_nothing(const TableLine& table) {
    const auto nothing = [](const std::optional<DatabaseLine>& line) {
        return !line || (line->rows == 0 && !line->changes.any());
    };
    return table.source_rows == 0 && table.rejected == 0 && nothing(table.sqlite) &&
           nothing(table.postgres);
}

std::string one_table(const TableLine& table, const std::string& at) {
    const std::string kind = kind_of(table);
    const bool is_empty = has_nothing(table);
    std::string remarks;
    if (table.inferred > 0)
        remarks = "<p class=\"held\">" + number(table.inferred, at + "/inferred") +
                  " of the rows are only known because others name them.</p>\n";
    return fmt::format(
        "<details class=\"row{}\"{}><summary>{}<b>{}</b><span class=\"n\" data-label=\"rows "
        "in\">{}</span><span class=\"n\" data-label=\"rejected\">{}</span><span class=\"n\" "
        "data-label=\"SQLite\">{}</span><span class=\"n\" data-label=\"PostgreSQL\">{}</span>"
        "<span class=\"rules {}\">{}</span></summary>\n<div>{}{}{}</div></details>\n",
        is_empty ? " empty" : "", table.ok ? "" : " open", icon(kind), text(table.table),
        number(table.source_rows, at + "/source_rows"), number(table.rejected, at + "/rejected"),
        rows_of(table.sqlite, at + "/sqlite"), rows_of(table.postgres, at + "/postgres"), kind,
        rule_summary(table), is_empty ? "" : sides(table, at), remarks, rules(table, at));
}

}  // namespace

std::string tables(const Report& report, const View& view) {
    if (report.tables.empty()) return "";
    std::string rows;
    for (std::size_t i = 0; i < report.tables.size(); ++i)
        rows += one_table(report.tables[i], fmt::format("{}/tables/{}", view.pointer, i));
    const Totals totals = totals_of(report);
    std::string note = counted(totals.rules, "rule");
    note += totals.errors + totals.warnings == 0
                ? (totals.rules == 1 ? ", it holds" : ", all hold")
                : ", " + grouped(totals.errors) + " broken, " + counted(totals.warnings, "warning");
    return section(view, "tables", "Tables", note,
                   "<div class=\"tables\">\n<div class=\"row head\" aria-hidden=\"true\"><span>"
                   "</span><span>table</span><span class=\"n\">rows in</span><span "
                   "class=\"n\">rejected</span><span class=\"n\">SQLite</span><span "
                   "class=\"n\">PostgreSQL</span><span>rules</span></div>\n" +
                       rows + "</div>\n");
}

}  // namespace ingot::html
