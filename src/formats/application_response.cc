#include "formats/application_response.h"

#include "base/text.h"

namespace postgang::formats {

tl::unexpected<Problem> ResponseReader::refused(const xml::Element& at, std::string_view why) const {
  return fail(ProblemKind::invalid, std::string(code_),
              "The answer cannot be read: " + truncated(at.location(), 200) + " " + std::string(why) + ".",
              at.location());
}

Result<xml::Element> ResponseReader::atMostOne(const xml::Element& parent, std::string_view child) const {
  const auto found = parent.children(child);
  auto at = found.begin();
  if (at == found.end()) return xml::Element();
  const auto element = *at;
  if (++at != found.end()) return refused(*at, "stands there more than once");
  return element;
}

Result<xml::Element> ResponseReader::exactlyOne(const xml::Element& parent, std::string_view child) const {
  TRY(const auto element, atMostOne(parent, child));
  if (!element) return refused(parent, "has no " + std::string(child));
  return element;
}

Result<std::string> ResponseReader::text(const xml::Element& parent, std::string_view child) const {
  TRY(const auto element, atMostOne(parent, child));
  if (!element) return std::string();
  const auto text = trimmed(element.text());
  if (text.size() > response_text_bytes_max) return refused(element, "is too long");
  return std::string(text);
}

Result<std::string> ResponseReader::needed(const xml::Element& parent, std::string_view child) const {
  TRY(auto found, text(parent, child));
  if (found.empty()) return refused(parent, "has no " + std::string(child));
  return found;
}

Result<std::optional<Date>> ResponseReader::date(const xml::Element& parent, std::string_view child) const {
  TRY(const auto said, text(parent, child));
  if (said.empty()) return std::optional<Date>();
  const auto date = Date::parse(said);
  if (!date) return refused(parent.child(child), "is not a date");
  return std::optional(*date);
}

Result<std::string> ResponseReader::schemed(const xml::Element& id) const {
  const auto value = trimmed(id.text());
  const auto scheme = id.attribute("schemeID");
  if (value.empty() || value.size() + scheme.size() > response_text_bytes_max)
    return refused(id, "is empty or too long");
  return scheme.empty() ? std::string(value) : std::string(scheme) + ":" + std::string(value);
}

Result<std::string> ResponseReader::endpoint(const xml::Element& root, std::string_view party) const {
  TRY(const auto element, exactlyOne(root, party));
  TRY(const auto id, exactlyOne(element, "EndpointID"));
  return schemed(id);
}

Result<ResponseHead> ResponseReader::head(const xml::Element& root) const {
  if (!root.is(application_response_uri, "ApplicationResponse"))
    return refused(root, "is no ApplicationResponse");
  ResponseHead head;
  TRY(head.customization, needed(root, "CustomizationID"));
  TRY(head.profile, needed(root, "ProfileID"));
  TRY(head.id, needed(root, "ID"));
  TRY(const auto day, date(root, "IssueDate"));
  if (!day) return refused(root, "has no IssueDate");
  head.issueDate = *day;
  TRY(const auto time, text(root, "IssueTime"));
  head.issuedAt = Instant::parse(day->text() + "T" + time);
  TRY(head.sender, endpoint(root, "SenderParty"));
  TRY(head.receiver, endpoint(root, "ReceiverParty"));
  return head;
}

void writeSchemed(xml::Writer& writer, std::string_view element, std::string_view id) {
  const auto colon = id.find(':');
  writer.open(element);
  if (colon != std::string_view::npos) writer.attribute("schemeID", id.substr(0, colon));
  writer.text(colon == std::string_view::npos ? id : id.substr(colon + 1)).close();
}

void writeResponseHead(xml::Writer& writer, const ResponseHead& head) {
  writer.open("ApplicationResponse")
      .declare("", application_response_uri)
      .declare("cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2")
      .declare("cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2");
  writer.leaf("cbc:CustomizationID", head.customization).leaf("cbc:ProfileID", head.profile);
  writer.leaf("cbc:ID", head.id);
  writer.leaf("cbc:IssueDate", (head.issuedAt ? head.issuedAt->dateUtc() : head.issueDate).text());
  if (head.issuedAt) writer.leaf("cbc:IssueTime", head.issuedAt->text().substr(11, 8) + "Z");
}

}  // namespace postgang::formats
