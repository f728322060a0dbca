#include "formats/zip_stream.h"

#include <archive.h>
#include <archive_entry.h>

#include <cassert>
#include <filesystem>
#include <fstream>

namespace postgang::formats {

namespace {

constexpr std::size_t piece_bytes = 256 * 1024;
constexpr int plain_file = 0644;
constexpr std::int64_t us_per_second = 1'000'000;

tl::unexpected<Problem> notWritten(std::string why) {
  return fail(ProblemKind::unavailable, "zip-not-written", "The zip cannot be written: " + std::move(why), {},
              "Make room on the disk, and try again.");
}

struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

}  // namespace

struct ZipStream::Writer {
  archive* zip = nullptr;
  Instant at;

  Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() {
    if (zip) archive_write_free(zip);
  }
  tl::unexpected<Problem> failed() const {
    const char* words = archive_error_string(zip);
    return notWritten(words ? words : "no reason is given");
  }
  Outcome begin(std::string_view path, std::uint64_t size) const {
    assert(!path.empty() && path.front() != '/' && path.find("..") == path.npos &&
           path.find('\\') == path.npos);
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname_utf8(entry.get(), std::string(path).c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), plain_file);
    archive_entry_set_mtime(entry.get(), static_cast<time_t>(at.microseconds / us_per_second), 0);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    if (archive_write_header(zip, entry.get()) != ARCHIVE_OK) return failed();
    return {};
  }
  Outcome write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto count = archive_write_data(zip, bytes.data(), bytes.size());
      if (count <= 0) return failed();
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
  }
};

ZipStream::ZipStream(std::unique_ptr<Writer> writer) : writer_(std::move(writer)) {}
ZipStream::ZipStream(ZipStream&&) noexcept = default;
ZipStream::~ZipStream() = default;

Result<ZipStream> ZipStream::create(const std::string& file, Instant at) {
  auto writer = std::make_unique<Writer>();
  writer->at = at;
  writer->zip = archive_write_new();
  if (!writer->zip) return notWritten("no memory");
  // Names are UTF-8 and said to be, whatever the machine's own way is.
  if (archive_write_set_format_zip(writer->zip) != ARCHIVE_OK ||
      archive_write_set_options(writer->zip, "zip:hdrcharset=UTF-8") < ARCHIVE_WARN ||
      archive_write_open_filename(writer->zip, file.c_str()) != ARCHIVE_OK)
    return writer->failed();
  return ZipStream(std::move(writer));
}

Outcome ZipStream::add(std::string_view path, std::string_view bytes) {
  CHECK_OK(writer_->begin(path, bytes.size()));
  return writer_->write(bytes);
}

Outcome ZipStream::addFile(std::string_view path, const std::string& file) {
  std::error_code fault;
  auto left = std::filesystem::file_size(file, fault);
  if (fault) return notWritten(fault.message());
  CHECK_OK(writer_->begin(path, left));
  std::ifstream in(file, std::ios::binary);
  std::string piece(piece_bytes, '\0');
  while (left > 0) {
    in.read(piece.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(left, piece.size())));
    const auto count = in.gcount();
    if (count <= 0) return notWritten("a part of it cannot be read");
    CHECK_OK(writer_->write(std::string_view(piece).substr(0, static_cast<std::size_t>(count))));
    left -= static_cast<std::uint64_t>(count);
  }
  return {};
}

Outcome ZipStream::finish() {
  if (archive_write_close(writer_->zip) != ARCHIVE_OK) return writer_->failed();
  return {};
}

}  // namespace postgang::formats
