#include "flow/ticket_files.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "flow/words.h"
#include "formats/archive.h"

namespace postgang::flow {
namespace {

constexpr std::size_t name_points_max = 100;

// What customers and support send one another: pictures of screens, papers, tables, documents' own files.
// What it begins with, where it has a beginning of its own; what a zip of its kind has in it.
struct Kind {
  std::string_view ending, mediaType, beginning = {}, part = {};
};
constexpr std::string_view zip = "PK", old_office = "\xD0\xCF\x11\xE0";
constexpr std::array kinds = {
    Kind{"pdf", "application/pdf", "%PDF"},
    Kind{"png", "image/png", "\x89PNG"},
    Kind{"jpg", "image/jpeg", "\xFF\xD8\xFF"},
    Kind{"jpeg", "image/jpeg", "\xFF\xD8\xFF"},
    Kind{"gif", "image/gif", "GIF8"},
    Kind{"webp", "image/webp", "RIFF"},
    Kind{"heic", "image/heic"},
    Kind{"tif", "image/tiff"},
    Kind{"tiff", "image/tiff"},
    Kind{"txt", "text/plain"},
    Kind{"log", "text/plain"},
    Kind{"csv", "text/csv"},
    Kind{"xml", "application/xml"},
    Kind{"json", "application/json"},
    Kind{"eml", "message/rfc822"},
    Kind{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zip,
         "[Content_Types].xml"},
    Kind{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", zip,
         "[Content_Types].xml"},
    Kind{"ods", "application/vnd.oasis.opendocument.spreadsheet", zip, "mimetype"},
    Kind{"odt", "application/vnd.oasis.opendocument.text", zip, "mimetype"},
    Kind{"xls", "application/vnd.ms-excel", old_office},
    Kind{"doc", "application/msword", old_office},
    Kind{"zip", "application/zip", zip},
};

std::string endingOf(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : lowered(trimmed(name.substr(dot + 1)));
}

const Kind* kindOf(std::string_view name) {
  const auto found = std::ranges::find(kinds, std::string_view(endingOf(name)), &Kind::ending);
  return found == kinds.end() ? nullptr : &*found;
}

bool runs(std::string_view bytes) {
  constexpr std::array beginnings = {std::string_view("MZ"),
                                     std::string_view("\x7f"
                                                      "ELF"),
                                     std::string_view("#!"),
                                     std::string_view("\xFE\xED\xFA"),
                                     std::string_view("\xCF\xFA\xED\xFE"),
                                     std::string_view("\xCA\xFE\xBA\xBE")};
  return std::ranges::any_of(beginnings, [&](auto beginning) { return bytes.starts_with(beginning); });
}

Result<std::vector<formats::ArchiveEntry>> entriesOf(std::string_view bytes) {
  formats::ArchiveLimits limits;
  limits.entries = 500;
  limits.bytes = std::size_t{100} * 1024 * 1024;
  limits.entryBytes = std::size_t{50} * 1024 * 1024;
  return formats::unpack(bytes, limits);
}

// A document or sheet is a zip, too: of the parts that one has, without macros and without anything that
// runs.
bool isHarmlessOffice(std::string_view bytes, std::string_view part) {
  const auto entries = entriesOf(bytes);
  if (!entries || std::ranges::find(*entries, part, &formats::ArchiveEntry::name) == entries->end())
    return false;
  return std::ranges::none_of(*entries, [](const auto& entry) {
    const auto name = lowered(entry.name);
    return runs(entry.bytes) || name.starts_with("vbaproject") || name.ends_with(".exe") ||
           name.ends_with(".js") || name.ends_with(".bas");
  });
}

// Every file in it is of a kind that would be taken by itself; no zip within it.
bool isHarmlessZip(std::string_view bytes) {
  const auto entries = entriesOf(bytes);
  if (!entries) return false;
  return std::ranges::all_of(*entries, [](const auto& entry) {
    const auto* kind = kindOf(entry.name);
    return kind && kind->ending != "zip" && entry.bytes.starts_with(kind->beginning) && !runs(entry.bytes);
  });
}

// A picture pasted into a mail has no name, or none with an ending.
std::string nameOf(const TicketFile& file) {
  auto name = truncated(collapsed(withoutControls(file.name)), name_points_max);
  for (char& c : name)
    if (std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos) c = '_';
  if (!endingOf(name).empty()) return name;
  const auto kind = std::ranges::find(kinds, std::string_view(lowered(file.mediaType)), &Kind::mediaType);
  if (kind == kinds.end()) return name;
  return (name.empty() ? "bilaga" : name) + "." + std::string(kind->ending);
}

}  // namespace

Result<KeptFile> keptFile(const TicketFile& file) {
  const auto name = nameOf(file);
  const Parameters named{{"name", name.empty() ? file.mediaType : name}};
  if (file.bytes.empty()) return fail(problem(ProblemKind::invalid, "ticket-file-empty", named));
  if (file.bytes.size() > TicketFileLimits::file_bytes_max)
    return fail(problem(ProblemKind::too_large, "ticket-file-too-large", named));
  const auto* kind = kindOf(name);
  const bool agrees = kind && file.bytes.starts_with(kind->beginning) && !runs(file.bytes);
  const auto isHarmless = [&] {
    if (kind->ending == "zip") return isHarmlessZip(file.bytes);
    return kind->part.empty() || isHarmlessOffice(file.bytes, kind->part);
  };
  if (!agrees || !isHarmless()) return fail(problem(ProblemKind::unsupported, "ticket-file-refused", named));
  KeptFile kept;
  kept.row.name = name;
  kept.row.mediaType = kind->mediaType;
  kept.row.size = static_cast<std::int64_t>(file.bytes.size());
  kept.row.digest = sha256(file.bytes);
  kept.compressed = compress(file.bytes);
  return kept;
}

Result<std::vector<KeptFile>> keptFiles(const std::vector<TicketFile>& files) {
  if (files.size() > TicketFileLimits::files_max)
    return fail(problem(ProblemKind::too_large, "ticket-files-too-many"));
  std::size_t all = 0;
  for (const auto& file : files) all += file.bytes.size();
  if (all > TicketFileLimits::all_bytes_max)
    return fail(problem(ProblemKind::too_large, "ticket-files-too-large"));
  std::vector<KeptFile> kept;
  for (const auto& file : files) {
    TRY(auto one, keptFile(file));
    kept.push_back(std::move(one));
  }
  return kept;
}

}  // namespace postgang::flow
