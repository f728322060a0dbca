#include "formats/zip_file.h"

#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <new>

namespace postgang::formats {
namespace {

constexpr std::size_t bytes_max = 2'000'000'000, entries_max = 65'535, name_max = 80;
constexpr unsigned utf8_names = 1U << 11, stored = 0, deflate = 8, version_2_0 = 20;
// No file of a zip is without a time; this is the first that one can have: 1980-01-01 00:00.
constexpr unsigned no_time = 0, first_date = 1U << 5 | 1U;

void put16(std::string& out, std::size_t value) {
  out += static_cast<char>(value & 0xFF);
  out += static_cast<char>(value >> 8 & 0xFF);
}
void put32(std::string& out, std::size_t value) {
  put16(out, value & 0xFFFF);
  put16(out, value >> 16 & 0xFFFF);
}

std::string deflated(std::string_view bytes) {
  z_stream stream{};
  constexpr int raw = -MAX_WBITS, memory = 8;
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, raw, memory, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  [[maybe_unused]] const int ended = ::deflate(&stream, Z_FINISH);
  assert(ended == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

std::string plainFileName(std::string_view name, std::string_view otherwise) {
  std::string plain;
  for (const char c : name.substr(name.size() - std::min(name.size(), name_max))) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
    if (c == '.' && (plain.empty() || plain.back() == '.')) continue;
    plain += kept ? c : '_';
  }
  return plain.empty() ? std::string(otherwise) : plain;
}

void ZipFile::add(std::string_view path, std::string_view bytes) {
  assert(!path.empty() && path.front() != '/' && path.find("..") == path.npos &&
         path.find('\\') == path.npos);
  if (entries_ == entries_max || bytes.size() > bytes_max || out_.size() + bytes.size() > bytes_max) {
    tooLarge_ = true;
    return;
  }
  std::string packed = deflated(bytes);
  const bool worthIt = packed.size() < bytes.size();
  const std::string_view data = worthIt ? std::string_view(packed) : bytes;

  std::string facts;  // what the file's own head and the directory both say
  put16(facts, version_2_0);
  put16(facts, utf8_names);
  put16(facts, worthIt ? deflate : stored);
  put16(facts, no_time);
  put16(facts, first_date);
  put32(facts, crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
  put32(facts, data.size());
  put32(facts, bytes.size());
  put16(facts, path.size());
  put16(facts, 0);  // extra fields

  const std::size_t offset = out_.size();
  out_.append("PK\x03\x04").append(facts).append(path).append(data);
  directory_ += "PK\x01\x02";
  put16(directory_, version_2_0);
  directory_ += facts;
  directory_.append(10, '\0');  // no remark, first disk, no attributes
  put32(directory_, offset);
  directory_ += path;
  ++entries_;
}

Result<std::string> ZipFile::finish() && {
  if (tooLarge_)
    return fail(ProblemKind::too_large, "zip-too-large", "The zip would be over 2 GB or 65,535 files.", {},
                "Take fewer files at a time.");
  const std::size_t start = out_.size();
  out_ += directory_;
  out_ += "PK\x05\x06";
  put32(out_, 0);  // one disk
  put16(out_, entries_);
  put16(out_, entries_);
  put32(out_, directory_.size());
  put32(out_, start);
  put16(out_, 0);
  return std::move(out_);
}

}  // namespace postgang::formats
