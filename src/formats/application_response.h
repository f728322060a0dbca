// What UBL's ApplicationResponse is to Peppol's answers: the fields that every one of them has, read within
// bounds, and its beginning, written. For mls.cc and invoice_response.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/time.h"
#include "xml/parse.h"
#include "xml/writer.h"

namespace postgang::formats {

inline constexpr std::string_view application_response_uri =
    "urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2";
inline constexpr std::size_t response_text_bytes_max = 10'000, response_items_max = 1'000;

// An answer is short: a file that is not is refused before it is read through.
inline constexpr xml::Limits response_limits{5'000'000, 32, 100'000, 32, 1'000};

struct ResponseHead {
  std::string customization, profile;
  std::string id;
  Date issueDate;
  // With its zone; an MLS has one, and others may have none: then the seconds are as the sender's clocks
  // show.
  std::optional<Instant> issuedAt;
  std::string sender, receiver;  // endpoints with their scheme: "0242:987654"
};

// Reads elements of one answer; what is wrong is a Problem with the answer's code and the place.
class ResponseReader {
 public:
  explicit ResponseReader(std::string_view code) : code_(code) {}

  tl::unexpected<Problem> refused(const xml::Element& at, std::string_view why) const;
  Result<ResponseHead> head(const xml::Element& root) const;
  // The one child of that name, or an absent one where there is none; several are refused.
  Result<xml::Element> atMostOne(const xml::Element& parent, std::string_view child) const;
  Result<xml::Element> exactlyOne(const xml::Element& parent, std::string_view child) const;
  Result<std::string> text(const xml::Element& parent, std::string_view child) const;  // "" where absent
  Result<std::string> needed(const xml::Element& parent, std::string_view child) const;
  Result<std::optional<Date>> date(const xml::Element& parent, std::string_view child) const;
  Result<std::string> schemed(const xml::Element& id) const;  // "0088:7300010000001"

 private:
  Result<std::string> endpoint(const xml::Element& root, std::string_view party) const;
  std::string_view code_;
};

// Opens ApplicationResponse and writes up to the time, in UTC where the instant is told; parties and what
// follows are the caller's.
void writeResponseHead(xml::Writer& writer, const ResponseHead& head);
// schemeID and value of "0088:7300010000001".
void writeSchemed(xml::Writer& writer, std::string_view element, std::string_view id);

}  // namespace postgang::formats
