// SPDX-License-Identifier: MIT
#include "extractors/context_place.hpp"
#include "extractors/context_record.hpp"
#include "extractors/encoding.hpp"
#include "extractors/json_file.hpp"
#include "extractors/markdown.hpp"
#include "extractors/toml.hpp"
#include "extractors/yaml.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"

#include <vector>

namespace ingot {
namespace {

/// One document of a context file.
struct Part {
    std::int64_t offset = 0;
    std::string data;   ///< JSON of all of it.
    std::string facts;  ///< The JSON that tells about the context: the same, or the front matter.
    std::string title;  ///< A Markdown heading.
    std::optional<std::string> id = {};  ///< Of its session, when it gives one.
};

std::string clean(std::string_view text) {
    return is_clean_text(text) ? std::string(text) : cleaned(text);
}

/// A JSON text with what the parser wants behind it.
std::string padded(std::string_view json) {
    std::string text;
    text.reserve(json.size() + 64);
    return text += json;
}

/// Reads the documents of one file, then states what they say.
class ContextReader {
public:
    ContextReader(const Piece& piece, Batch& out) : piece_(piece), out_(out) {}

    void run(ContextForm form) {
        const std::string_view text = without_mark(piece_, out_);
        const bool is_json = text.starts_with('{') || text.starts_with('[') ? json::is_valid(text) : false;
        if (trimmed(text).empty()) return out_.blank(piece_.bytes.size());
        read(is_json ? ContextForm::json : form, text);
        state_parts();
    }

private:
    void read(ContextForm form, std::string_view text) {
        const ReadRecord keep = [this](const json::Document& document, std::int64_t offset) {
            parts_.push_back({offset, padded(document.text()), {}, {}});
        };
        switch (form) {
            case ContextForm::yaml: return for_each_yaml_document(piece_, out_, keep);
            case ContextForm::toml: return keep_toml(text);
            case ContextForm::markdown: return keep_markdown(text);
            case ContextForm::text: return keep_text({piece_.offset, json_string(clean(text)), {}, {}}, text);
            default: return for_each_json_document(piece_, out_, keep);
        }
    }

    void keep_toml(std::string_view text) {
        try {
            parts_.push_back({piece_.offset, padded(toml_to_json(text)), {}, {}});
            out_.accept(piece_.bytes.size());
        } catch (const RowError& error) {
            out_.reject(piece_.offset, piece_.bytes, error.reason, error.what());
        }
    }

    void keep_markdown(std::string_view text) {
        const Markdown markdown = read_markdown(text);
        const std::string front = markdown.front_matter.value_or("null");
        std::string data = "{\"front_matter\":" + front + ",\"body\":" + json_string(clean(markdown.body)) + "}";
        keep_text({piece_.offset, std::move(data), padded(front), std::string(markdown.heading)}, text);
    }

    void keep_text(Part part, std::string_view text) {
        if (!is_clean_text(text)) ++out_.tally.repaired;
        parts_.push_back(std::move(part));
        out_.accept(piece_.bytes.size());
    }

    void state_parts() {
        find_ids();
        std::vector<const Part*> unnamed;
        for (const Part& part : parts_)
            if (!part.id) unnamed.push_back(&part);
        for (const Part& part : parts_) {
            if (part.id || unnamed.size() == 1) {
                state_part(part);
            } else if (&part == unnamed.front()) {
                state_together(unnamed);
            }
        }
        for (const Part& part : parts_) add_events(part);
    }

    static const std::string& facts(const Part& part) { return part.facts.empty() ? part.data : part.facts; }

    /// Only now: a document that is being read must not meet another one.
    void find_ids() {
        for (Part& part : parts_) {
            const json::Document document(facts(part));
            if (!document.is_object()) continue;
            if (const OptionalText id = own_id(document.object(), {"session_id", "sessionId", "id"})) part.id = *id;
        }
    }

    std::string_view session_of(const Part& part) const {
        return part.id ? std::string_view(*part.id) : piece_.source.path_without_ending();
    }

    void state_part(const Part& part) {
        const json::Document document(facts(part));
        ContextSession context{};
        if (document.is_object()) context = read_context(document.object(), piece_.settings.zone, out_);
        context.session_id = session_of(part);
        if (!trimmed(part.title).empty()) context.title = part.title;
        context.context_data = Json{part.data};
        state_context(context, part.id.has_value(), part.offset, out_);
    }

    /// Documents without an id of their own are one context, that of the file.
    void state_together(const std::vector<const Part*>& parts) {
        std::string data = "[";
        for (const Part* const part : parts) data += (data.size() > 1 ? "," : "") + part->data;
        data += "]";
        ContextSession context{};
        context.session_id = piece_.source.path_without_ending();
        context.context_data = Json{data};
        state_context(context, false, parts.front()->offset, out_);
    }

    void add_events(const Part& part) {
        const json::Document document(facts(part));
        if (!document.is_object()) return;
        const json::Object root = document.object();
        const Zone& zone = piece_.settings.zone;
        add_context_event(session_of(part), root, document.text(), part.offset, zone, out_);
        for (const std::string_view key : {"events", "context_events", "contextEvents"}) {
            const auto events = json::array_if(root, key);
            if (!events) continue;
            const auto texts = json_text::elements(json_text::member(document.text(), key));
            std::size_t i = 0;
            for (const json::Element element : *events) {
                json::Object event;
                if (i < texts.size() && !element.get(event))
                    add_context_event(session_of(part), event, texts[i], part.offset, zone, out_);
                ++i;
            }
        }
    }

    const Piece& piece_;
    Batch& out_;
    std::vector<Part> parts_;
};

bool takes_context(const Candidate& candidate) {
    const ContextForm form = context_form(candidate.source, candidate.head);
    return form != ContextForm::none && form != ContextForm::lines;
}

void read_context_file(const Piece& piece, Batch& out) {
    constexpr std::size_t head = std::size_t{64} << 10U;  // what the form was told by before
    ContextReader(piece, out).run(context_form(piece.source, piece.bytes.substr(0, head)));
}

void extract_context(const Piece& piece, Batch& out) { read_text_file(piece, out, read_context_file); }

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
