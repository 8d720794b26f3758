// SPDX-License-Identifier: MIT
#include "loaders/copy.hpp"

#include "loaders/ddl.hpp"

#include <array>
#include <bit>
#include <limits>
#include <stdexcept>
#include <type_traits>

#include <libpq-fe.h>

namespace ingot {
namespace {

/// Signature, flags, length of the header's extension.
constexpr std::string_view kHeader{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};
constexpr std::string_view kTrailer{"\377\377", 2};
/// Large enough that a call costs nothing, small enough to stay in the cache.
constexpr std::size_t kBuffer = std::size_t{256} << 10U;

template <class T> void put(std::string& out, T value) {
    std::array<char, sizeof(T)> bytes;
    auto bits = std::bit_cast<std::make_unsigned_t<T>>(value);
    for (std::size_t i = bytes.size(); i-- > 0;
         bits = static_cast<decltype(bits)>(bits >> 4U >> 4U))
        bytes[i] = static_cast<char>(bits & 0xFFU);
    out.append(bytes.data(), bytes.size());
}

template <class T> T take(std::string_view& bytes) {
    if (bytes.size() < sizeof(T)) throw std::runtime_error("a row from PostgreSQL is cut short");
    std::make_unsigned_t<T> bits = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        bits =
            static_cast<decltype(bits)>((bits << 4U << 4U) | static_cast<unsigned char>(bytes[i]));
    bytes.remove_prefix(sizeof(T));
    return std::bit_cast<T>(bits);
}

void put_length(std::string& out, std::size_t length) {
    if (length > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        throw std::length_error("a value is too long for PostgreSQL");
    put(out, static_cast<std::int32_t>(length));
}

Value decode_cell(Type type, std::string_view cell) {
    switch (type) {
        case Type::integer: return take<std::int64_t>(cell);
        case Type::real: return std::bit_cast<double>(take<std::int64_t>(cell));
        case Type::boolean: return std::int64_t{take<std::int8_t>(cell)};
        case Type::time: return take<std::int64_t>(cell) + kPostgresEpoch;
        case Type::text:
        case Type::json:
        case Type::bytes: return cell;
    }
    return {};
}

std::size_t text_bytes(std::span<const Value> row) {
    std::size_t sum = 0;
    for (const Value& value : row)
        if (const auto* text = std::get_if<std::string_view>(&value)) sum += text->size();
    return sum;
}

}  // namespace

void encode_cell(std::string& out, Type type, const Value& value) {
    if (value.index() == 0) {
        put(out, std::int32_t{-1});
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
        put_length(out, text->size());
        out.append(*text);
    } else if (const auto* real = std::get_if<double>(&value)) {
        put(out, std::int32_t{8});
        put(out, std::bit_cast<std::int64_t>(*real));
    } else if (const auto number = std::get<std::int64_t>(value); type == Type::boolean) {
        put(out, std::int32_t{1});
        put(out, static_cast<std::int8_t>(number));
    } else {
        put(out, std::int32_t{8});
        put(out, type == Type::time ? number - kPostgresEpoch : number);
    }
}

void encode_row(std::string& out, const Table& table, std::span<const Value> row) {
    put(out, static_cast<std::int16_t>(row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) encode_cell(out, table.columns[i].type, row[i]);
}

std::string_view decode_row(std::string_view bytes, const Table& table, std::vector<Value>& row) {
    const auto width = take<std::int16_t>(bytes);
    if (static_cast<std::size_t>(width) != table.columns.size())
        throw std::runtime_error("a row from PostgreSQL has " + std::to_string(width) +
                                 " columns, " + std::string(table.name) + " has " +
                                 std::to_string(table.columns.size()));
    row.resize(table.columns.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
        const auto length = take<std::int32_t>(bytes);
        if (length > 0 && static_cast<std::size_t>(length) > bytes.size())
            throw std::runtime_error("a row from PostgreSQL is cut short");
        const std::string_view cell =
            bytes.substr(0, length < 0 ? 0 : static_cast<std::size_t>(length));
        row[i] = length < 0 ? Value{} : decode_cell(table.columns[i].type, cell);
        bytes.remove_prefix(cell.size());
    }
    return bytes;
}

std::string copy_in_sql(const Table& table) {
    return "COPY " + std::string(table.name) + " (" + column_list(table) +
           ") FROM STDIN (FORMAT binary)";
}

CopyIn::CopyIn(Connection& connection, const Table& table, const std::string& sql)
    : connection_(connection), table_(table), buffer_(kHeader) {
    connection_.start_copy(sql);
}

CopyIn::~CopyIn() {
    if (is_open_) connection_.cancel();
}

void CopyIn::add(std::span<const Value> row) {
    ++rows_;
    if (text_bytes(row) >= kBuffer) {
        add_large(row);
        return;
    }
    encode_row(buffer_, table_, row);
    if (buffer_.size() >= kBuffer) flush();
}

/// Long values are sent from where they are: neither here nor in libpq are they held once more.
void CopyIn::add_large(std::span<const Value> row) {
    put(buffer_, static_cast<std::int16_t>(row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
        const auto* text = std::get_if<std::string_view>(&row[i]);
        if (text == nullptr || text->size() < kBuffer) {
            encode_cell(buffer_, table_.columns[i].type, row[i]);
            continue;
        }
        put_length(buffer_, text->size());
        flush();
        for (std::size_t at = 0; at < text->size(); at += kBuffer) send(text->substr(at, kBuffer));
    }
    if (buffer_.size() >= kBuffer) flush();
}

void CopyIn::send(std::string_view bytes) {
    connection_.check_interrupt();
    if (PQputCopyData(connection_.raw(), bytes.data(), static_cast<int>(bytes.size())) != 1)
        connection_.fail_now();
    bytes_ += static_cast<std::int64_t>(bytes.size());
}

void CopyIn::flush() {
    send(buffer_);
    buffer_.clear();
}

void CopyIn::finish() {
    buffer_.append(kTrailer);
    flush();
    if (PQputCopyEnd(connection_.raw(), nullptr) != 1) connection_.fail_now();
    const std::int64_t written = connection_.finish();
    is_open_ = false;
    if (written != rows_)
        throw std::runtime_error("PostgreSQL took " + std::to_string(written) + " of " +
                                 std::to_string(rows_) + " rows of " + std::string(table_.name));
}

CopyOut::CopyOut(Connection& connection, const Table& table, const std::string& select)
    : connection_(connection), table_(table) {
    connection_.start_copy("COPY (" + select + ") TO STDOUT (FORMAT binary)");
}

CopyOut::~CopyOut() {
    PQfreemem(message_);
    if (is_open_) connection_.cancel();
}

/// The server sends whole rows; the first comes with the stream's header.
bool CopyOut::receive() {
    PQfreemem(message_);
    message_ = nullptr;
    int size = 0;
    while ((size = PQgetCopyData(connection_.raw(), &message_, 1)) == 0) {
        connection_.wait();
        if (PQconsumeInput(connection_.raw()) == 0) connection_.fail_now();
    }
    if (size == -2) connection_.fail_now();
    if (size == -1) {
        connection_.finish();
        is_open_ = false;
        return false;
    }
    rest_ = {message_, static_cast<std::size_t>(size)};
    return true;
}

bool CopyOut::next() {
    if (!is_open_) return false;
    while (rest_.empty() || rest_ == kTrailer)
        if (rest_ = {}; !receive()) return false;
    if (!is_started_) {
        if (!rest_.starts_with(kHeader))
            throw std::runtime_error("PostgreSQL's COPY has an unknown header");
        rest_.remove_prefix(kHeader.size());
        is_started_ = true;
        return next();
    }
    rest_ = decode_row(rest_, table_, row_);
    return true;
}

}  // namespace ingot
