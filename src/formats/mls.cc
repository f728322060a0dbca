#include "formats/mls.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "formats/application_response.h"
#include "formats/peppol_ids.h"

namespace postgang::formats {
namespace {

constexpr std::string_view mls_customization = "urn:peppol:edec:mls:1.0", mls_profile = "urn:peppol:edec:mls";
constexpr std::string_view mlr_customization = "urn:fdc:peppol.eu:poacc:trns:mlr:3";
constexpr std::array<std::string_view, 3> result_codes = {"AP", "AB", "RE"};
constexpr std::array<std::string_view, 4> reason_codes = {"SV", "BV", "BW", "FD"};

bool isMlrCustomization(std::string_view customization) {
  return customization.starts_with(mlr_customization);
}

tl::unexpected<Problem> malformed(std::string where, std::string_view why) {
  return fail(ProblemKind::invalid, "mls-malformed", "The status' " + where + " " + std::string(why) + ".",
              where);
}

tl::unexpected<Problem> unexplained(std::string where, std::string_view why) {
  return fail(ProblemKind::invalid, "mls-rejection-unexplained", std::string(why), std::move(where),
              "Say what is wrong with the document, and where.");
}

bool isFailure(const MlsIssue& issue) {
  return issue.reason && *issue.reason != MlsReason::warning;
}

template <typename Code, std::size_t count>
std::optional<Code> fromCode(const std::array<std::string_view, count>& codes, std::string_view text) {
  const auto found = std::ranges::find(codes, text);
  return found == codes.end() ? std::nullopt : std::optional(static_cast<Code>(found - codes.begin()));
}

Outcome checkIssues(const Mls& mls) {
  if (mls.issues.size() > response_items_max) return malformed("LineResponse", "stands there too often");
  for (const auto& issue : mls.issues) {
    if (trimmed(issue.place).empty()) return malformed("LineID", "is empty");
    if (trimmed(issue.words).empty()) return malformed("Description", "is empty");
    if (!issue.reason) return malformed("StatusReasonCode", "is missing");
  }
  const bool anyFailure = std::ranges::any_of(mls.issues, isFailure);
  if (mls.result != MlsCode::rejected)
    return anyFailure ? Outcome(malformed("StatusReasonCode",
                                          "is a failure, and the status says that there is none"))
                      : Outcome();
  if (trimmed(mls.words).empty()) return unexplained("Description", "A rejection has words that say why.");
  if (!anyFailure)
    return unexplained("LineResponse", "A rejection has at least one issue that is a failure.");
  return {};
}

void writeParty(xml::Writer& writer, std::string_view party, std::string_view id) {
  writer.open(party);
  writeSchemed(writer, "cbc:EndpointID", id);
  writer.close();
}

// --- Reading

class Reader : ResponseReader {
 public:
  Reader() : ResponseReader("mls-malformed") {}

  Result<Mls> read(const xml::Element& root) const {
    TRY(const auto top, head(root));
    Mls mls;
    mls.isMlr = isMlrCustomization(top.customization);
    if (!mls.isMlr && top.customization != mls_customization)
      return refused(root.child("CustomizationID"), "is neither that of an MLS nor of an MLR");
    if (!mls.isMlr &&
        (!top.issuedAt || !isPeppolServiceProvider(top.sender) || !isPeppolServiceProvider(top.receiver)))
      return refused(root, "does not have a time with its zone and two service providers");
    mls.id = top.id;
    mls.issuedAt = top.issuedAt.value_or(Instant::atMidnight(top.issueDate));
    mls.sender = top.sender;
    mls.receiver = top.receiver;
    TRY(const auto response, exactlyOne(root, "DocumentResponse"));
    CHECK_OK(takeResponse(response, mls));
    return mls;
  }

