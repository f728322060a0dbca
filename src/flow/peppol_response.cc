// The buyer's answer to an invoice of ours: Invoice Response 3 (T111).
#include <algorithm>

#include "base/log.h"
#include "base/text.h"
#include "flow/document_news.h"
#include "flow/peppol_plan.h"
#include "flow/progress.h"
#include "formats/invoice_response.h"
#include "store/documents.h"
#include "store/sql/session.h"

namespace postgang::flow {

using formats::InvoiceStatus;
using store::EventType;

namespace {

constexpr std::size_t words_points_max = 2000, codes_max = 50;

std::string wordsOf(const formats::InvoiceResponse& response) {
  auto words = response.note;
  for (const auto& clarification : response.clarifications) {
    if (clarification.words.empty() || words.size() > 2 * words_points_max) continue;
    words += (words.empty() ? "" : "; ") + clarification.words;
  }
  return truncated(collapsed(withoutControls(words)), words_points_max);
}

std::vector<std::string> codesOf(const formats::InvoiceResponse& response) {
  std::vector<std::string> codes;
  for (const auto& clarification : response.clarifications)
    if (!clarification.code.empty() && codes.size() < codes_max) codes.push_back(clarification.code);
  return codes;
}

// A rejection that says nothing but codes says those.
std::string reasonOf(const formats::InvoiceResponse& response) {
  auto words = wordsOf(response);
  if (!words.empty()) return words;
  for (const auto& code : codesOf(response)) words += (words.empty() ? "" : ", ") + code;
  return words;
}

// A payment, a condition and what is short of yes and no are told with all that they say.
bool isAnswer(InvoiceStatus status) {
  return status != InvoiceStatus::accepted && status != InvoiceStatus::rejected;
}

std::optional<EventType> decisionOf(InvoiceStatus status) {
  switch (status) {
    case InvoiceStatus::accepted:
    case InvoiceStatus::conditionally_accepted:
    case InvoiceStatus::paid:
      return EventType::accepted;
    case InvoiceStatus::rejected:
      return EventType::rejected;
    default:
      return std::nullopt;
  }
}

// The document that it answers: of that number, sent by our customer to who answers.
Result<std::optional<store::PeppolExchange>> aboutOf(store::Reader& reader,
                                                     const formats::InvoiceResponse& response,
                                                     const store::PeppolExchange& carrier) {
  store::EntryQuery query;
  query.number = response.invoiceNumber;
  query.direction = store::Direction::sent;
  query.limit = 200;
  const auto viewer = store::Viewer::ofCompanies({*carrier.company}, peppolActor());
  TRY(const auto page, store::listEntries(reader, viewer, query));
  std::optional<store::PeppolExchange> best;
  for (const auto& entry : page.items) {
    if (response.invoiceDate && entry.issueDate && *response.invoiceDate != *entry.issueDate) continue;
    TRY(auto sent, store::exchangeOfDocument(reader, store::ExchangeDirection::out, entry.document));
    if (!sent || !formats::samePeppolParticipant(sent->receiver, carrier.sender)) continue;
    if (!best || sent->handedOverAt > best->handedOverAt) best = std::move(sent);
  }
  return best;
}

std::vector<store::NewEvent> eventsOf(const formats::InvoiceResponse& response, const Digest& envelope) {
  std::vector<store::NewEvent> events;
  if (isAnswer(response.status)) {
    store::AnswerFact fact;
    fact.code = code(response.status);
    fact.words = wordsOf(response);
    fact.reasons = codesOf(response);
    fact.since = response.since;
    fact.reference = truncated(response.id, 200);
    fact.message = envelope;
    events.push_back({EventType::answered, peppolActor(), std::move(fact)});
  }
  if (const auto decision = decisionOf(response.status))
    events.push_back({*decision, peppolActor(), store::NoteFact{reasonOf(response)}});
  return events;
}

// Said before in the same words: by another envelope, or because what is paid had been accepted.
bool isSaid(const std::vector<store::Event>& known, const store::NewEvent& event) {
  return event.type == EventType::accepted &&
         std::ranges::any_of(known, [](const auto& each) { return each.type == EventType::accepted; });
}

Outcome append(store::Transaction& tx, DocumentId document, std::vector<store::NewEvent> events) {
  TRY(const auto known, store::eventsOf(tx, store::Viewer::system(), document));
  std::erase_if(events, [&](const auto& event) { return isSaid(known, event); });
  if (events.empty()) return {};
  return appendAndTell(tx, document, known.back().sequence, events, {});
}

}  // namespace

Result<PeppolPlan> planPeppolResponse(const Tools& /*reads alone*/, store::Reader& reader,
                                      const PeppolArrival& arrival, store::PeppolExchange exchange) {
  TRY(const auto response, formats::readInvoiceResponse(arrival.envelope.payload));
  PeppolPlan plan{std::move(exchange)};
  TRY(const auto about, aboutOf(reader, response, plan.exchange));
  if (!about) {
    plan.exchange.about = "unknown";
    log::warning("an invoice response is about nothing that its sender was sent",
                 {{"instance", plan.exchange.instance}, {"from", plan.exchange.sender}});
    return plan;
  }
  plan.exchange.about = about->instance;
  plan.exchange.document = about->document;
  plan.commit = [document = *about->document, events = eventsOf(response, plan.exchange.envelope)](
                    store::Transaction& tx) { return append(tx, document, events); };
  return plan;
}

}  // namespace postgang::flow
