#include "api/recipient_facts.h"

#include <algorithm>

#include "api/problem_reply.h"
#include "api/safe_file.h"
#include "flow/copy_design.h"
#include "render/figures.h"
#include "store/blobs.h"

namespace postgang::api {

namespace {

using document::Group;
using document::Kind;
using document::Status;
using document::Term;
using store::EventType;

constexpr int credits_max = 20;

template <typename Fact>
bool isBy(const store::Event& event, DeliveryId delivery, const std::string& recipient) {
  const auto* fact = std::get_if<Fact>(&event.fact);
  return fact && fact->delivery == delivery && fact->recipient == recipient;
}

// What this recipient has done, at first and last.
void addActs(render::RecipientPage& page, const std::vector<store::Event>& events, DeliveryId delivery,
             const std::string& recipient) {
  for (const auto& event : events) {
    if (event.type == EventType::opened && isBy<store::AccessFact>(event, delivery, recipient) &&
        !page.openedAt)
      page.openedAt = event.at;
    if (!isBy<store::SmartmailFact>(event, delivery, recipient)) continue;
    if (event.type == EventType::asked) page.askedAt = event.at;
    if (event.type == EventType::einvoice_wanted) page.einvoiceWantedAt = event.at;
  }
}

// The delivery names its parts, in the document's order; where it names others than the document's first
// files (one was empty), its names decide. What it does not name need not be opened.
void addParts(RecipientFacts& facts, const store::Road& road) {
  constexpr std::size_t named_max = 50;
  std::vector<const store::PartState*> known;
  for (const auto& part : road.parts)
    if (!part.name.empty()) known.push_back(&part);
  const auto attachments = facts.document.attachments();
  std::vector<std::size_t> files;
  for (std::size_t i = 0; i < attachments.size(); ++i)
    if (attachments[i].size > 0) files.push_back(i);
  const bool inOrder = known.size() == std::min(files.size(), named_max);
  for (std::size_t at = 0; at < files.size(); ++at) {
    const auto shown = attachmentName(attachments[files[at]], files[at]);
    const auto named = std::ranges::find_if(known, [&](const auto* part) { return part->name == shown; });
    const store::PartState* part = nullptr;
    if (inOrder && at < known.size()) part = known[at];
    if (!inOrder && named != known.end()) part = *named;
    facts.parts.push_back({files[at], part ? part->name : shown});
    facts.page.parts.push_back(
        {shown, attachments[files[at]].size, !part || part->exempt, part ? part->openedAt : std::nullopt});
  }
}

bool hasGone(Status status) {
  return status == Status::sending || status == Status::sent || status == Status::delivered ||
         status == Status::opened || status == Status::accepted;
}

Result<bool> credits(store::Reader& reader, const store::Entry& entry, const std::string& number) {
  TRY(const auto parsed, store::parsed(reader, entry.document));
  if (!parsed) return false;
  TRY(const auto document, document::BusinessDocument::restored(*parsed));
  return std::ranges::any_of(document.root().groups(Group::BG_3),
                             [&](const auto& preceding) { return preceding.text(Term::BT_25) == number; });
}

// Credit notes of the same sender to the same counterpart that name this document's number.
Outcome addCredits(store::Reader& reader, RecipientFacts& facts) {
  const auto& entry = facts.row.entry;
  if (entry.kind == Kind::credit_note || entry.number.empty() || !entry.amount) return {};
  store::EntryQuery query;
  query.text = entry.number;
  query.direction = store::Direction::sent;
  query.kinds = {Kind::credit_note};
  query.limit = credits_max;
  TRY(const auto found, store::listEntries(reader, store::Viewer::ofCompanies({entry.company}, {}), query));
  Decimal sum(0);
  for (const auto& credit : found.items) {
    const bool same = credit.receiver.identifier == entry.receiver.identifier &&
                      credit.receiver.customerNumber == entry.receiver.customerNumber &&
                      credit.receiver.name == entry.receiver.name && credit.currency == entry.currency;
    if (!same || !credit.amount || !hasGone(credit.status)) continue;
    TRY(const bool names, credits(reader, credit, entry.number));
    if (!names) continue;
    sum = sum.plus(credit.amount->abs()).value_or(sum);
    facts.page.creditNumber += (facts.page.creditNumber.empty() ? "" : ", ") + credit.number;
  }
  if (facts.page.creditNumber.empty() || sum.isZero()) return {};
  facts.page.creditAmount = render::shownMoney(sum, entry.currency, facts.page.language);
  facts.page.state =
      sum < entry.amount->abs() ? render::PageState::partly_credited : render::PageState::credited;
  return {};
}

Result<bool> newestWentTo(store::Reader& reader, const store::DocumentRow& row,
                          const std::string& recipient) {
  TRY(const auto versions, store::versionsOf(reader, store::Viewer::system(), row.entry.document));
  const auto newest = std::ranges::max_element(versions, {}, &store::DocumentRow::version);
  if (newest == versions.end() || newest->entry.document == row.entry.document) return false;
  TRY(const auto deliveries, store::deliveriesOf(reader, store::Viewer::system(), newest->entry.document));
  return std::ranges::any_of(deliveries, [&](const auto& delivery) {
    return delivery.channel == "email" && delivery.road.sentAt &&
           std::ranges::any_of(delivery.road.recipients, [&](const auto& one) {
             return one.address == recipient && one.bounced.empty();
           });
  });
}

Outcome addState(store::Reader& reader, RecipientFacts& facts, const std::vector<store::Event>& events,
                 const std::string& recipient) {
  auto& page = facts.page;
  const auto on = [&](EventType type) {
    for (const auto& event : events)
      if (event.type == type) page.stateOn = dateInStockholm(event.at);
  };
  if (facts.row.supersededBy) {
    page.state = render::PageState::superseded;
    on(EventType::superseded);
    TRY(page.newer, newestWentTo(reader, facts.row, recipient));
    return {};
  }
  if (facts.row.entry.status == Status::cancelled) {
    page.state = render::PageState::cancelled;
    on(EventType::cancelled);
    return {};
  }
  return addCredits(reader, facts);
}

}  // namespace

Result<RecipientFacts> recipientFacts(store::Reader& reader, DocumentId document, DeliveryId delivery,
                                      const std::string& recipient, Instant now) {
  RecipientFacts facts;
  TRY(facts.row, store::findDocument(reader, store::Viewer::system(), document));
  TRY(const auto parsed, store::parsed(reader, document));
  if (!parsed) return notFound();
  TRY(facts.document, document::BusinessDocument::restored(*parsed));
  TRY(const auto designText, flow::designTextOf(reader, facts.row));
  const auto design = flow::designFrom(designText, document);
  facts.page = render::recipientPageOf(facts.document, design, render::languageFor(facts.document, design));
  facts.page.now = now;
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), document));
  addActs(facts.page, events, delivery, recipient);
  TRY(const auto deliveries, store::deliveriesOf(reader, store::Viewer::system(), document));
  const auto found = std::ranges::find(deliveries, delivery, &store::Delivery::id);
  const auto road = found == deliveries.end() ? store::Road() : found->road;
  facts.page.deadline = road.deadline;
  facts.page.expiredAt = road.expiredAt;
  facts.page.allOpened = road.openedAt.has_value();
  addParts(facts, road);
  CHECK_OK(addState(reader, facts, events, recipient));
  return facts;
}

}  // namespace postgang::api
