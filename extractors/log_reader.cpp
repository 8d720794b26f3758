// SPDX-License-Identifier: MIT
#include "extractors/log_reader.hpp"

#include "extractors/binary.hpp"
#include "extractors/encoding.hpp"
#include "extractors/event_record.hpp"
#include "extractors/log_format.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/event.hpp"

#include <optional>
#include <string>

namespace ingot {
namespace {

using Kind = LogLine::Kind;

constexpr std::string_view kBom = "\xEF\xBB\xBF";

/// `debug/<uuid>.txt` belongs to that session.
std::string_view session_of(const Source& source) {
    constexpr std::size_t uuid = 36;
    const std::string_view stem = source.stem();
    const bool is_uuid = stem.size() == uuid && stem.find_first_not_of("0123456789abcdefABCDEF-") ==
                                                    std::string_view::npos;
    return is_uuid && source.folder() == "debug" && source.ends_with(".txt") ? stem
                                                                             : std::string_view{};
}

OptionalText text_if(std::string_view text) {
    return text.empty() ? OptionalText{} : OptionalText{text};
}

/// When an event was, and how that is known.
struct When {
    OptionalTime utc = {};
    std::string_view source = "record";
    std::string_view raw = {};
};

/// Columns hold the years 1 to 9999; a zone may carry a time over their end.
OptionalTime in_range(Timestamp time) {
    constexpr std::int64_t first = -62'135'596'800'000'000;
    constexpr std::int64_t end = 253'402'300'800'000'000;
    return time.us >= first && time.us < end ? OptionalTime{time} : OptionalTime{};
}

/// Reads the lines of one piece and puts records together.
class LogReader {
public:
    LogReader(const Piece& piece, Batch& out, Undated undated)
        : piece_(piece), out_(out), undated_(undated), session_(session_of(piece.source)) {}

    void run() {
        out_.resume = Resume{piece_.offset, std::string(piece_.state)};
        if (const std::string_view encoding = utf16_name(piece_.bytes);
            piece_.first && !encoding.empty()) {
            out_.encoding = encoding;
            out_.reject(piece_.offset, piece_.bytes, Reason::bad_encoding,
                        "the log is written in UTF-16");
            return;
        }
        const bool has_bom = piece_.first && piece_.bytes.starts_with(kBom);
        if (has_bom) out_.encoding = "utf-8-bom";
        accounted_ = has_bom ? kBom.size() : 0;
        out_.blank(accounted_);
        read_lines(accounted_);
        out_.blank(piece_.bytes.size() - accounted_);
    }

private:
    struct Open {
        LogLine line;         ///< Its first one.
        std::size_t end = 0;  ///< Behind its last line that is not blank.
        LogState above;       ///< What the lines above its first one handed on.
    };

    void read_lines(std::size_t begin) {
        LogScanner scanner(piece_.bytes.substr(begin), LogState::from(piece_.state), undated_);
        std::optional<Open> open;
        std::optional<Open> anchor;
        for (LogState above = scanner.state(); auto line = scanner.next();
             above = scanner.state()) {
            line->begin += begin;
            line->end += begin;
            if (line->kind == Kind::blank) continue;
            const bool goes_on =
                line->kind == Kind::more && open && open->line.kind != Kind::marker;
            if (goes_on) {
                open->end = line->end;
                continue;
            }
            if (open) close(*open);
            open = Open{*line, line->end, above};
            if (line->is_anchor()) anchor = open;
        }
        if (open) close(*open);
        if (anchor) out_.resume = Resume{position(anchor->line.begin), anchor->above.text()};
    }

    void close(const Open& record) {
        const std::string_view bytes =
            piece_.bytes.substr(record.line.begin, record.end - record.line.begin);
        out_.blank(record.line.begin - accounted_);
        accounted_ = record.end;
        if (bytes.size() > piece_.settings.max_record) {
            out_.reject(position(record.line.begin), bytes, Reason::too_long,
                        "longer than --max-record");
            return;
        }
        add(record, without_line_ends(bytes));
        out_.accept(bytes.size());
    }

    /// The record's text: no line feed at its end, no carriage returns before line feeds.
    std::string_view without_line_ends(std::string_view text) {
        text = text.substr(0, text.find_last_not_of("\r\n") + 1);
        if (text.find("\r\n") == std::string_view::npos) return text;
        joined_.clear();
        for (std::size_t at = 0; at < text.size(); ++at)
            if (text.substr(at, 2) != "\r\n") joined_ += text[at];
        return joined_;
    }