 private:
  Outcome takeResponse(const xml::Element& response, Mls& mls) const {
    TRY(const auto overall, exactlyOne(response, "Response"));
    TRY(const auto said, needed(overall, "ResponseCode"));
    const auto result = fromCode<MlsCode>(result_codes, said);
    if (!result) return refused(overall.child("ResponseCode"), "is none of AP, AB, RE");
    mls.result = *result;
    TRY(mls.words, text(overall, "Description"));
    TRY(const auto reference, exactlyOne(response, "DocumentReference"));
    TRY(mls.instance, needed(reference, "ID"));
    for (const auto line : response.children("LineResponse")) CHECK_OK(takeLine(line, mls));
    return {};
  }

  Outcome takeLine(const xml::Element& line, Mls& mls) const {
    TRY(const auto reference, exactlyOne(line, "LineReference"));
    TRY(const auto place, needed(reference, "LineID"));
    for (const auto each : line.children("Response")) {
      if (mls.issues.size() == response_items_max) return refused(line, "is one of too many");
      MlsIssue issue;
      issue.place = place;
      TRY(issue.words, text(each, "Description"));
      TRY(const auto status, atMostOne(each, "Status"));
      TRY(const auto said, text(status, "StatusReasonCode"));
      issue.reason = fromCode<MlsReason>(reason_codes, said);
      if (!said.empty() && !issue.reason) return refused(status, "is none of SV, BV, BW, FD");
      mls.issues.push_back(std::move(issue));
    }
    return {};
  }
};

}  // namespace

std::string_view code(MlsCode code) {
  return result_codes[static_cast<std::size_t>(code)];
}
std::string_view code(MlsReason reason) {
  return reason_codes[static_cast<std::size_t>(reason)];
}

Outcome checkMls(const Mls& mls) {
  if (trimmed(mls.id).empty()) return malformed("ID", "is empty");
  if (!mls.isMlr && !isPeppolServiceProvider(mls.sender))
    return malformed("SenderParty", "is no service provider");
  if (!mls.isMlr && !isPeppolServiceProvider(mls.receiver))
    return malformed("ReceiverParty", "is no service provider");
  if (trimmed(mls.instance).empty()) return malformed("DocumentReference", "is empty");
  return checkIssues(mls);
}

Result<std::string> writeMls(const Mls& mls) {
  if (mls.isMlr) return malformed("CustomizationID", "is that of an MLR, which is not written");
  CHECK_OK(checkMls(mls));
  xml::Writer writer({.indent = 2});
  writeResponseHead(writer, {std::string(mls_customization), std::string(mls_profile), mls.id,
                             mls.issuedAt.dateUtc(), mls.issuedAt, mls.sender, mls.receiver});
  writeParty(writer, "cac:SenderParty", mls.sender);
  writeParty(writer, "cac:ReceiverParty", mls.receiver);
  writer.open("cac:DocumentResponse");
  writer.open("cac:Response").leaf("cbc:ResponseCode", code(mls.result));
  writer.leafIfAny("cbc:Description", mls.words).close();
  writer.open("cac:DocumentReference").leaf("cbc:ID", mls.instance).close();
  for (const auto& issue : mls.issues) {
    writer.open("cac:LineResponse");
    writer.open("cac:LineReference").leaf("cbc:LineID", issue.place).close();
    writer.open("cac:Response").leaf("cbc:Description", issue.words);
    writer.open("cac:Status").leaf("cbc:StatusReasonCode", code(*issue.reason));
    writer.close().close().close();
  }
  return writer.finish();
}

bool isMls(const xml::Tree& tree) {
  const auto customization = trimmed(tree.root().child("CustomizationID").text());
  return tree.root().is(application_response_uri, "ApplicationResponse") &&
         (customization == mls_customization || isMlrCustomization(customization));
}

Result<Mls> readMls(const xml::Tree& tree) {
  return Reader().read(tree.root());
}

Result<Mls> readMls(std::string_view bytes) {
  TRY(const auto tree, xml::parse(bytes, response_limits));
  return readMls(tree);
}

}  // namespace postgang::formats
