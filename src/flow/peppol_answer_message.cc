#include "flow/peppol_answer_message.h"

#include <algorithm>

#include "channels/peppol.h"
#include "channels/peppol_envelope.h"
#include "document/header_facts.h"
#include "flow/answer_codes.h"
#include "flow/words.h"
#include "formats/sbdh.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "store/documents.h"
#include "store/sql/session.h"

namespace postgang::flow {

using formats::Clarification;
using formats::ClarificationKind;
using formats::InvoiceStatus;
using store::EventType;

namespace {

constexpr std::size_t words_points_max = 1000, name_points_max = 200;

bool isAnswer(const store::Event& event) {
  return event.type == EventType::returned || event.type == EventType::accepted ||
         event.type == EventType::rejected;
}

// A UUID of our own making (version 8, RFC 9562) from what is answered, so that the same answer is never two
// envelopes.
std::string instanceOf(DocumentId document, std::int64_t sequence) {
  const auto digest = sha256({"invoice-response:", document.text(), ":", std::to_string(sequence)});
  Uuid uuid;
  std::copy_n(digest.begin(), uuid.bytes.size(), uuid.bytes.begin());
  uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0f) | 0x80);
  uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3f) | 0x80);
  return uuid.text();
}

std::string shown(std::string_view text, std::size_t points_max) {
  return truncated(withoutControls(trimmed(text)), points_max);
}

// As the seller reads: its country's language, as far as we have it.
Language languageOf(const document::Party& seller) {
  return seller.address.country.empty() || seller.address.country == "SE" ? Language::swedish
                                                                          : Language::english;
}

void decide(formats::InvoiceResponse& response, const store::Event& said,
            const std::vector<store::FindingFact>& findings, Language language) {
  const auto* note = std::get_if<store::NoteFact>(&said.fact);
  const auto words = note ? shown(note->reason, words_points_max) : std::string();
  if (said.type == EventType::returned) {
    auto answer = answerToReturn(findings, words, language);
    response.status = answer.status;
    response.clarifications = std::move(answer.clarifications);
    response.note = std::move(answer.note);
    return;
  }
  const bool accepted = said.type == EventType::accepted;
  response.status = accepted ? InvoiceStatus::accepted : InvoiceStatus::rejected;
  if (accepted)
    response.note = words;
  else
    response.clarifications = {{ClarificationKind::reason, "OTH", words, {}}};
}

formats::ResponseParty partyOf(const std::string& endpoint, const std::string& name) {
  formats::ResponseParty party;
  party.endpoint = endpoint;
  party.name = shown(name, name_points_max);
  return party;
}

std::string typeOf(const document::HeaderFacts& facts) {
  if (!facts.typeCode.empty()) return facts.typeCode;
  return facts.kind == document::Kind::credit_note ? "381" : "380";
}

store::PeppolExchange exchangeOf(const channels::PeppolRoad& road, const channels::PeppolService& service,
                                 const PeppolAnswering& answering, const formats::Sbdh& header) {
  auto exchange = channels::exchangeSaidBy(header);
  exchange.direction = store::ExchangeDirection::out;
  exchange.kind = service.document;
  exchange.document = answering.document;
  exchange.company = answering.receiver;
  exchange.receiverCountry = answering.came.senderCountry;
  exchange.senderAccessPoint = answering.came.receiverAccessPoint.empty()
                                   ? channels::accessPointOf(road.serviceProvider)
                                   : answering.came.receiverAccessPoint;
  exchange.receiverAccessPoint = service.accessPoint;
  exchange.transport = service.transport;
  exchange.about = answering.came.instance;
  exchange.mlsTo = road.serviceProvider;
  exchange.handedOverAt = header.createdAt;
  return exchange;
}

}  // namespace

Result<std::optional<PeppolAnswering>> peppolAnsweringOf(store::Reader& reader, DocumentId document) {
  TRY(auto came, store::exchangeOfDocument(reader, store::ExchangeDirection::in, document));
  if (!came) return std::optional<PeppolAnswering>();
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), document));
  const auto said = std::find_if(events.rbegin(), events.rend(), isAnswer);
  if (said == events.rend()) return std::optional<PeppolAnswering>();
  TRY(const auto sides, store::sidesOf(reader, document));
  if (!sides.receiver) return std::optional<PeppolAnswering>();
  return std::optional(PeppolAnswering{document, *sides.receiver, std::move(*came), *said,
                                       instanceOf(document, said->sequence)});
}

Result<PeppolAnswer> peppolAnswerOf(store::Reader& reader, const channels::PeppolRoad& road,
                                    const channels::PeppolService& service, const PeppolAnswering& answering,
                                    Instant now) {
  TRY(const auto kept, store::parsed(reader, answering.document));
  if (!kept) return fail(problem(ProblemKind::invalid, "document-unreadable"));
  TRY(const auto parsed, document::BusinessDocument::restored(*kept));
  TRY(const auto company, store::company(reader, answering.receiver));
  TRY(const auto findings, store::findingsOf(reader, store::Viewer::system(), answering.document));
  const auto facts = document::headerFactsOf(parsed);
  const auto issuer = document::issuerOf(parsed);

  formats::InvoiceResponse response;
  response.id = answering.instance;
  response.issueDate = now.dateUtc();
  response.issuedAt = now;
  response.sender = partyOf(answering.came.receiver, company.name);
  response.receiver = partyOf(answering.came.sender, issuer.name);
  response.since = dateInStockholm(answering.said.at);
  response.invoiceNumber = shown(facts.number, name_points_max);
  response.invoiceDate = facts.issueDate;
  response.invoiceType = typeOf(facts);
  decide(response, answering.said, findings, languageOf(issuer));
  TRY(const auto payload, formats::writeInvoiceResponse(response));

  formats::Sbdh header;
  header.sender = answering.came.receiver;
  header.receiver = answering.came.sender;
  header.instance = answering.instance;
  header.createdAt = now;
  header.documentType = service.id;
  header.process = service.process;
  header.senderCountry = answering.came.receiverCountry;
  if (header.senderCountry.empty())
    header.senderCountry = channels::peppolCountries(parsed, header.receiver, header.sender).receiver;
  if (header.senderCountry.empty())
    return fail(problem(ProblemKind::invalid, "peppol-answer-without-country"));
  if (!road.serviceProvider.empty()) header.mlsTo = road.serviceProvider;
  PeppolAnswer answer;
  TRY(answer.envelope, formats::writeSbdh(header, payload));
  answer.exchange = exchangeOf(road, service, answering, header);
  return answer;
}

}  // namespace postgang::flow
