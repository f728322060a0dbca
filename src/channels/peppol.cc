#include "channels/peppol.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "channels/peppol_envelope.h"
#include "channels/peppol_register.h"
#include "channels/print_code.h"
#include "channels/recipient.h"
#include "store/blobs.h"
#include "store/lookups.h"
#include "store/peppol_exchanges.h"

namespace postgang::channels {

namespace {

using store::EventType;

constexpr std::array<std::int64_t, 6> waits_seconds = {60, 300, 900, 3600, 4 * 3600, 12 * 3600};
constexpr std::string_view billing =
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
constexpr std::string_view in_hand = cut_off_evidence, acknowledged = "access-point";

// What a document of this kind is called among Peppol's; empty: it is none that goes there.
std::string_view peppolName(document::Kind kind) {
  switch (kind) {
    case document::Kind::invoice:
    case document::Kind::interest_invoice:
    case document::Kind::reminder:
      return "invoice";
    case document::Kind::credit_note:
      return "credit-note";
    default:
      return {};
  }
}

Problem refusal(std::string code, std::string detail, std::string advice = {}) {
  return {ProblemKind::invalid, std::move(code), std::move(detail), {}, std::move(advice), {}};
}

Prepared refusing(Problem why) {
  Prepared prepared;
  prepared.refused = std::move(why);
  return prepared;
}

// Reads what is kept of the register's answer.
struct Registration {
  store::Lookup::Result result = store::Lookup::Result::unknown;
  std::string words;
  std::optional<PeppolFacts> facts;
};
Result<Registration> registrationOf(store::Reader& reader, const std::string& participant) {
  Registration registration;
  TRY(const auto kept, store::lookup(reader, peppol_register, participant));
  if (!kept) return registration;
  registration.result = kept->result;
  registration.words = kept->words;
  if (kept->result == store::Lookup::Result::found) {
    TRY(registration.facts, peppolFactsFrom(kept->facts));
  }
  return registration;
}

std::string_view reasonOf(const Registration& registration, std::string_view document) {
  switch (registration.result) {
    case store::Lookup::Result::unknown:
      return "peppol-silent";
    case store::Lookup::Result::absent:
      return "peppol-not-registered";
    case store::Lookup::Result::found:
      break;
  }
  if (registration.facts->find(document)) return "peppol-takes-it";
  const auto& unread = registration.facts->unread;
  return std::ranges::find(unread, document) != unread.end() ? "peppol-silent" : "peppol-kind-not-taken";
}

// Before the register is asked about: what never goes there.
std::string_view whyNever(const Recipient& recipient) {
  if (recipient.person) return "peppol-person";
  if (recipient.format.starts_with("Svefaktura")) return "peppol-svefaktura";
  if (!recipient.format.empty() && !recipient.format.starts_with("UBL ")) return "peppol-other-format";
  if (peppolName(recipient.kind).empty()) return "peppol-kind-not-sent";
  return {};
}

// The document with all that its envelope says, or why it has none.
struct Composition {
  std::string original;
  PeppolService service;
  formats::Sbdh header;
  std::string receiverCountry;
};

Result<std::optional<Problem>> composed(store::Reader& reader, const PeppolRoad& road,
                                        const Consignment& consignment, Composition& made) {
  TRY(const auto bytes, store::parsed(reader, consignment.document));
  if (!bytes) return refusal("document-unreadable", "The document could not be read.");
  TRY(const auto document, document::BusinessDocument::restored(*bytes));
  if (const auto why = whyNotByPeppol(document))
    return refusal(std::string(*why), "The document is of a kind that never goes by Peppol.");
  TRY(const auto recipient, recipientOf(reader, consignment.sender, document::recipientOf(document)));
  const auto participant = peppolParticipantOf(recipient);
  TRY(const auto registration, registrationOf(reader, participant));
  if (!registration.facts)
    return refusal("peppol-not-registered", "The recipient is not registered in Peppol any longer.");
  TRY(made.original, store::blob(reader, consignment.digest));
  const auto type = peppolTypeOf(made.original);
  const auto& services = registration.facts->services;
  const auto service = std::ranges::find(services, type, [](const auto& each) { return each.id.value; });
  if (service == services.end())
    return refusal("peppol-kind-not-taken", "The recipient does not take this document by Peppol.");
  made.service = *service;
  TRY(const auto company, store::company(reader, consignment.sender));
  auto& header = made.header;
  header.sender = peppolSender(company, document);
  if (header.sender.empty())
    return refusal("peppol-sender-unknown", "The sender has no identifier that Peppol knows.");
  header.receiver = participant;
  const auto countries = peppolCountries(document, header.sender, header.receiver);
  if (countries.sender.empty())
    return refusal("peppol-country-missing", "The document does not say the seller's country (BT-40).");
  header.senderCountry = countries.sender;
  made.receiverCountry = countries.receiver;
  header.documentType = service->id;
  header.process = service->process;
  if (!road.serviceProvider.empty()) {
    header.mlsTo = road.serviceProvider;
    header.mlsType = formats::MlsType::always_send;
  }
  return std::nullopt;
}

store::PeppolExchange exchangeOf(const PeppolRoad& road, const Consignment& consignment,
                                 const Composition& made) {
  const auto& header = made.header;
  auto exchange = exchangeSaidBy(header);
  exchange.direction = store::ExchangeDirection::out;
  exchange.kind = made.service.document;
  exchange.document = consignment.document;
  exchange.delivery = consignment.delivery;
  exchange.company = consignment.sender;
  exchange.receiverCountry = made.receiverCountry;
  exchange.senderAccessPoint = accessPointOf(road.serviceProvider);
  exchange.receiverAccessPoint = made.service.accessPoint;
  exchange.transport = made.service.transport;
  exchange.mlsTo = road.serviceProvider;
  exchange.mlsAlways = !road.serviceProvider.empty();
  exchange.handedOverAt = header.createdAt;
  return exchange;
}

// Of its own making, since everybody whom it passes sees it: an id of ours tells when it was made.
std::string instanceFor(const Consignment& consignment, Instant now) {
  const auto digest = sha256({consignment.delivery.text(), view(consignment.digest), now.text()});
  Uuid uuid;
  std::copy_n(digest.begin(), uuid.bytes.size(), uuid.bytes.begin());
  uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0f) | 0x80);  // version 8: our own making
  uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3f) | 0x80);
  return uuid.text();
}

