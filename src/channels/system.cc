#include "channels/system.h"

#include <boost/json.hpp>

#include "channels/company_settings.h"
#include "channels/handover_carry.h"
#include "channels/mail_keys.h"
#include "render/render.h"
#include "store/blobs.h"
#include "store/documents.h"

namespace postgang::channels {

namespace {

namespace json = boost::json;
using store::EventType;

constexpr std::int64_t bounce_days = 30, day_seconds = 86'400;

// What prepare() hands to send() beside the bytes: messages[0] has it as its recipient, the others are what
// leaves.
struct Order {
  HandoverWay way = HandoverWay::inbox;
  std::string address, hostKey, company;
  WebhookSecret secret;
  Instant at;
};

std::string written(const Order& order) {
  return json::serialize(json::object{{"way", name(order.way)},
                                      {"address", order.address},
                                      {"hostKey", order.hostKey},
                                      {"secret", order.secret.sealed},
                                      {"secretContext", order.secret.context},
                                      {"company", order.company},
                                      {"at", order.at.microseconds}});
}

Order orderOf(const Prepared& prepared) {
  Order order;
  boost::system::error_code error;
  const auto value =
      prepared.messages.empty() ? json::value() : json::parse(prepared.messages[0].recipient, error);
  const auto* object = error ? nullptr : value.if_object();
  if (!object) return order;
  const auto text = [&](std::string_view member) { return std::string(object->at(member).as_string()); };
  for (const auto way : {HandoverWay::folder, HandoverWay::webhook, HandoverWay::email})
    if (name(way) == text("way")) order.way = way;
  order.address = text("address");
  order.hostKey = text("hostKey");
  order.secret = {text("secret"), text("secretContext")};
  order.company = text("company");
  order.at = Instant{object->at("at").as_int64()};
  return order;
}

// The host that takes it: what sending is spread by.
std::string hostOf(const Handover& handover) {
  if (handover.way == HandoverWay::email) return net::domainOf(handover.address);
  const auto from = handover.address.find("://");
  if (from == std::string::npos) return {};
  auto host = handover.address.substr(from + 3);
  host = host.substr(0, host.find('/'));
  if (const auto at = host.rfind('@'); at != std::string::npos) host = host.substr(at + 1);
  return host;
}

struct Source {
  KeptHandover kept;
  store::Company receiver;
  store::DocumentRow row;
  std::string original;
  std::string copy;
};

Result<std::string> copyOf(store::Reader& reader, const store::DocumentRow& row) {
  TRY(const auto parsed, store::parsed(reader, row.entry.document));
  if (!parsed) return std::string();
  TRY(const auto document, document::BusinessDocument::restored(*parsed));
  render::Design design;
  TRY(const auto seller, store::companyByIdentifier(reader, row.entry.sender.identifier));
  if (seller) {
    TRY(design, companyDesign(reader, *seller));
  }
  return render::renderPdf(document, design, render::Channel::email, render::languageFor(document, design));
}

Result<Source> sourceOf(store::Reader& reader, const Consignment& consignment) {
  Source source;
  TRY(source.receiver, store::company(reader, *consignment.receiver));
  TRY(source.row, store::findDocument(reader, store::Viewer::system(), consignment.document));
  TRY(source.kept, handoverFor(reader, *consignment.receiver, source.row.entry.kind));
  TRY(source.original, store::blob(reader, consignment.digest));
  // A copy that cannot be drawn keeps nobody from the original.
  if (source.kept.handover.copy)
    if (auto copy = copyOf(reader, source.row)) source.copy = std::move(*copy);
  return source;
}

HandoverLoad loadOf(Source source, const Consignment& consignment) {
  auto& entry = source.row.entry;
  HandoverLoad load;
  load.id = consignment.delivery.text();
  load.document = consignment.document.text();
  load.kind = document::name(entry.kind);
  load.number = entry.number;
  load.format = source.row.format;
  load.currency = entry.currency;
  load.sender = entry.sender;
  load.receiver = entry.receiver;
  load.receiver.name = source.receiver.name;
  load.receiver.identifier = source.receiver.identifier;
  load.issueDate = entry.issueDate;
  load.dueDate = entry.dueDate;
  load.amount = entry.amount;
  load.original = std::move(source.original);
  load.copy = std::move(source.copy);
  return load;
}

// It was set otherwise since the road was chosen.
Problem takesHere(HandoverWay way) {
  Problem problem{ProblemKind::conflict,
                  "handover-way-off",
                  "The receiver takes its documents otherwise by now.",
                  {},
                  "It lies in the inbox.",
                  {}};
  problem.parameters = {{"way", std::string(name(way))}};
  return problem;
}

Problem tooLarge() {
  return {ProblemKind::too_large,
          "handover-too-large",
          "The file is over what can be handed over this way.",
          {},
          "It lies in the inbox. Choose a folder or the API for files this large.",
          {}};
}

store::RecipientLink linkFor(const Consignment& consignment, const std::string& address, Instant now) {
  store::RecipientLink link;
  link.tokenDigest = pageTokenDigest(newPageToken());  // nobody is told it: for the bounce's key alone
  link.document = consignment.document;
  link.delivery = consignment.delivery;
  link.recipient = address;
  link.createdAt = now;
  link.expiresAt = now.plusSeconds(bounce_days * day_seconds);
  link.bounceKey = newBounceKey();
  return link;
}

Outcome prepareMail(const Mailing& mailing, const Consignment& consignment, const HandoverLoad& load,
                    const std::string& address, Instant now, Prepared& prepared) {
  TRY(auto message, handoverMail(load, mailing.from, address, now, Language::swedish));
  TRY(message, mailing.signedMessage(std::move(message), now));
  prepared.links.push_back(linkFor(consignment, address, now));
  prepared.messages.push_back({address, std::move(message)});
  return {};
}

}  // namespace

Result<std::optional<store::Company>> customerOf(store::Reader& reader, const Recipient& recipient) {
  for (const auto& identifier : recipient.identifiers) {
    TRY(auto company, store::companyByIdentifier(reader, identifier));
    if (company && company->isCustomer) return company;
  }
  return std::nullopt;
}

Result<Reach> System::reach(store::Reader& reader, const Recipient& recipient) const {
  Reach reach;
  TRY(const auto company, customerOf(reader, recipient));
  if (!company) {
    reach.reason = recipient.identifiers.empty() ? "receiver-without-identifier" : "receiver-unknown";
    return reach;
  }
  TRY(const auto kept, handoverFor(reader, company->id, recipient.kind));
  const auto& handover = kept.handover;
  if (!handover.leavesTheHouse()) {
    reach.reason = "receiver-takes-here";
    return reach;
  }
  reach.reachable = checkWay(handover, options_.rules).has_value();
  reach.reason =
      reach.reachable ? "receiver-system-" + std::string(channels::name(handover.way)) : "handover-off";
  if (!reach.reachable) return reach;
  reach.address = company->identifier;
  reach.receiver = company->id;
  return reach;
}

Result<std::string> System::laneOf(store::Reader& reader, const Consignment& consignment) const {
  if (!consignment.receiver) return std::string();
  TRY(const auto row, store::findDocument(reader, store::Viewer::system(), consignment.document));
  TRY(const auto kept, handoverFor(reader, *consignment.receiver, row.entry.kind));
  return hostOf(kept.handover);
}

Result<Prepared> System::prepare(store::Reader& reader, const Consignment& consignment, Instant now) const {
  Prepared prepared;
  if (!consignment.receiver) {
    prepared.refused = takesHere(HandoverWay::inbox);
    return prepared;
  }
  TRY(auto source, sourceOf(reader, consignment));
  const auto handover = source.kept.handover;
  const auto possible =
      handover.leavesTheHouse() ? checkWay(handover, options_.rules) : Outcome(fail(takesHere(handover.way)));
  if (!possible) {
    prepared.refused = possible.error();
    return prepared;
  }
  prepared.messages.push_back({written({handover.way, handover.address, handover.hostKey,
                                        source.receiver.identifier, source.kept.secret, now}),
                               {}});
  auto load = loadOf(std::move(source), consignment);
  prepared.fact.sentDigest = consignment.digest;
  prepared.fact.reference = originalName(load);
  prepared.lane = hostOf(handover);
  if (handover.way == HandoverWay::folder) {
    prepared.messages.push_back({originalName(load), std::move(load.original)});
    if (!load.copy.empty()) prepared.messages.push_back({copyName(load), std::move(load.copy)});
    return prepared;
  }
  if (load.original.size() + load.copy.size() > handover_bytes_max) load.copy.clear();
  if (load.original.size() > handover_bytes_max) {
    prepared.refused = tooLarge();
    return prepared;
  }
  if (handover.way == HandoverWay::webhook) {
    prepared.fact.reference = load.id;
    prepared.messages.push_back({load.id, webhookBody(load, options_.mailing.publicUrl, now)});
    return prepared;
  }
  if (auto made = prepareMail(options_.mailing, consignment, load, handover.address, now, prepared); !made) {
    prepared.links.clear();
    prepared.refused = made.error();
  }
  return prepared;
}

Result<Sent> System::send(const Consignment& consignment, const Prepared& prepared) const {
  const auto order = orderOf(prepared);
  const auto& messages = prepared.messages;
  bool gone = false;
  Sent sent;
  if (order.way == HandoverWay::folder) {
    const auto drop = openHandoverDrop(options_.rules, order.company, order.address, order.hostKey);
    if (!drop) {
      sent.result = EventType::delivery_failed;
      sent.detail = drop.error().code + ": " + drop.error().detail;
    } else {
      const auto copy = messages.size() > 2 ? messages[2] : Message{};
      sent = carryToFolder(*drop, messages[1].recipient, messages[1].bytes, copy.recipient, copy.bytes);
    }
  } else if (order.way == HandoverWay::webhook) {
    const auto secret = openedSecret(order.secret, options_.rules);
    if (!secret) {
      sent.result = EventType::delivery_failed;
      sent.detail = secret.error().code + ": " + secret.error().detail;
    } else {
      sent = carryToWebhook(*client_, {order.address, {*secret}, messages[1].recipient, messages[1].bytes},
                            options_.rules, order.at, gone);
    }
  } else {
    sent =
        carryByMail(options_.mailing,
                    {verpAddress(options_.mailing.from, prepared.links.front().bounceKey), {order.address}},
                    messages[1].bytes);
  }
  sent.sentDigest = consignment.digest;
  if (sent.result == EventType::delivery_failed && !gone)
    sent.retryAt = nextHandoverTry(consignment.attempt, order.at);
  return sent;
}

}  // namespace postgang::channels