    void add(const Open& open, std::string_view text) {
        if (const auto& stamp = open.line.stamp) {
            const LogRecord record = read_log_record(*stamp, text.substr(stamp->length));
            add_event(open, record, stated(*stamp, open.above.time_of(*stamp)));
        } else if (open.line.kind == Kind::single && add_json(open, text)) {
            return;
        } else if (open.line.kind == Kind::single) {
            const auto closing = read_closing_stamp(text);
            add_event(open, read_undated_line(text),
                      closing ? stated(*closing, closing->time) : of_file());
        } else {
            const std::string_view type = open.line.kind == Kind::marker    ? "conflict_marker"
                                          : open.line.kind == Kind::comment ? "comment"
                                                                            : "log";
            const LogRecord record{.event_type = std::string(type), .message = text};
            add_event(open, record, inherited(open.above));
        }
    }

    /// A line of a JSON log, which only its name or a gap at its start has made a text log.
    bool add_json(const Open& open, std::string_view text) {
        if (!text.starts_with("{\"") || !json::is_valid(text)) return false;
        ingot::add_event(json::Document(text), position(open.line.begin), piece_, out_);
        return true;
    }

    void add_event(const Open& open, const LogRecord& record, const When& when) {
        const std::string details = record.details.object();
        out_.add(position(open.line.begin),
                 Event{.agent_id = text_if(record.agent),
                       .session_id = text_if(session_),
                       .event_type = record.event_type,
                       .severity = record.severity,
                       .logger = text_if(record.logger),
                       .message = record.message,
                       .details = details.empty() ? std::nullopt : std::optional(Json{details}),
                       .timestamp = when.utc,
                       .timestamp_raw = text_if(when.raw),
                       .timestamp_source = when.source,
                       .correlation_id = text_if(record.correlation)});
    }

    /// The time of a record that has a stamp. A time of day takes its date from above; without one
    /// it means nothing: the file's date would be wrong as soon as a log spans days.
    When stated(const LogStamp& stamp, const std::optional<LogTime>& time) const {
        When when{.source = !stamp.has_date && time ? "inherited" : "record"};
        if (time) when.utc = in_range(time->utc(piece_.settings.zone));
        if (!when.utc || !time->has_zone) when.raw = stamp.raw;
        return when;
    }

    /// The time of a record without a stamp is that of the last one above; before the first stamp of
    /// a log it is not known.
    When inherited(const LogState& above) {
        if (above.last)
            return {.utc = in_range(above.last->utc(piece_.settings.zone)), .source = "inherited"};
        const bool no_stamps = undated_ == Undated::single && !above.stamped;
        return no_stamps ? of_file() : When{.source = "file"};
    }

    /// A log without stamps has no other time than its file's.
    When of_file() {
        out_.uses_file_time = true;
        return {.utc = piece_.source.modified, .source = "file"};
    }

    std::int64_t position(std::size_t at) const {
        return piece_.offset + static_cast<std::int64_t>(at);
    }

    const Piece& piece_;
    Batch& out_;
    Undated undated_;
    std::string_view session_;
    std::size_t accounted_ = 0;  ///< Bytes whose account is made.
    std::string joined_;
};

}  // namespace

void read_log(const Piece& piece, Batch& out, Undated undated) {
    LogReader(piece, out, undated).run();
}

namespace {

/// Longer than whatever tells what a line is: the rest of such a line changes nothing.
constexpr std::size_t kLongestHead = 4096;

bool begins_record(const LogLine& line) {
    const bool is_start = line.kind == LogLine::Kind::stamped || line.kind == LogLine::Kind::single;
    return line.is_anchor() || (is_start && line.end - line.begin > kLongestHead);
}

}  // namespace

Split split_log(std::string_view window, std::string_view state, Undated undated) {
    if (state.empty() && !utf16_name(window).empty()) return {};  // one reject, however it is read
    LogScanner scanner(window, LogState::from(state), undated);
    std::size_t end = nul_length(window);  // a gap of any length needs no window of its own
    LogState at_end;
    for (LogState above = scanner.state(); const auto line = scanner.next();
         above = scanner.state())
        if (begins_record(*line) && line->begin > 0) end = line->begin, at_end = above;
    return {end, at_end.text()};
}

}  // namespace ingot
