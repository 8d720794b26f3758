// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/row_sample.hpp"

#include "loaders/embedded.hpp"
#include "loaders/schema/engine/words.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <sstream>
#include <stdexcept>

namespace ingot::schema {
namespace {

constexpr std::size_t kAtOnce = 1'000;  ///< Rows in one statement.

using Places = std::vector<std::string>;

/// ctid = ANY (…) finds rows without reading the others.
std::string at_places(std::span<const std::string> places) {
    std::string list;
    for (const std::string& place : places) list += (list.empty() ? "\"" : ",\"") + place + "\"";
    return "ctid = ANY ('{" + list + "}'::tid[])";
}

template <typename Work> void in_portions(const Places& places, const Work& work) {
    const std::span<const std::string> all(places);
    for (std::size_t at = 0; at < all.size(); at += kAtOnce)
        work(at_places(all.subspan(at, std::min(kAtOnce, all.size() - at))));
}

/// A foreign key: `parent` as SQL names it, and what makes a row of p the one that c refers to.
struct Reference {
    std::string child;  ///< Its number.
    std::string parent;
    std::string condition;
};

std::vector<Reference> references_of(Target& target, const std::vector<std::string>& schemas) {
    std::vector<Reference> references;
    for (const auto& row : rows_for_schemas(target, "sampled_keys", schemas))
        references.push_back({row[0].value_or(""), row[1].value_or(""), row[2].value_or("")});
    return references;
}

/// Follows the references of rows until no new row is found.
class Closure {
public:
    Closure(Target& target, std::vector<SampledTable>& tables, std::vector<Reference> references)
        : target_(target), references_(std::move(references)) {
        for (SampledTable& table : tables) {
            tables_[table.oid] = &table;
            fresh_[table.oid] = Places(table.places->begin(), table.places->end());
        }
    }

    void close() {
        while (!fresh_.empty()) {
            const auto node = fresh_.extract(fresh_.begin());
            for (const Reference& reference : references_)
                if (reference.child == node.key()) follow(reference, node.mapped());
        }
    }

private:
    void follow(const Reference& reference, const Places& places) {
        in_portions(places, [&](const std::string& rows) {
            const Rows found = target_.query(
                "SELECT DISTINCT p.tableoid, p.ctid FROM (SELECT * FROM ONLY " +
                tables_.at(reference.child)->quoted() + " WHERE " + rows + ") AS c JOIN " +
                reference.parent + " AS p ON " + reference.condition);
            for (const auto& row : found) add(row[0].value_or(""), row[1].value_or(""));
        });
    }

    void add(const std::string& oid, const std::string& place) {
        const auto table = tables_.find(oid);
        if (table == tables_.end() || !table->second->places->insert(place).second) return;
        fresh_[oid].push_back(place);
    }

    Target& target_;
    std::vector<Reference> references_;
    std::map<std::string, SampledTable*> tables_;
    std::map<std::string, Places> fresh_;
};

/// As COPY's text format has it.
std::string copy_line(const std::vector<std::optional<std::string>>& row) {
    std::string line;
    for (const auto& cell : row) {
        if (&cell != &row.front()) line += '\t';
        if (!cell) line += "\\N";
        for (const char c : cell.value_or("")) switch (c) {
                case '\\': line += "\\\\"; break;
                case '\n': line += "\\n"; break;
                case '\r': line += "\\r"; break;
                case '\t': line += "\\t"; break;
                default: line += c;
            }
    }
    return line + "\n";
}

std::int64_t write(Target& to, const SampledTable& table, const Rows& rows) {
    if (rows.empty()) return 0;
    std::string script = "COPY " + table.quoted() + " (" + table.columns + ") FROM stdin;\n";
    for (const auto& row : rows) script += copy_line(row);
    std::istringstream stream(script + "\\.\n");
    to.run_script(stream);
    return static_cast<std::int64_t>(rows.size());
}

}  // namespace

Rows rows_for_schemas(Target& target, std::string_view name,
                      const std::vector<std::string>& schemas) {
    std::string list;
    for (const std::string& schema : schemas) list += (list.empty() ? "" : ", ") + literal(schema);
    for (const embedded::EmbeddedText& text : embedded::catalog_queries())
        if (text.name == name)
            return target.query(replaced(std::string(text.text), "schemas", list));
    throw std::logic_error("there is no query " + std::string(name));
}

std::vector<SampledTable> take_sample(Target& target, const std::vector<std::string>& schemas,
                                      std::optional<std::int64_t> rows) {
    std::vector<SampledTable> tables;
    for (const auto& row : rows_for_schemas(target, "sampled_tables", schemas)) {
        SampledTable table{.oid = row[0].value_or(""),
                           .schema = row[1].value_or(""),
                           .name = row[2].value_or(""),
                           .columns = row[3].value_or("")};
        if (!rows) table.places.reset();
        if (rows && table.schema == target.schema())
            for (const auto& place : target.query("SELECT ctid FROM ONLY " + table.quoted() +
                                                  " LIMIT " + std::to_string(*rows)))
                table.places->insert(place[0].value_or(""));
        tables.push_back(std::move(table));
    }
    if (rows) Closure(target, tables, references_of(target, schemas)).close();
    return tables;
}

std::int64_t copy_sample(Target& from, Target& to, const SampledTable& table) {
    if (!table.places) return copy_rows(from, to, table, "true");
    if (table.columns.empty()) return 0;
    std::int64_t copied = 0;
    in_portions(Places(table.places->begin(), table.places->end()), [&](const std::string& rows) {
        copied += write(to, table,
                        from.query("SELECT " + table.columns + " FROM ONLY " + table.quoted() +
                                   " WHERE " + rows));
    });
    return copied;
}

std::int64_t copy_rows(Target& from, Target& to, const SampledTable& table,
                       const std::string& condition) {
    if (table.columns.empty()) return 0;
    from.execute("DECLARE ingot_rows NO SCROLL CURSOR FOR SELECT " + table.columns + " FROM ONLY " +
                 table.quoted() + " WHERE " + condition);
    std::int64_t copied = 0;
    for (std::int64_t portion = 1; portion > 0; copied += portion)
        portion =
            write(to, table, from.query("FETCH " + std::to_string(kAtOnce) + " FROM ingot_rows"));
    from.execute("CLOSE ingot_rows");
    return copied;
}

}  // namespace ingot::schema
