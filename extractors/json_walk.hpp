// SPDX-License-Identifier: MIT
#pragma once

#include "extractors/json_scan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ingot {

/// What stands next in a stream of JSON values.
struct StreamItem {
    enum class Kind {
        record,      ///< A value, its brackets in order.
        marker,      ///< A line that git left, without its end.
        broken,      ///< What is no record, up to the next place where one may start.
        unfinished,  ///< A record that the text's end cuts off; ends like a broken one.
        end,         ///< Nothing more.
    };
    Kind kind = Kind::end;
    std::size_t begin = 0;  ///< Between the item before and this one is blank.
    std::size_t end = 0;
    bool decided = true;  ///< Whatever follows the text, the item stays what it is.
    bool fresh = true;    ///< Reading may start anew at `begin`: no broken document reaches there.
};

/// Walks over a text of JSON values one after another, in any layout, top-level arrays opened. What
/// it says of a fresh item depends on the state and on the bytes from there on. As far as a broken
/// document reaches, only what begins where a document plausibly starts counts as a record.
class JsonWalk {
public:
    /// `state` is what state() said at the place where the text begins; empty at a file's start.
    JsonWalk(std::string_view text, std::string_view state);

    StreamItem next();

    /// What has to be known behind the item given last.
    std::string state() const { return now_.written(); }
    /// Whether reading may start anew behind the item given last.
    bool is_fresh() const { return at_ >= reach_; }

private:
    struct State {
        bool in_array = false;
        std::size_t margin =
            std::string_view::npos;  ///< Of the array's first element; npos: none yet.
        std::string written() const;
    };

    void skip_blank();
    bool skip_bracket();
    StreamItem item(StreamItem::Kind kind, std::size_t end, bool decided = true);
    bool skip_remains();
    StreamItem whatever();
    StreamItem value();
    StreamItem word();
    StreamItem broken(StreamItem::Kind kind);
    void enter_element();
    std::size_t margin() const { return now_.in_array ? now_.margin : 0; }

    std::string_view text_;
    JsonScan scan_;
    State now_;
    std::size_t at_ = 0;
    bool on_start_ = false;  ///< A document plausibly starts here.

    // The broken document found last.
    std::size_t reach_ = 0;            ///< Where it became impossible.
    bool unfinished_ = false;          ///< It is cut off by the text's end.
    std::vector<std::size_t> doomed_;  ///< Starts inside of it that are broken with it.
};

}  // namespace ingot
