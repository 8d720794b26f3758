// SPDX-License-Identifier: MIT
#include "pipeline/report/schema_report.hpp"

#include "pipeline/report/figures.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace ingot {

const PackFacts::Migration* PackFacts::migration(std::int64_t version) const {
    const auto found = std::ranges::find(migrations, version, &Migration::version);
    return found == migrations.end() ? nullptr : &*found;
}

const schema::Query* PackFacts::query(const std::string& name) const {
    for (const auto* list : {&queries, &smoke})
        if (const auto found = std::ranges::find(*list, name, &schema::Query::name);
            found != list->end())
            return &*found;
    return nullptr;
}

PackFacts facts_of(const schema::Pack& pack) {
    PackFacts facts{.says = pack.says,
                    .variant = pack.variant,
                    .options = " --pack " + shell_word(pack.name),
                    .migrations = {},
                    .queries = pack.queries,
                    .smoke = pack.smoke,
                    .switches = {}};
    for (const schema::Migration& each : pack.migrations)
        facts.migrations.push_back(
            {each.version, each.name, each.says, each.phase, each.expected_ms});
    for (const schema::Switch& each : pack.switches)
        facts.switches.push_back({each.name, each.says});
    return facts;
}

std::string shell_word(const std::string& word) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=,:@%+";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
    return quoted + "'";
}

const schema::TableSize* table_of(const schema::Plan& plan, const schema::Lock& lock) {
    const auto found = std::ranges::find_if(plan.sizes, [&](const schema::TableSize& size) {
        return lock.on == "table " + size.table;
    });
    return found == plan.sizes.end() ? nullptr : &*found;
}

std::string batch_words(const schema::Action& action) {
    if (!action.batches) return "";
    return fmt::format("{} at a time, {} ms apart, each in a transaction of its own",
                       counted(action.batches->size, "row"), action.batches->pause_ms);
}

std::string threshold_words(const schema::Query& query) {
    std::vector<std::string> parts;
    if (query.expect) parts.push_back("must be " + *query.expect);
    if (query.warn_above) parts.push_back(fmt::format("warns above {}", *query.warn_above));
    if (query.critical_above)
        parts.push_back(fmt::format("critical above {}", *query.critical_above));
    if (query.warn_below) parts.push_back(fmt::format("warns below {}", *query.warn_below));
    if (query.warn_ms) parts.push_back(fmt::format("warns above {} ms", *query.warn_ms));
    if (query.critical_ms) parts.push_back(fmt::format("critical above {} ms", *query.critical_ms));
    if (!query.uses_index.empty())
        parts.push_back(fmt::format("uses {}", fmt::join(query.uses_index, " or ")));
    return fmt::format("{}", fmt::join(parts, "; "));
}

std::string value_words(const PackFacts& about, const schema::Answer& answer) {
    const schema::Query* query = about.query(answer.name);
    const bool is_judged = query == nullptr || query->expect || query->warn_above ||
                           query->critical_above || query->warn_below || answer.median_ms <= 0;
    if (!is_judged) return "";
    std::int64_t number = 0;
    const char* end = answer.value.data() + answer.value.size();
    const auto read = std::from_chars(answer.value.data(), end, number);
    const bool is_number = !answer.value.empty() && read.ec == std::errc() && read.ptr == end;
    return (is_number ? grouped(number) : answer.value) +
           (answer.unit.empty() ? "" : " " + answer.unit);
}

double milliseconds_of(const schema::LogEntry& entry) {
    return static_cast<double>(std::max<std::int64_t>(0, entry.ended_at.us - entry.started_at.us)) /
           1000;
}

}  // namespace ingot
