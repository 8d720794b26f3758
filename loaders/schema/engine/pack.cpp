// SPDX-License-Identifier: MIT
#include "loaders/schema/engine/pack.hpp"

#include "loaders/schema/engine/sql_migration.hpp"
#include "loaders/schema/engine/toml_file.hpp"
#include "loaders/schema/engine/words.hpp"
#include "loaders/schema/operations/operations.hpp"

#include "pipeline/model/hash.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace ingot::schema {
namespace {

/// Why a variant does not fit; empty: it does.
std::string misfit(const Spec& variant, const Catalog& catalog) {
    const auto columns = variant.pairs("columns");
    const auto tables = variant.words_or_none("tables");
    const std::string dialect = catalog.dialect == Dialect::sqlite ? "sqlite" : "postgres";
    if (variant.text("dialect", dialect) != dialect) return "is " + dialect;
    for (const std::string& table : tables)
        if (catalog.table(table) == nullptr) return "has no table " + table;
    for (const auto& [place, kind] : columns) {
        const std::size_t dot = place.find('.');
        const Column* column = catalog.column(place.substr(0, dot), place.substr(dot + 1));
        if (column == nullptr) return "has no column " + place;
        const bool is_enum = catalog.enums.contains(column->type);
        if (kind != (is_enum ? "enum" : "text")) return place + " is of type " + column->type;
    }
    return "";
}

struct Variant {
    std::string name;
    NameWords words;
};

Variant choose_variant(const Document& document, const Catalog& catalog) {
    Variant chosen;
    for (const auto& [word, value] : document.top.pairs("words")) chosen.words[word] = value;
    const auto list = document.lists.find("variant");
    if (list == document.lists.end()) return chosen;
    std::string misfits;
    for (const Spec& variant : list->second) {
        const std::string name = variant.text("name");
        const std::string why = misfit(variant, catalog);
        misfits += "\n  " + name + ": this one " + why;
        const auto words = variant.pairs("words");
        variant.finish();
        if (!why.empty() || !chosen.name.empty()) continue;
        chosen.name = name;
        for (const auto& [word, value] : words) chosen.words[word] = value;
    }
    if (chosen.name.empty())
        throw RunError(Exit::invalid, "the database fits none of the pack's variants, so nothing "
                                      "was changed; see --target-schema and --map:" +
                                          misfits);
    return chosen;
}

Query read_query(const Spec& spec) {
    const auto decimal = [&](const std::string& key) -> std::optional<double> {
        if (!spec.has(key)) return std::nullopt;
        try {
            return static_cast<double>(spec.number(key, 0));
        } catch (const RunError&) {  // written with a point
            double value = 0;
            const std::string text = spec.text(key);
            const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
            if (end.ec != std::errc()) spec.fail("'" + key + "' must be a number");
            return value;
        }
    };
    Query query{.name = spec.text("name"),
                .says = spec.text("says", ""),
                .sql = spec.text("sql"),
                .expect = spec.maybe("expect"),
                .warn_above = decimal("warn_above"),
                .critical_above = decimal("critical_above"),
                .warn_below = decimal("warn_below"),
                .warn_ms = decimal("warn_ms"),
                .critical_ms = decimal("critical_ms"),
                .uses_index = spec.words_or_none("uses_index"),
                .since = spec.number("since", 0),
                .unit = spec.text("unit", "")};
    spec.finish();
    return query;
}

bool applies(const Spec& step, const std::string& variant) {
    const auto only = step.words_or_none("variants");
    return only.empty() || std::ranges::find(only, variant) != only.end();
}

std::vector<Step> read_steps(const std::vector<Spec>& specs, const std::string& variant) {
    std::vector<Step> steps;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        if (!applies(specs[i], variant)) continue;
        auto ignored = specs[i].words_or_none("ignore");
        auto operation = read_operation(specs[i]);
        std::string name = fmt::format("{:02} {}", i + 1, operation->title());
        steps.push_back({std::move(name), std::move(operation), std::move(ignored)});
    }
    return steps;
}

/// "003_name.toml" → 3 and "name".
std::pair<std::int64_t, std::string> version_of(const std::string& file) {
    std::int64_t version = 0;
    const auto end = std::from_chars(file.data(), file.data() + file.size(), version);
    const std::size_t begin = static_cast<std::size_t>(end.ptr - file.data()) + 1;
    return {version, file.substr(std::min(begin, file.size()),
                                 file.find_last_of('.') - std::min(begin, file.size()))};
}