// Whether an earlier attempt may have been sent, whatever came back.
Result<bool> mayHaveGone(store::Reader& reader, const Consignment& consignment) {
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), consignment.document));
  return std::ranges::any_of(events, [&](const auto& event) {
    const auto* fact = std::get_if<store::DeliveryFact>(&event.fact);
    return fact && fact->delivery == consignment.delivery && fact->evidence == in_hand;
  });
}

Result<Prepared> preparedAgain(store::Reader& reader, const Consignment& consignment,
                               const store::PeppolExchange& exchange) {
  Prepared prepared;
  TRY(auto envelope, store::blob(reader, exchange.envelope));
  prepared.fact.sentDigest = exchange.envelope;
  prepared.fact.address = exchange.receiver;
  prepared.fact.reference = exchange.instance;
  prepared.kept.push_back(std::move(envelope));
  TRY(const bool maybe, mayHaveGone(reader, consignment));
  if (maybe) prepared.fact.evidence = in_hand;
  return prepared;
}

}  // namespace

Result<Reach> Peppol::reach(store::Reader& reader, const Recipient& recipient) const {
  Reach reach;
  if (!road_.isOn()) {
    reach.reason = "peppol-off";
    return reach;
  }
  reach.reason = whyNever(recipient);
  if (!reach.reason.empty()) return reach;
  const auto participant = peppolParticipantOf(recipient);
  if (participant.empty()) {
    reach.reason = "peppol-no-identifier";
    return reach;
  }
  // What goes to a customer of ours would come back in at our own door.
  for (const auto& identifier : recipient.identifiers) {
    TRY(const auto company, store::companyByIdentifier(reader, identifier));
    if (!company || !company->isCustomer) continue;
    reach.reason = "peppol-receiver-here";
    return reach;
  }
  TRY(const auto registration, registrationOf(reader, participant));
  reach.reason = reasonOf(registration, peppolName(recipient.kind));
  reach.reachable = reach.reason == "peppol-takes-it";
  if (reach.reachable) reach.address = participant;
  reach.registers.push_back(
      {std::string(peppol_register),
       registration.words.empty() ? std::string(store::name(registration.result)) : registration.words,
       {}});
  return reach;
}

