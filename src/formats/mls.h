// Peppol's Message Level Status (MLS 1.0/1.1: urn:peppol:edec:mls): what the receiving service provider says
// of one envelope to the sending one. Written and read; its forerunner, the Message Level Response (BIS MLR
// 3), is only read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "xml/tree.h"

namespace postgang::formats {

enum class MlsCode {
  delivered,  // AP: to the end user, and confirmed
  handed_on,  // AB: without a confirmation
  rejected,   // RE
};
enum class MlsReason {
  syntax,    // SV
  rule,      // BV: a fatal rule is broken
  warning,   // BW
  delivery,  // FD: it could not be delivered, for good
};
std::string_view code(MlsCode code);      // "AP" …
std::string_view code(MlsReason reason);  // "SV" …

struct MlsIssue {
  std::string place = "NA";  // in the document, an XPath; "NA": none in particular
  std::string words;
  std::optional<MlsReason> reason;
};

struct Mls {
  bool isMlr = false;  // the forerunner: between end users' participants, and of one document
  std::string id;      // of this answer
  Instant issuedAt;
  std::string sender, receiver;  // service providers: "0242:987654"
  std::string instance;          // Sbdh::instance of the envelope it is about
  MlsCode result{};
  std::string words;  // demanded of a rejection
  std::vector<MlsIssue> issues;
};

// The rules of an MLS, in its own order: a rejection has words and an issue that is a failure; anything else
// has warnings alone. Codes: mls-malformed, mls-rejection-unexplained (invalid; `where` says what is
// missing).
Outcome checkMls(const Mls& mls);
// Codes: those of checkMls, and mls-malformed for an MLR.
Result<std::string> writeMls(const Mls& mls);

bool isMls(const xml::Tree& tree);  // or an MLR
// Judges the form; whether the rules hold is for checkMls. Codes: mls-malformed.
Result<Mls> readMls(const xml::Tree& tree);
Result<Mls> readMls(std::string_view bytes);  // and xml::parse's codes

}  // namespace postgang::formats
