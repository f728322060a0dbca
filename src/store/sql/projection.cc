// A document's status and its delivery's are document::fold() over the events each party sees. Everything
// here must follow from the event alone (and, for `received`, its predecessor), or rebuild would not give the
// same rows.
#include "store/sql/projection.h"

#include <algorithm>

#include "base/text.h"
#include "store/sql/partner_counts.h"
#include "store/sql/roads.h"
#include "store/sql/search_text.h"

namespace postgang::store::sql {
namespace {

constexpr std::size_t detail_code_points_max = 200;

// What lists say beside the status: why it was stopped, what proves the delivery, who opened it.
std::string detailOf(const Event& event) {
  struct Detail {
    const Actor& actor;
    std::string operator()(const NoteFact& fact) { return fact.reason; }
    std::string operator()(const ReceivedFact& fact) { return fact.door; }
    std::string operator()(const RecognisedFact& fact) { return fact.format; }
    std::string operator()(const StoppedFact& fact) {
      if (fact.findings.empty()) return "";
      const auto& first = fact.findings.front();
      return isDemand(first) && !first.term.empty() ? first.id + ":" + first.term : first.id;
    }
    std::string operator()(const RoutedFact& fact) {
      return fact.plan.empty() ? "" : fact.plan.front().reason;
    }
    std::string operator()(const DeliveryFact& fact) {
      return fact.evidence.empty() ? fact.detail : fact.evidence;
    }
    std::string operator()(const AccessFact& fact) { return actor.name.empty() ? fact.what : actor.name; }
    std::string operator()(const FailedFact& fact) { return fact.code; }
    std::string operator()(const AnswerFact& fact) { return fact.code; }
    std::string operator()(const NoticeFact& fact) { return fact.address; }
    std::string operator()(const SmartmailFact& fact) {
      return fact.part.empty() ? fact.recipient : fact.part;
    }
  };
  return truncated(std::visit(Detail{event.actor}, event.fact), detail_code_points_max);
}

void note(EntryView& entry, const Event& event) {
  entry.lastEvent = event.type;
  entry.lastEventAt = event.at;
  entry.lastEventDetail = detailOf(event);
}

void receive(Rows& rows, const Event& event, const ReceivedFact& fact, const Rows* predecessor) {
  rows.received = fact;
  rows.recognised.kind = document::Kind::other;
  if (predecessor) {
    rows.root = predecessor->root.value_or(predecessor->id);
    rows.version = predecessor->version + 1;
  }
  rows.sent = {.id = rows.sent.id,
               .company = fact.sender,
               .direction = Direction::sent,
               .status = Status::received,
               .channel = {},
               .receivedAt = event.at,
               .lastEvent = event.type,
               .lastEventAt = event.at,
               .lastEventDetail = {}};
}

DeliveryView& deliveryOf(Rows& rows, const DeliveryFact& fact) {
  const auto found = std::ranges::find(rows.deliveries, fact.delivery, &DeliveryView::id);
  if (found != rows.deliveries.end()) return *found;
  auto& made = rows.deliveries.emplace_back();
  made.id = fact.delivery;
  return made;
}

void keepIfSaid(std::string& kept, const std::string& said) {
  if (!said.empty()) kept = said;
}

void deliver(Rows& rows, const Event& event, const DeliveryFact& fact) {
  auto& delivery = deliveryOf(rows, fact);
  const bool isNew = delivery.channel.empty() && delivery.attempts.empty();
  delivery.status = document::fold(isNew ? std::nullopt : std::optional(delivery.status), event.type);
  delivery.changed = true;
  keepIfSaid(delivery.channel, fact.channel);
  keepIfSaid(delivery.address, fact.address);
  keepIfSaid(delivery.evidence, fact.evidence);
  keepIfSaid(delivery.currency, fact.currency);
  if (fact.price) delivery.price = fact.price;
  if (fact.sentDigest) delivery.sentDigest = fact.sentDigest;
  if (fact.receiver) delivery.receiver = fact.receiver;
  followRoad(delivery, event, fact);
  auto attempt = std::ranges::find(delivery.attempts, fact.attempt, &Attempt::number);
  if (attempt == delivery.attempts.end())
    attempt = delivery.attempts.insert(
        attempt,
        Attempt{.number = fact.attempt, .startedAt = event.at, .endedAt = {}, .result = {}, .detail = {}});
  if (event.type != EventType::delivery_started && event.type != EventType::not_fetched) {
    attempt->endedAt = event.at;
    attempt->result = document::name(event.type);
    attempt->detail = fact.detail;
  }
  keepIfSaid(rows.sent.channel, fact.channel);
}

void openDelivery(Rows& rows, const Event& event, const AccessFact& fact) {
  for (auto& delivery : rows.deliveries) {
    if (fact.delivery ? delivery.id != *fact.delivery : delivery.receiver != fact.company) continue;
    delivery.status = document::fold(delivery.status, event.type);
    delivery.changed = true;
    if (fact.delivery && event.type == EventType::opened) openRoad(delivery, event, fact);
  }
}

void changePartner(Pending& pending, const EntryView& entry, const PartyFact& party, int change, Instant at) {
  const auto key = counterpartKey(party);
  if (key.empty()) return;
  const bool sent = entry.direction == Direction::sent;
  pending.touch({entry.company, key}, {.name = party.name,
                                       .customerNumber = party.customerNumber,
                                       .email = party.email,
                                       .person = party.person,
                                       .sent = sent ? change : 0,
                                       .received = sent ? 0 : change,
                                       .lastActivityAt = at,
                                       .firstActivityAt = at});
}

// A private person's identifier is no word to search by (a flow that shows it has it in its text).
std::string partyText(const PartyFact& party) {
  std::string text = party.name;
  if (!party.person && !party.identifier.empty()) text += "\n" + party.identifier;
  if (!party.customerNumber.empty()) text += "\n" + party.customerNumber;
  return text;
}

std::string headerText(const RecognisedFact& fact) {
  auto text = searchForm(fact.searchText);
  text += fieldForm(field::number, fact.number);
  text += fieldForm(field::seller, partyText(fact.seller));
  text += fieldForm(field::buyer, partyText(fact.buyer));
  text += fieldForm(field::customer_number, fact.customerNumber + "\n" + fact.buyer.customerNumber);
  text += fieldForm(field::reference, fact.buyerReference);
  text += fieldForm(field::order, fact.orderReference);
  text += fieldForm(field::payment_reference, fact.paymentReference);
  return text;
}

void countAccounts(Projection& projection, CompanyId receiver, const RecognisedFact& fact,
                   const PartnerAccountDelta& delta) {
  const auto supplier = counterpartKey(fact.seller);
  if (supplier.empty()) return;
  for (const auto& account : fact.accounts) projection.pending.count({receiver, supplier, account}, delta);
}

// It lies with the receiver, as another supplier's, or to be paid elsewhere.
void moveSupplier(Projection& projection, const Event& event, const RecognisedFact& fact) {
  const auto& rows = projection.rows;
  if (!rows.inbox) return;
  const auto& before = rows.recognised;
  const bool isOther = counterpartKey(before.seller) != counterpartKey(fact.seller);
  if (isOther) {
    changePartner(projection.pending, *rows.inbox, before.seller, -1, Instant{});
    changePartner(projection.pending, *rows.inbox, fact.seller, 1, event.at);
  }
  if (!isOther && before.accounts == fact.accounts) return;
  countAccounts(projection, rows.inbox->company, before, {-1, {}, {}, rows.id});
  countAccounts(projection, rows.inbox->company, fact, {1, event.at, event.at, rows.id});
}

void recognise(Projection& projection, const Event& event, const RecognisedFact& fact) {
  auto& rows = projection.rows;
  if (counterpartKey(rows.recognised.buyer) != counterpartKey(fact.buyer)) {
    changePartner(projection.pending, rows.sent, rows.recognised.buyer, -1, Instant{});
    changePartner(projection.pending, rows.sent, fact.buyer, 1, event.at);
  }
  moveSupplier(projection, event, fact);
  rows.recognised = fact;
  rows.recognised.searchText.clear();
  rows.recognised.precedingNumbers.clear();
  rows.searchText = headerText(fact);
  rows.factsChanged = true;
}

void route(Projection& projection, const Event& event, const RoutedFact& fact) {
  auto& rows = projection.rows;
  const auto reachable = std::ranges::find_if(fact.plan, &PlanStep::reachable);
  if (reachable != fact.plan.end()) rows.sent.channel = reachable->channel;
  const auto key = counterpartKey(rows.recognised.buyer);
  if (!key.empty()) projection.pending.keep({rows.sent.company, key}, {event.at, fact.plan});
}

// It lies in the receiver's inbox, waits for the receiver's system, or lies before the receiver's filter:
// from here on the receiver has an entry.
void giveReceiver(Projection& projection, const Event& event, CompanyId receiver, std::string_view channel) {
  auto& rows = projection.rows;
  rows.inbox = EntryView{.id = 0,
                         .company = receiver,
                         .direction = Direction::received,
                         .status = Status::received,
                         .channel = std::string(channel),
                         .receivedAt = event.at,
                         .lastEvent = event.type,
                         .lastEventAt = event.at,
                         .lastEventDetail = {}};
  changePartner(projection.pending, *rows.inbox, rows.recognised.seller, 1, event.at);
  countAccounts(projection, receiver, rows.recognised, {1, event.at, event.at, rows.id});
}

// A file that could not be read is found by its name.
void keepFindings(Rows& rows, const StoppedFact& fact) {
  rows.findings = fact.findings;
  rows.findingsChanged = true;
  if (rows.recognised.format.empty() && !rows.received.fileName.empty())
    rows.searchText = searchForm(rows.received.fileName);
}

// The first stop is the one that counts: what is found later about the same document is the same stop.
void keepStop(Projection& projection, const Event& event, const StoppedFact& fact) {
  if (event.type == EventType::warned || projection.stop) return;
  const auto& rows = projection.rows;
  Stop stop;
  stop.document = rows.id;
  stop.sender = rows.received.sender;
  stop.receiver = fact.receiver;
  stop.at = event.at;
  stop.held = event.type == EventType::held;
  if (!fact.findings.empty()) {
    const auto& first = fact.findings.front();
    stop.cause = first.id;
    stop.term = first.term;
    const auto parameter = [&](const char* name) {
      const auto found = first.parameters.find(name);
      return found == first.parameters.end() ? std::string() : found->second;
    };
    stop.filter = parameter("filter");
    stop.demand = parameter("demand");
  }
  projection.stop = std::move(stop);
}

void settle(Projection& projection, const Event& event) {
  const auto status = projection.rows.sent.status;
  if (status != Status::stopped && status != Status::held && status != Status::returned) return;
  if (event.type == EventType::superseded) projection.settled = {event.at, "corrected"};
  if (event.type == EventType::cancelled) projection.settled = {event.at, "cancelled"};
  if (event.type == EventType::checked) projection.settled = {event.at, "released"};
}

// recognised and checked never end their commit: what follows them in it tells the news.
bool isFed(EventType type) {
  return type != EventType::recognised && type != EventType::checked && type != EventType::page_fetched;
}

// What is told of a stop leaves the stop and its reason in the lists, and so does the return that goes with
// it.
bool isNoted(const Event& event) {
  if (std::holds_alternative<NoticeFact>(event.fact) || event.type == EventType::warned ||
      event.type == EventType::page_fetched)
    return false;
  const auto* said = std::get_if<NoteFact>(&event.fact);
  return event.type != EventType::returned || !said || !said->reason.empty();
}

// Where somebody must do something, why stands in the lists until the status is another or it is said anew:
// who has looked at it meanwhile, a late receipt or a question has its place in the timeline alone.
bool leavesTrouble(Status before, Status now, EventType type) {
  return before == now && document::needsSomebody(now) && document::fold(Status::received, type) != now;
}

// A receipt that comes after the answer is no second delivery, and an answer to what nobody has confirmed is
// one.
void mark(EntryView& entry, const Event& event) {
  auto& counted = entry.counted;
  const bool arrived = event.type == EventType::delivered || entry.status == Status::delivered ||
                       entry.status == Status::opened || entry.status == Status::accepted;
  if (arrived && !counted.deliveredAt) counted.deliveredAt = event.at;
  if (event.type == EventType::opened && !counted.openedAt) counted.openedAt = event.at;
  if (event.type == EventType::stopped || event.type == EventType::held) counted.wasStopped = true;
}

void tell(Projection& projection, EntryView& entry, const Event& event, bool hadStop) {
  const auto before = entry.status;
  entry.status = document::fold(entry.status, event.type);
  mark(entry, event);
  countTurn(projection, entry, {before, event.at, hadStop});
  if (isNoted(event) && !leavesTrouble(before, entry.status, event.type)) note(entry, event);
  if (isFed(event.type))
    projection.feed.push_back({entry.company, entry.direction, event.type, entry.status, event.at});
}

}  // namespace

bool receiverSees(EventType type, const Fact& fact, CompanyId receiver) {
  switch (type) {
    case EventType::sent:
    case EventType::delivered:
    case EventType::not_fetched: {
      const auto* delivery = std::get_if<DeliveryFact>(&fact);
      return delivery && delivery->receiver == receiver;
    }
    case EventType::opened:
    case EventType::fetched: {
      const auto* access = std::get_if<AccessFact>(&fact);
      return access && access->company == receiver;
    }
    case EventType::stopped:
    case EventType::held:
    case EventType::warned: {
      const auto* stopped = std::get_if<StoppedFact>(&fact);
      return stopped && stopped->receiver == receiver;
    }
    case EventType::checked:
    case EventType::accepted:
    case EventType::rejected:
    case EventType::answered:
    case EventType::notice_sent:
    case EventType::notice_read:
    case EventType::notice_bounced:
    case EventType::notice_unreachable:
    case EventType::returned:
    case EventType::superseded:
    case EventType::cancelled:
      return true;
    default:
      return false;
  }
}

void Projection::apply(const Event& event, const Rows* predecessor) {
  const auto& fact = event.fact;
  const bool hadStop = rows.hadStop || stop.has_value();
  rows.lastSequence = event.sequence;
  rows.head = event.hash;
  rows.lastAt = event.at;
  if (const auto* received = std::get_if<ReceivedFact>(&fact)) receive(rows, event, *received, predecessor);
  if (const auto* recognised = std::get_if<RecognisedFact>(&fact)) recognise(*this, event, *recognised);
  if (const auto* stopped = std::get_if<StoppedFact>(&fact)) {
    keepFindings(rows, *stopped);
    keepStop(*this, event, *stopped);
    if (event.type != EventType::warned && stopped->receiver && !rows.inbox)
      giveReceiver(*this, event, *stopped->receiver, {});
  }
  if (const auto* routed = std::get_if<RoutedFact>(&fact)) route(*this, event, *routed);
  if (const auto* delivery = std::get_if<DeliveryFact>(&fact)) {
    deliver(rows, event, *delivery);
    const bool isWithReceiver = event.type == EventType::delivered || event.type == EventType::sent;
    if (isWithReceiver && delivery->receiver && !rows.inbox)
      giveReceiver(*this, event, *delivery->receiver, delivery->channel);
  }
  if (const auto* smartmail = std::get_if<SmartmailFact>(&fact))
    for (auto& delivery : rows.deliveries)
      if (delivery.id == smartmail->delivery) followRoad(delivery, event, *smartmail);
  settle(*this, event);
  const auto* access = std::get_if<AccessFact>(&fact);
  if (access) openDelivery(rows, event, *access);
  if (access || std::holds_alternative<DeliveryFact>(fact) || std::holds_alternative<SmartmailFact>(fact))
    countDeliveries(rows);
  // A sender who looks at its own document is no news to anybody.
  const bool isOwnLook = access && access->company == rows.sent.company &&
                         !(rows.inbox && rows.inbox->company == rows.sent.company);
  if (!isOwnLook) tell(*this, rows.sent, event, hadStop);
  if (!rows.inbox || !receiverSees(event.type, fact, rows.inbox->company)) return;
  if (const auto* delivery = std::get_if<DeliveryFact>(&fact)) rows.inbox->channel = delivery->channel;
  tell(*this, *rows.inbox, event, hadStop);
}

void countChange(Pending& pending, const Rows* before, const Rows& after) {
  // What was paid in another currency than the document's is counted in a cell of that currency.
  const auto count = [&](const Rows& rows, const EntryView& entry, int sign) {
    auto cell = cellOf(rows, entry);
    pending.count(cell, countOf(rows, entry), sign);
    for (const auto& [currency, hundredths] : entry.counted.costs) {
      auto paid = cell;
      paid.toDelivered = paid.toOpened = Cell::no_bucket;
      paid.currency = currency;
      pending.count(paid, {.cost = hundredths}, sign);
    }
  };
  if (before) {
    count(*before, before->sent, -1);
    if (before->inbox) count(*before, *before->inbox, -1);
  }
  count(after, after.sent, 1);
  if (after.inbox) count(after, *after.inbox, 1);
  countPartners(pending, before, &after);
}

}  // namespace postgang::store::sql
