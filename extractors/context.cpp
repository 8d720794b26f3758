// SPDX-License-Identifier: MIT
#include "extractors/context_parts.hpp"
#include "extractors/context_record.hpp"
#include "extractors/encoding.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"

namespace ingot {
namespace {

/// States what the documents of one file say.
class ContextWriter {
public:
    ContextWriter(const Piece& piece, Batch& out)
        : out_(out), zone_(piece.settings.zone), file_id_(piece.source.path_without_ending()) {}

    void write(const std::vector<ContextPart>& parts) {
        std::vector<const ContextPart*> unnamed;
        for (const ContextPart& part : parts)
            if (!part.id) unnamed.push_back(&part);
        for (const ContextPart& part : parts) {
            if (part.id || unnamed.size() == 1) {
                state_part(part);
            } else if (&part == unnamed.front()) {
                state_together(unnamed);
            }
        }
        for (const ContextPart& part : parts) add_events(part);
    }

private:
    std::string_view session_of(const ContextPart& part) const {
        return part.id ? std::string_view(*part.id) : file_id_;
    }

    void state_part(const ContextPart& part) {
        const json::Document document(part.facts());
        ContextSession context{};
        if (document.is_object()) context = read_context(document.object(), zone_, out_);
        context.session_id = session_of(part);
        if (!trimmed(part.title).empty()) context.title = part.title;
        context.context_data = Json{part.data};
        state_context(context, part.id.has_value(), part.offset, out_);
    }

    /// Documents without an id of their own are one context, that of the file.
    void state_together(const std::vector<const ContextPart*>& parts) {
        std::string data = "[";
        for (const ContextPart* const part : parts)
            data.append(data.size() > 1 ? "," : "").append(part->data);
        data += "]";
        ContextSession context{};
        context.session_id = file_id_;
        context.context_data = Json{data};
        state_context(context, false, parts.front()->offset, out_);
    }

    /// The document may be an event itself or list some.
    void add_events(const ContextPart& part) {
        const json::Document document(part.facts());
        if (!document.is_object()) return;
        const json::Object root = document.object();
        add_context_event(session_of(part), root, document.text(), part.offset, zone_, out_);
        for (const std::string_view key : {"events", "context_events", "contextEvents"})
            if (const auto events = json::array_if(root, key))
                add_listed(part, *events, json_text::member(document.text(), key));
    }

    void add_listed(const ContextPart& part, json::Array events, std::string_view text) {
        const std::vector<std::string_view> texts = json_text::elements(text);
        std::size_t i = 0;
        for (const json::Element element : events) {
            json::Object event;
            if (i < texts.size() && !element.get(event))
                add_context_event(session_of(part), event, texts[i], part.offset, zone_, out_);
            ++i;
        }
    }

    Batch& out_;
    const Zone& zone_;
    std::string_view file_id_;
};

bool takes_context(const Candidate& candidate) {
    const ContextForm form = context_form(candidate.source, candidate.head);
    return form != ContextForm::none && form != ContextForm::lines;
}

void read_context_file(const Piece& piece, Batch& out) {
    constexpr std::size_t head = std::size_t{64} << 10U;  // what the form was told by before
    const ContextForm form = context_form(piece.source, piece.bytes.substr(0, head));
    ContextWriter(piece, out).write(read_context_parts(piece, out, form));
}

void extract_context(const Piece& piece, Batch& out) {
    read_text_file(piece, out, read_context_file);
}

}  // namespace

extern const Extractor context_extractor;
constinit const Extractor context_extractor{.name = "context",
                                            .version = 1,
                                            .family = "context",
                                            .cut = Cut::whole,
                                            .takes = takes_context,
                                            .extract = extract_context,
                                            .split = nullptr,
                                            .main_table = "context_sessions"};

}  // namespace ingot
