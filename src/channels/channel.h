// A channel: a road to the recipient. One file per channel, registered in registry.cc.
//
// A channel answers whether it reaches a recipient and how it knows, what that costs, and sends. What it
// learns later (receipts, bounces, openings) it reads as receipts. It never writes events: flow/deliver and
// flow/track do.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/id.h"
#include "base/problem.h"
#include "base/time.h"
#include "store/companies.h"
#include "store/events.h"

namespace postgang::channels {

// Whom a document is for, as far as it says: every identifier in the form scheme:value, normalised.
struct Recipient {
  std::vector<std::string> identifiers;
  std::string name;
  std::string customerNumber;
  bool person = false;
  std::optional<store::Partner> partner;  // what the sender keeps about this counterpart
};

struct RegisterAnswer {
  std::string name;    // "customers", later "peppol" …
  std::string answer;  // what it said, short: the name found, or "unknown"
  Instant askedAt;
};

struct Reach {
  bool reachable = false;
  std::string reason;                 // code of texts event.routed.reason.<code>
  std::string address;                // where to, when reachable
  std::optional<CompanyId> receiver;  // when it is a customer here
  std::vector<RegisterAnswer> registers;
};

struct Price {
  Decimal amount;
  std::string currency;
};

// What is to be sent: the bytes as the receiver shall have them.
struct Consignment {
  DocumentId document;
  DeliveryId delivery;
  int attempt = 1;
  std::string address;
  std::optional<CompanyId> receiver;
  Digest digest{};  // of the original, which is kept as a blob
};

struct Sent {
  store::EventType result{};         // sent, delivered, bounced, delivery_failed, delivery_uncertain
  std::string evidence;              // what proves it: "inbox", "receipt", "2xx"
  std::string detail;                // short English
  std::optional<Digest> sentDigest;  // blob of what left, byte for byte
  std::optional<Instant> retryAt;    // with delivery_failed: try this channel again then
};

// What came back afterwards, about one delivery.
struct Receipt {
  DocumentId document;
  store::EventType type{};  // delivered, bounced, delivery_failed, delivery_returned …
  store::DeliveryFact fact;
};

class Channel {
 public:
  virtual ~Channel() = default;
  virtual std::string_view name() const = 0;
  // Asks its register within the snapshot (or over the network, for channels that look outside).
  virtual Result<Reach> reach(store::Reader& reader, const Recipient& recipient) const = 0;
  virtual Price price() const = 0;
  // True when sending is nothing but rows in our own store: then attempt and result are one commit, and there
  // is no instant at which something has left the house without a trace. False: `delivery_started` is
  // committed first.
  virtual bool inHouse() const = 0;
  virtual Result<Sent> send(const Consignment& consignment) const = 0;
  // Receipts that have come since last time; channels that get none answer an empty list.
  virtual Result<std::vector<Receipt>> receipts() const { return std::vector<Receipt>{}; }
};

}  // namespace postgang::channels
