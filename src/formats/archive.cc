#include "formats/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <memory>

#include "base/text.h"

namespace postgang::formats {
namespace {

constexpr std::size_t name_max = 120;  // code points

struct CloseArchive {
  void operator()(::archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<::archive, CloseArchive>;

// libarchive gives names in the characters of the thread's locale, and none at all where that lacks them.
class NamesInUtf8 {
 public:
  NamesInUtf8() : utf8_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (utf8_) before_ = uselocale(utf8_);
  }
  ~NamesInUtf8() {
    if (!utf8_) return;
    uselocale(before_);
    freelocale(utf8_);
  }
  NamesInUtf8(const NamesInUtf8&) = delete;
  NamesInUtf8& operator=(const NamesInUtf8&) = delete;

 private:
  locale_t utf8_;
  locale_t before_{};
};

tl::unexpected<Problem> damaged(::archive* reader) {
  const char* reason = reader ? archive_error_string(reader) : nullptr;
  return fail(ProblemKind::invalid, "archive-damaged",
              "The archive cannot be read: " + withoutControls(reason ? reason : "it is not a zip") + ".", {},
              "Pack the files again and send the new archive.");
}

tl::unexpected<Problem> tooLarge(std::string limit, std::string detail) {
  Problem problem{ProblemKind::too_large,
                  "archive-too-large",
                  std::move(detail),
                  {},
                  "Send fewer or smaller documents at a time.",
                  {}};
  problem.parameters["limit"] = std::move(limit);
  return fail(std::move(problem));
}

// The last part of the path, fit to be shown: what a path leads to is never looked at.
std::string shownName(::archive_entry* entry) {
  const char* path = archive_entry_pathname_utf8(entry);
  if (path == nullptr) path = archive_entry_pathname(entry);
  std::string name = path ? path : "";
  name.erase(0, name.find_last_of("/\\") + 1);
  if (!isUtf8(name))
    for (char& c : name)
      if (static_cast<unsigned char>(c) >= 0x80) c = '?';
  name = truncated(collapsed(withoutControls(name)), name_max);
  return name.empty() || name == "." || name == ".." ? "document" : name;
}

bool isLeftBehind(::archive_entry* entry, std::string_view name) {
  const char* path = archive_entry_pathname(entry);
  const std::string_view whole = path ? path : "";
  return whole.starts_with("__MACOSX/") || whole.find("/__MACOSX/") != std::string_view::npos ||
         name == ".DS_Store" || lowered(name) == "thumbs.db" || name == "desktop.ini";
}

class Unpacking {
 public:
  Unpacking(std::string_view bytes, const ArchiveLimits& limits) : packed_(bytes), limits_(limits) {}

  Result<std::vector<ArchiveEntry>> run() {
    const NamesInUtf8 names;
    reader_.reset(archive_read_new());
    archive_read_support_format_zip(reader_.get());
    if (archive_read_open_memory(reader_.get(), packed_.data(), packed_.size()) != ARCHIVE_OK)
      return damaged(reader_.get());
    ::archive_entry* entry = nullptr;
    for (;;) {
      const int state = archive_read_next_header(reader_.get(), &entry);
      if (state == ARCHIVE_EOF) break;
      if (state != ARCHIVE_OK && state != ARCHIVE_WARN) return damaged(reader_.get());
      CHECK_OK(take(entry));
    }
    if (entries_.empty())
      return fail(ProblemKind::invalid, "archive-empty", "There is no file in the archive.", {},
                  "Pack the documents into it and send it again.");
    return std::move(entries_);
  }

 private:
  Outcome take(::archive_entry* entry) {
    if (++seen_ > limits_.entries)
      return tooLarge("entries",
                      "The archive has more than " + std::to_string(limits_.entries) + " entries.");
    if (archive_entry_is_encrypted(entry))
      return fail(ProblemKind::unsupported, "archive-encrypted", "The archive is protected by a password.",
                  {}, "Send it without one; the connection is encrypted.");
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) return {};
    ArchiveEntry file{shownName(entry), {}};
    if (isLeftBehind(entry, file.name)) return {};
    CHECK_OK(readInto(file));
    entries_.push_back(std::move(file));
    return {};
  }

  // Counts as it expands: the sizes that an archive claims are not believed.
  Outcome readInto(ArchiveEntry& file) {
    char buffer[65'536];
    for (;;) {
      const auto count = archive_read_data(reader_.get(), buffer, sizeof buffer);
      if (count == 0) return {};
      if (count < 0) return damaged(reader_.get());
      file.bytes.append(buffer, static_cast<std::size_t>(count));
      expanded_ += static_cast<std::size_t>(count);
      if (file.bytes.size() > limits_.entryBytes)
        return tooLarge("entryBytes",
                        file.name + " is over " + std::to_string(limits_.entryBytes) + " bytes.");
      if (expanded_ > limits_.bytes)
        return tooLarge("bytes",
                        "The archive expands to more than " + std::to_string(limits_.bytes) + " bytes.");
      if (expanded_ > limits_.ratioFrom && expanded_ / limits_.ratio > packed_.size())
        return tooLarge("ratio", "The archive expands to more than " + std::to_string(limits_.ratio) +
                                     " times its size.");
    }
  }

  std::string_view packed_;
  const ArchiveLimits& limits_;
  Reader reader_;
  std::vector<ArchiveEntry> entries_;
  std::size_t seen_ = 0;
  std::size_t expanded_ = 0;
};

}  // namespace

bool isZip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

Result<std::vector<ArchiveEntry>> unpack(std::string_view bytes, const ArchiveLimits& limits) {
  if (!isZip(bytes)) return damaged(nullptr);
  return Unpacking(bytes, limits).run();
}

}  // namespace postgang::formats
