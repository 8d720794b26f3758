// SPDX-License-Identifier: MIT
#pragma once

#include "loaders/schema/sql_split.hpp"

#include <map>
#include <utility>

namespace ingot::lint {

/// What is wrong with a comment that should silence something.
struct Complaint {
    std::string_view rule;  ///< "bad-ignore" or "unused-ignore".
    const char* place;
    std::string says;
};

/// The comments `-- ingot:ignore RULE reason` of one file. Each silences one finding of its rule: in
/// the statement that begins behind it, or on the line of the token behind it.
class Ignores {
public:
    Ignores(std::vector<sql::Note> notes, sql::Positions& positions);

    /// Whether a comment silences this finding; it is used up then. `statement`: where the finding's
    /// statement begins, null: nowhere.
    bool take(std::string_view rule, const char* statement, std::size_t line);
    /// About comments without reason or with an unknown rule, and those that nothing used.
    std::vector<Complaint> complaints() const;

private:
    struct Ignore {
        std::string_view rule;
        const char* place;
        bool used = false;
    };
    /// Waiting comments by what they stand before and by their rule, the last one first.
    template <class Key> using Waiting =
        std::map<std::pair<Key, std::string_view>, std::vector<std::size_t>>;

    void read(const sql::Note& note, std::size_t line);
    template <class Key>
    bool take_from(Waiting<Key>& waiting, const std::pair<Key, std::string_view>& key);

    std::vector<Ignore> ignores_;
    Waiting<const char*> by_statement_;
    Waiting<std::size_t> by_line_;
    std::vector<Complaint> complaints_;
};

}  // namespace ingot::lint
