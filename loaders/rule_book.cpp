// SPDX-License-Identifier: MIT
#include "loaders/rule_book.hpp"

#include "loaders/rule.hpp"

namespace ingot {
namespace {

constexpr std::string_view kIntroduction =
    R"(# Integrity rules

Printed from the files of `loaders/checks`; a test keeps this page equal to them.

`ingot import` runs the rules on SQLite before anything is published, and on PostgreSQL before the commit; on the rows of
sources that it changed, and on all entities. `ingot validate` runs them on everything. Reports give the number of rows that
break a rule and name up to five: a fact by its file, byte offset and number within the record, an entity by its id. The name
of what was found on PostgreSQL begins with `postgres.`.

)";

constexpr std::string_view kAdding =
    R"(## Add a rule

One file of `loaders/checks`, named like the rule, and nothing else. A comment on top has these lines:

| line | says |
| --- | --- |
| `severity` | `error` or `warning` |
| `for` | what the rule is made out for; without this line the name begins with its one table: `tool_uses.without_result` |
| `dialect` | `sqlite` or `postgres`, when it runs on one of them only |
| `examples` | how many rows a report names, when that is not 5 |
| `means`, `do` | what it means and what to do; a line may go on in the next |

`for` is `table` or `fact table`: one result for each. Or `each` and a kind of column: one result for each such column,
`<table>.<column>_<rule>`. Or `any` and a kind of column: one result for each table with such columns, broken when any of them is.
Kinds are `required column`, `json column`, `time column`, `domain column`, `reference`, and `column named a b *_ending`;
`but a b` behind it leaves columns out.

The query selects the offending rows: what names them, then the values that offend. `FROM` and `WHERE` begin their lines.

    SELECT {key}, {column}
    FROM {rows}
    WHERE {column} < 0

In this form, over `{rows}` and with a condition on the row itself, all rules share one pass over the table. A condition with a
sub-query, or any other query over `{table}` and `{scope}`, runs by itself: see to it that an index serves it. A last column
`AS violations` says how many rows one line stands for.

| placeholder | stands for |
| --- | --- |
| `{rows}` | the table's rows that are looked at |
| `{table}`, `{scope}` | the table; the condition on its rows that are looked at |
| `{key}` | the columns of its primary key |
| `{workspace}` | the workspace's id |
| `{column}`, `{domain}` | the column; the words that it may hold |
| `{parent}`, `{target}` | the table and column that a reference names |
| `{tomorrow}` | a day from now |

In SQLite a rule may also call `is_json(text)` and `stored_file_state(path, hash)`, which is `whole`, `missing`, `damaged` or
`other content`.
)";

std::string name_of(const Rule& rule) {
    switch (rule.spread) {
        case Spread::one_table: return rule.name;
        case Spread::each_column: return "<table>.<column>_" + rule.name;
        default: return "<table>." + rule.name;
    }
}

std::string columns_of(const Rule& rule) {
    std::string out;
    for (const std::string& name : rule.named) out += (out.empty() ? "" : ", ") + name;
    if (out.empty()) out = rule.what;
    for (const std::string& name : rule.but)
        out += (&name == rule.but.data() ? " but " : ", ") + name;
    return out;
}

std::string section(const std::string& title, bool errors) {
    std::string out = "## " + title +
                      "\n\n| rule | looks at | what it means | what to do |\n"
                      "| --- | --- | --- | --- |\n";
    for (const Rule& rule : rules()) {
        if (rule.is_error != errors) continue;
        std::string looks_at = rule.spread == Spread::one_table
                                   ? rule.name.substr(0, rule.name.find('.'))
                                   : columns_of(rule);
        if (rule.only_on)
            looks_at += rule.only_on == Dialect::sqlite ? " (SQLite)" : " (PostgreSQL)";
        out += "| `" + name_of(rule) + "` | " + looks_at + " | " + rule.means + " | " +
               rule.remedy + " |\n";
    }
    return out + "\n";
}

}  // namespace

std::string rule_book() {
    return std::string(kIntroduction) + section("Errors: nothing is published", true) +
           section("Warnings: for you to know", false) + std::string(kAdding);
}

}  // namespace ingot
