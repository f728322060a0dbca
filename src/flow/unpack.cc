#include "flow/unpack.h"

#include "flow/words.h"

namespace postgang::flow {

namespace {

Problem tooLarge(std::string_view code, std::size_t bytes) {
  return problem(ProblemKind::too_large, code, {{"limit", std::to_string(bytes / (1024 * 1024))}});
}

Problem overLimit(const Problem& found, const Limits& limits) {
  const auto which = found.parameters.find("limit");
  if (which != found.parameters.end() && which->second == "entries")
    return problem(ProblemKind::too_large, "archive-too-many-documents",
                   {{"limit", std::to_string(limits.archiveDocuments_max)}});
  if (which != found.parameters.end() && which->second == "entryBytes")
    return tooLarge("document-too-large", limits.documentBytes_max);
  return tooLarge("archive-too-large", limits.archiveBytes_max);
}

}  // namespace

Outcome withinLimit(std::size_t bytes, const Limits& limits) {
  if (bytes > limits.documentBytes_max) return fail(tooLarge("document-too-large", limits.documentBytes_max));
  return {};
}

Result<Unpacked> unpack(std::string_view bytes, const Limits& limits) {
  CHECK_OK(withinLimit(bytes.size(), limits));
  if (!formats::isZip(bytes)) return Unpacked{};
  formats::ArchiveLimits archiveLimits;
  archiveLimits.entries = limits.archiveDocuments_max;
  archiveLimits.bytes = limits.archiveBytes_max;
  archiveLimits.entryBytes = limits.documentBytes_max;
  auto files = formats::unpack(bytes, archiveLimits);
  if (files) return Unpacked{true, std::move(*files)};
  if (files.error().kind == ProblemKind::too_large) return fail(overLimit(files.error(), limits));
  return Unpacked{};
}

}  // namespace postgang::flow
