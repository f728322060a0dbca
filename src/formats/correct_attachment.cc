#include "formats/correct_attachment.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace postgang::formats {
namespace {

using document::Term;

constexpr std::string_view zip_start = "PK\x03\x04";

// BIS Billing 3, MIMEMEDIA: with the first bytes by which each is known; "" is text.
struct MediaType {
  std::string_view name;
  std::string_view start;
};
constexpr MediaType media_types[] = {
    {"application/pdf", "%PDF-"},
    {"image/png", "\x89PNG\r\n\x1a\n"},
    {"image/jpeg", "\xff\xd8\xff"},
    {"text/csv", ""},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zip_start},
    {"application/vnd.oasis.opendocument.spreadsheet", zip_start},
};

Problem about(ProblemKind kind, std::string code, std::string detail, const NewAttachment& attachment,
              std::string advice) {
  Problem problem{kind, std::move(code), std::move(detail), "BT-125", std::move(advice), {}};
  problem.parameters["term"] = "BT-125";
  problem.parameters["fileName"] = truncated(withoutControls(attachment.fileName), 100);
  return problem;
}

bool isText(std::string_view bytes) {
  return bytes.find('\0') == std::string_view::npos;
}

Outcome checkType(const NewAttachment& attachment) {
  const auto type = std::find_if(std::begin(media_types), std::end(media_types),
                                 [&](const MediaType& known) { return known.name == attachment.mediaType; });
  if (type == std::end(media_types))
    return fail(about(ProblemKind::unsupported, "attachment-type-refused",
                      "An invoice does not carry files of this type.", attachment,
                      "Attach a PDF, PNG, JPEG, CSV, XLSX or ODS."));
  const std::string_view bytes = attachment.bytes;
  if (bytes.empty() || (type->start.empty() ? !isText(bytes) : !bytes.starts_with(type->start)))
    return fail(about(ProblemKind::unsupported, "attachment-type-refused",
                      "The file is not what its type says.", attachment,
                      "Open the file to see that it is whole, and choose it again."));
  return {};
}

// Only a name: what stands before the last slash is somebody's disk.
std::string nameOf(std::string_view fileName) {
  return collapsed(withoutControls(fileName.substr(fileName.find_last_of("/\\") + 1)));
}

Outcome checkReference(const NewAttachment& attachment, const std::vector<std::string_view>& taken) {
  if (std::find(taken.begin(), taken.end(), attachment.reference) == taken.end()) return {};
  auto problem = about(ProblemKind::invalid, "term-value-malformed", "Another attachment has this reference.",
                       attachment, "Give it one of its own.");
  problem.where = problem.parameters["term"] = "BT-122";
  problem.parameters["reason"] = "not-unique";
  return fail(std::move(problem));
}

}  // namespace

std::vector<std::string_view> attachmentMediaTypes() {
  std::vector<std::string_view> names;
  for (const auto& type : media_types) names.push_back(type.name);
  return names;
}

Result<std::vector<NewAttachment>> checkedAttachments(const std::vector<NewAttachment>& attachments,
                                                      const document::BusinessDocument& document,
                                                      const std::vector<std::string>& removed) {
  std::vector<std::string_view> taken;
  const auto present = document.attachments();
  for (const auto& attachment : present)
    if (std::find(removed.begin(), removed.end(), attachment.reference) == removed.end())
      taken.push_back(attachment.reference);
  std::vector<NewAttachment> good;
  good.reserve(attachments.size());
  for (const auto& attachment : attachments) {
    if (attachment.bytes.size() > attachment_bytes_max)
      return fail(
          about(ProblemKind::too_large, "attachment-too-large",
                "The file is larger than " + std::to_string(attachment_bytes_max / 1'000'000) + " MB.",
                attachment, "Make it smaller."));
    CHECK_OK(checkType(attachment));
    auto own = attachment;
    TRY(auto reference, checkedValue(Term::BT_122, attachment.reference));
    own.reference = std::move(reference.value);
    CHECK_OK(checkReference(own, taken));
    if (!trimmed(attachment.description).empty()) {
      TRY(auto description, checkedValue(Term::BT_123, attachment.description));
      own.description = std::move(description.value);
    } else {
      own.description.clear();
    }
    TRY(auto fileName, checkedValue(Term::BT_123, nameOf(attachment.fileName)));
    own.fileName = std::move(fileName.value);
    good.push_back(std::move(own));
    taken.push_back(good.back().reference);
  }
  return good;
}

}  // namespace postgang::formats
