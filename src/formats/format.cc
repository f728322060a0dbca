#include "formats/format.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "formats/every_format.h"

namespace postgang::formats {
namespace {

// Every format there is. Readable ones first; then those that are known by name only.
const Format every_format[] = {
    ublInvoice(),
    ublCreditNote(),
    ublOrder(),
    ublOrderChange(),
    ublOrderCancellation(),
    ublOrderResponse(),
    ublDespatchAdvice(),
    ublReceiptAdvice(),
    ublCatalogue(),
    ublReminder(),
    ublStatement(),
    ublApplicationResponse(),
    ciiInvoice(),
    svefaktura(),
    svefakturaEnvelope(),
    standardBusinessDocument(),
    finvoice(),
};

// What a file is by its first bytes, where people send the wrong one most.
struct Signature {
  std::string_view start;
  std::string_view name;
};
constexpr Signature signatures[] = {
    {"%PDF-", "PDF"},     {"PK\x03\x04", "ZIP"}, {"\x89PNG", "PNG"}, {"\xff\xd8\xff", "JPEG"},
    {"\x1f\x8b", "gzip"}, {"GIF8", "GIF"},       {"{", "JSON"},      {"UNA", "EDIFACT"},
    {"UNB+", "EDIFACT"},
};

Outcome refuseOtherKinds(std::string_view bytes) {
  for (const auto& signature : signatures) {
    if (!bytes.starts_with(signature.start)) continue;
    Problem problem{ProblemKind::unsupported,
                    "format-not-xml",
                    "The file is not XML but " + std::string(signature.name) + ".",
                    {},
                    "Send the invoice as an XML file, for example UBL 2.1.",
                    {}};
    problem.parameters["found"] = std::string(signature.name);
    return fail(std::move(problem));
  }
  return {};
}

// A name that came from outside, short enough to be shown.
std::string shown(std::string_view name) {
  return truncated(withoutControls(name), 200);
}

}  // namespace

std::span<const Format> formats() {
  return every_format;
}

const Format* formatOf(std::string_view id) {
  const auto found = std::find_if(std::begin(every_format), std::end(every_format),
                                  [id](const Format& format) { return format.id == id; });
  return found == std::end(every_format) ? nullptr : found;
}

Result<Recognised> recognise(const xml::Tree& tree) {
  const auto root = tree.root();
  for (const auto& format : every_format)
    if (format.recognises(tree))
      return Recognised{&format, std::string(trimmed(root.child("CustomizationID").text())),
                        std::string(trimmed(root.child("ProfileID").text()))};
  Problem problem{
      ProblemKind::unsupported,
      "format-unknown",
      "The root element " + shown(root.name()) +
          (root.namespaceUri().empty() ? " without a namespace" : " in " + shown(root.namespaceUri())) +
          " is of no format that is known here.",
      root.position().text(),
      "Send a UBL 2.1 Invoice or CreditNote, for example Peppol BIS Billing 3.",
      {}};
  problem.parameters["root"] = shown(root.name());
  problem.parameters["namespace"] = shown(root.namespaceUri());
  return fail(std::move(problem));
}

Result<Reading> readDocument(const xml::Tree& tree) {
  TRY(auto recognised, recognise(tree));
  if (recognised.format->read == nullptr) {
    Problem problem{ProblemKind::unsupported,
                    "format-not-supported",
                    "This is a " + std::string(recognised.format->name) + ", which is not read yet.",
                    tree.root().position().text(),
                    "Send an invoice or credit note in UBL 2.1.",
                    {}};
    problem.parameters["format"] = std::string(recognised.format->name);
    return fail(std::move(problem));
  }
  TRY(auto document, recognised.format->read(tree));
  return Reading{std::move(recognised), std::move(document)};
}

Result<xml::Tree> treeOf(std::string_view bytes, const xml::Limits& limits) {
  CHECK_OK(refuseOtherKinds(bytes));
  return xml::parse(bytes, limits);
}

Result<Reading> readDocument(std::string_view bytes, const xml::Limits& limits) {
  TRY(const auto tree, treeOf(bytes, limits));
  return readDocument(tree);
}

Result<std::string> writeDocument(const document::BusinessDocument& document, std::string_view formatId) {
  const auto* format = formatOf(formatId);
  if (format == nullptr || format->write == nullptr)
    return fail(ProblemKind::unsupported, "format-not-written",
                "Documents are not written in the format " + shown(formatId) + ".", {},
                "Use ubl-invoice or ubl-credit-note.");
  return format->write(document);
}

}  // namespace postgang::formats
