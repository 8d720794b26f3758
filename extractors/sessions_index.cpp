// SPDX-License-Identifier: MIT
#include "extractors/extractor.hpp"
#include "extractors/json.hpp"
#include "extractors/slug.hpp"
#include "extractors/transcript_path.hpp"
#include "pipeline/model/json_text.hpp"
#include "pipeline/model/text.hpp"
#include "pipeline/tables/context_session.hpp"
#include "pipeline/tables/project.hpp"

namespace ingot {
namespace {

bool takes(const Candidate& candidate) {
    return candidate.source.file_name() == "sessions-index.json";
}

OptionalText given(std::string_view text) {
    return trimmed(text).empty() ? OptionalText{} : OptionalText{text};
}

/// Reads an index: one entry per session of a project. It is a cache, so that sessions whose files
/// are gone live on in it.
class IndexReader {
public:
    IndexReader(const Piece& piece, Batch& out)
        : piece_(piece), out_(out), slug_(transcript_path(piece.source.path).project) {}

    void run() {
        if (trimmed(piece_.bytes).empty()) return out_.blank(piece_.bytes.size());
        try {
            const json::Document document(trimmed(piece_.bytes));
            index(document);
        } catch (const RowError& error) {
            out_.reject(piece_.offset, piece_.bytes, error.reason, error.what());
        }
    }

private:
    void index(const json::Document& document) {
        const json::Object object = document.object();
        const auto entries = json::optional_array(object, "entries");
        state_project(json::text_if(object, "originalPath").value_or(""), piece_.offset);
        std::size_t rest = piece_.bytes.size();
        if (entries) {
            const auto written = json_text::elements(json_text::member(document.text(), "entries"));
            std::size_t i = 0;
            for (const json::Element entry : *entries) {
                entry_at(entry, written[i]);
                rest -= written[i++].size();
            }
        }
        out_.accept(rest);  // what the index says of itself
    }

    void entry_at(json::Element element, std::string_view written) {
        const std::int64_t offset = piece_.offset + (written.data() - piece_.bytes.data());
        try {
            json::Object entry;
            if (element.get(entry))
                throw RowError(Reason::wrong_type, "the entry is not an object");
            state_entry(entry, written, offset);
            out_.accept(written.size());
        } catch (const RowError& error) {
            out_.reject(offset, written, error.reason, error.what());
        }
    }

    void state_entry(json::Object entry, std::string_view written, std::int64_t offset) {
        const OptionalText id = given(json::text(entry, "sessionId"));
        if (!id) throw RowError(Reason::missing_field, "\"sessionId\" is empty");
        const std::string_view directory = json::text_if(entry, "projectPath").value_or("");
        const std::string project = slug_.empty() ? slug_of(directory) : slug_;
        ContextSession session;
        session.session_id = *id;
        session.project_id = given(project);
        session.kind = "transcript";
        session.title = given(json::text_if(entry, "summary").value_or(""));
        session.context_data = Json{written};
        session.created_at = json::time_if(entry, "created", piece_.settings.zone);
        session.last_accessed = json::time_if(entry, "modified", piece_.settings.zone);
        out_.state(offset, session);
        state_project(directory, offset);
    }

    /// A directory is the project's only when its slug is: links and moved projects name others.
    void state_project(std::string_view directory, std::int64_t offset) {
        const std::string slug = slug_of(directory);
        if (!given(directory) || slug == stated_ || (!slug_.empty() && slug != slug_)) return;
        Project project;
        project.project_id = slug;
        project.path = directory;
        out_.state(offset, project);
        stated_ = slug;
    }

    const Piece& piece_;
    Batch& out_;
    std::string slug_;    ///< Of the folder; empty outside of `projects/`.
    std::string stated_;  ///< Project whose directory was stated last.
};

void extract(const Piece& piece, Batch& out) { IndexReader(piece, out).run(); }

}  // namespace

extern constinit const Extractor sessions_index_extractor{.name = "sessions_index",
                                                          .version = 1,
                                                          .family = "transcript",
                                                          .cut = Cut::whole,
                                                          .takes = takes,
                                                          .extract = extract,
                                                          .split = nullptr,
                                                          .main_table = ContextSession::table};

}  // namespace ingot
