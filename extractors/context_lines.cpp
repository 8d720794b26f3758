// SPDX-License-Identifier: MIT
#include "extractors/context_place.hpp"
#include "extractors/context_record.hpp"
#include "extractors/event_record.hpp"
#include "extractors/json_lines.hpp"

namespace ingot {
namespace {

/// Reads the lines of one file. Every line is kept whole, in context_events or else in events; what
/// it says of a session that it names is stated beside.
class Lines {
public:
    Lines(const Piece& piece, Batch& out) : piece_(piece), out_(out) {}

    void run() {
        if (piece_.first) state_file();
        for_each_line(
            piece_, out_, looks_like_event,
            [this](const json::Document& line, std::int64_t offset) { read(line, offset); },
            [this](std::string_view line, std::int64_t offset) {
                add_conflict_marker(line, offset, out_);
            });
    }

private:
    /// The file is a context itself.
    void state_file() {
        ContextSession file{};
        file.session_id = piece_.source.path_without_ending();
        state_context(file, false, piece_.offset, out_);
    }

    void read(const json::Document& line, std::int64_t offset) {
        if (!line.is_object()) return add_event(line, offset, piece_, out_);
        const json::Object object = line.object();
        const Zone& zone = piece_.settings.zone;
        ContextSession context = read_context(object, zone, out_);
        if (const OptionalText id = own_id(object, {"session_id", "sessionId"});
            id && says_something(context)) {
            context.session_id = *id;
            state_context(context, true, offset, out_);
        }
        if (!add_context_event(piece_.source.path_without_ending(), object, line.text(), offset,
                               zone, out_))
            add_event(line, offset, piece_, out_);
    }

    const Piece& piece_;
    Batch& out_;
};

bool takes_context_lines(const Candidate& candidate) {
    return context_form(candidate.source, candidate.head) == ContextForm::lines;
}

void extract_context_lines(const Piece& piece, Batch& out) { Lines(piece, out).run(); }

}  // namespace

extern const Extractor context_lines_extractor;
constinit const Extractor context_lines_extractor{.name = "context_lines",
                                                  .version = 2,
                                                  .family = "context",
                                                  .cut = Cut::lines,
                                                  .takes = takes_context_lines,
                                                  .extract = extract_context_lines,
                                                  .split = nullptr,
                                                  .main_table = "context_events"};

}  // namespace ingot
