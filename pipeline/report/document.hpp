// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What a schema command has to say, before it is Markdown, HTML or JUnit XML. All text in it is raw:
/// the renderings escape it.
namespace ingot::document {

enum class Mark { none, open, ok, warn, bad };

/// A value. Numbers know where they stand in the JSON document.
struct Cell {
    enum class Kind { text, code, count, bytes, milliseconds };
    Kind kind = Kind::text;
    std::string text = {};
    double number = 0;
    std::string pointer = {};
    Mark mark = Mark::none;
};

Cell words(std::string text, Mark mark = Mark::none);
Cell code(std::string text);
Cell count(std::int64_t value, std::string pointer);
Cell bytes(std::int64_t value, std::string pointer);
Cell milliseconds(double value, std::string pointer);

/// As it is shown, without any markup.
std::string shown(const Cell& cell);

struct Fact {
    std::string name;
    Cell value;
};

struct Paragraph {
    std::string text;
    Mark mark = Mark::none;
};

/// Something to copy.
struct Code {
    std::string language;  ///< "sql", "sh"
    std::string text;
};

/// Columns of numbers stand to the right.
struct Grid {
    std::vector<std::string> head;
    std::vector<std::vector<Cell>> rows;
};

struct Block;

/// Something to do or to look at: a line that opens; in Markdown with a check box.
struct Item {
    Mark mark = Mark::none;
    std::string label;  ///< Its state in one word.
    std::string title;
    std::vector<Cell> columns = {};  ///< As many as the list has heads.
    std::vector<Block> body = {};
    bool is_open = false;
};

struct Items {
    std::vector<std::string> heads;
    std::vector<Item> items;
    bool is_checklist = false;  ///< A box to tick, without a line to open.
};

struct Block {
    std::variant<Paragraph, Code, Grid, Items> content;
};

struct Section {
    std::string id;  ///< Letters, digits and hyphens.
    std::string title;
    std::string note = {};
    std::vector<Block> blocks = {};
    int level = 2;
};

/// What JUnit counts.
struct Case {
    enum class Outcome { passed, failed, error, skipped };
    std::string suite;
    std::string name;
    Outcome outcome = Outcome::passed;
    std::string message = {};
    double seconds = -1;  ///< Below 0: not measured.
};

struct Document {
    Mark verdict = Mark::ok;
    std::string title;
    std::string command;  ///< "schema plan"
    std::string subject;  ///< What it is about: pack and database.
    std::string lede = {};
    std::string error = {};
    std::vector<Fact> facts = {};
    std::vector<Section> sections = {};
    std::vector<Case> cases = {};
    Timestamp started_at = {};
    double seconds = 0;
    int exit_code = 0;
    std::string json = {};  ///< The JSON document, whole.
};

std::string markdown(const Document& document);
/// One page without any outside request, for light and dark, keyboard and phone.
std::string html(const Document& document);
/// JUnit XML: a suite per group of cases.
std::string junit(const Document& document);

}  // namespace ingot::document