Migration read_migration(const std::string& file, const std::string& text, const Variant& variant,
                         const std::string& where, Dialect dialect) {
    const auto [version, name] = version_of(file);
    const std::string bound = with_words(text, variant.words, where);
    const Document document = file.ends_with(".sql") ? read_sql_migration(bound, where, dialect)
                                                     : read_toml(bound, where);
    Migration migration{.version = version,
                        .name = name,
                        .says = document.top.text("says", ""),
                        .phase = document.top.number("phase", 1),
                        .checksum = to_hex(hash128(text)),
                        .steps = {},
                        .expected_ms = document.top.number("expected_ms", 0),
                        .together = document.top.flag("together", true)};
    document.top.finish();
    for (const auto& [list, specs] : document.lists)
        if (list != "step") throw UsageError(where + ": [[" + list + "]] is not known");
    const auto steps = document.lists.find("step");
    if (steps == document.lists.end()) throw UsageError(where + ": it has no [[step]]");
    migration.steps = read_steps(steps->second, variant.name);
    return migration;
}

/// --map old=new: `old` is a word of the pack, or what a word stands for.
void map_names(NameWords& words, const std::map<std::string, std::string>& map) {
    for (const auto& [from, to] : map) {
        bool known = words.contains(from);
        if (known) words[from] = to;
        for (auto& [word, value] : words)
            if (value == from) {
                value = to;
                known = true;
            }
        if (!known) throw UsageError("--map: the pack has no name '" + from + "'");
    }
}

void read_queries(const Document& document, Pack& pack) {
    const auto each = [&](const std::string& list, const auto& take) {
        const auto at = document.lists.find(list);
        if (at == document.lists.end()) return;
        for (const Spec& spec : at->second)
            if (applies(spec, pack.variant)) take(spec);
    };
    each("query", [&](const Spec& spec) { pack.queries.push_back(read_query(spec)); });
    each("smoke", [&](const Spec& spec) { pack.smoke.push_back(read_query(spec)); });
    each("switch", [&](const Spec& spec) {
        Switch made{.name = spec.text("name"), .says = spec.text("says", ""), .operation = nullptr};
        made.operation = read_operation(spec);
        pack.switches.push_back(std::move(made));
    });
}

}  // namespace

const Migration* Pack::migration(std::int64_t version) const {
    const auto at = std::ranges::find(migrations, version, &Migration::version);
    return at == migrations.end() ? nullptr : &*at;
}

std::set<std::string> Pack::tables() const {
    std::set<std::string> names;
    for (const Migration& migration : migrations)
        for (const Step& step : migration.steps)
            for (const std::string& table : step.operation->tables()) names.insert(table);
    return names;
}

Pack bind_pack(const PackFiles& files, const Catalog& catalog,
               const std::map<std::string, std::string>& map) {
    const auto where = [&](const std::string& file) {
        return (files.origin.empty() ? files.name : files.origin) + "/" + file;
    };
    // Variants and words are read first; their names then fill in the rest of the same file.
    const std::string& head = files.files.at("pack.toml");
    Variant variant = choose_variant(read_toml(head, where("pack.toml")), catalog);
    map_names(variant.words, map);
    const Document document =
        read_toml(with_words(head, variant.words, where("pack.toml")), where("pack.toml"));
    Pack pack{.name = files.name,
              .says = document.top.text("says"),
              .variant = variant.name,
              .migrations = {},
              .queries = {},
              .smoke = {},
              .switches = {},
              .refresh = document.top.words_or_none("refresh"),
              .record_tables = document.top.words_or_none("record_tables")};
    document.top.pairs("words");
    document.top.finish();
    read_queries(document, pack);
    std::set<std::int64_t> versions;
    for (const auto& [file, text] : files.files) {
        if (file == "pack.toml") continue;
        pack.migrations.push_back(
            read_migration(file, text, variant, where(file), catalog.dialect));
        if (!versions.insert(pack.migrations.back().version).second)
            throw UsageError(where(file) + ": another file has the same number");
    }
    std::ranges::sort(pack.migrations, {}, &Migration::version);
    return pack;
}

}  // namespace ingot::schema