Result<Prepared> Peppol::prepare(store::Reader& reader, const Consignment& consignment, Instant now) const {
  TRY(const auto earlier, store::exchangeOfDelivery(reader, consignment.delivery));
  if (earlier) return preparedAgain(reader, consignment, *earlier);
  if (!road_.isOn()) return refusing(refusal("peppol-off", "Peppol is not set up here any longer."));
  Composition made;
  TRY(auto why, composed(reader, road_, consignment, made));
  if (why) return refusing(std::move(*why));
  made.header.instance = instanceFor(consignment, now);
  made.header.createdAt = now;
  auto envelope = formats::writeSbdh(made.header, made.original);
  if (!envelope) return refusing(std::move(envelope.error()));
  auto exchange = exchangeOf(road_, consignment, made);
  exchange.envelope = sha256(*envelope);
  Prepared prepared;
  prepared.fact.address = exchange.receiver;
  prepared.fact.reference = exchange.instance;
  prepared.fact.sentDigest = exchange.envelope;
  prepared.kept.push_back(std::move(*envelope));
  prepared.keep = [exchange](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::keepExchange(tx, exchange));
    return {};
  };
  return prepared;
}

Result<Exchanged> Peppol::exchange(const Consignment& consignment, const Prepared& prepared,
                                   Instant now) const {
  const auto& instance = prepared.fact.reference;
  const auto said = road_.accessPoint->submit(instance, prepared.kept.front(), consignment.attempt > 1);
  Exchanged exchanged;
  auto& sent = exchanged.sent;
  sent.detail = said.words;
  sent.wire = said.wire;
  sent.silent = said.silent;
  switch (said.result) {
    case Submission::Result::taken:
      sent.result = EventType::sent;
      sent.evidence = acknowledged;
      exchanged.keep = [said, instance, now](store::Transaction& tx) {
        return store::confirmExchange(tx, store::ExchangeDirection::out, instance, said.at.value_or(now),
                                      said.messageId, said.receiverAccessPoint);
      };
      break;
    case Submission::Result::refused:
      sent.result = EventType::delivery_failed;
      sent.evidence = acknowledged;
      break;
    case Submission::Result::later: {
      const bool maybe = said.inHand || prepared.fact.evidence == in_hand;
      sent.result = EventType::delivery_failed;
      sent.evidence = maybe ? in_hand : "";
      sent.retryAt = peppolRetryAt(consignment.delivery.text(), consignment.attempt, now, said.after_seconds);
      if (maybe && !sent.retryAt) sent.result = EventType::delivery_uncertain;
      break;
    }
  }
  return exchanged;
}

std::optional<std::string_view> whyNotByPeppol(const document::BusinessDocument& document) {
  if (printCodeOf(document)) return "peppol-print-code";
  if (document.text(document::Term::BT_24) != billing) return "peppol-other-rules";
  return std::nullopt;
}

std::optional<Instant> peppolRetryAt(std::string_view key, int attempts, Instant now,
                                     std::optional<std::int64_t> after_seconds) {
  const auto made = static_cast<std::size_t>(std::max(attempts, 1));
  if (made > waits_seconds.size()) return std::nullopt;
  const auto wait = std::max(waits_seconds[made - 1], after_seconds.value_or(0));
  const auto digest = sha256({key, std::to_string(attempts)});
  return now.plusSeconds(wait + wait * digest[0] / (5 * 256));
}

std::string accessPointOf(std::string_view serviceProvider) {
  if (!formats::isPeppolServiceProvider(serviceProvider)) return {};
  return "POP" + std::string(serviceProvider.substr(5, 6));
}

std::string serviceProviderOf(std::string_view accessPoint) {
  if (accessPoint.size() != 9 || !accessPoint.starts_with("POP")) return {};
  auto provider = "0242:" + std::string(accessPoint.substr(3));
  return formats::isPeppolServiceProvider(provider) ? provider : std::string();
}

}  // namespace postgang::channels
