// A channel: a road to the recipient. One file per channel, registered in registry.cc.
//
// A channel answers whether it reaches a recipient and how it knows, what that costs, and sends. What it
// learns later (receipts, bounces, openings) it reads as receipts. It never writes events: flow/deliver and
// flow/track do.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/id.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/time.h"
#include "document/parties.h"
#include "store/companies.h"
#include "store/events.h"
#include "store/smartmail.h"

namespace postgang::channels {

// Whom a document is for, as far as it says: every identifier in the form scheme:value, normalised.
struct Recipient {
  std::vector<std::string> identifiers;
  std::string name;
  std::string customerNumber;
  bool person = false;
  std::string email;                      // as the document says it (BT-58; BT-49 of scheme EM)
  std::string attention;                  // BT-56
  document::PostalAddress address;        // as the document says it (BG-8)
  std::optional<store::Partner> partner;  // what the sender keeps about this counterpart
  // What is to be sent, as far as a road asks. A look-up asks for an invoice.
  document::Kind kind = document::Kind::invoice;
  std::string format = {};  // RecognisedFact::format; empty in a look-up
  CompanyId sender = {};    // whose agreements count
};

struct Price {
  Decimal amount;
  std::string currency;
};

struct Reach {
  bool reachable = false;
  std::string reason;                          // code of texts event.routed.reason.<code>
  std::string address;                         // where to, when reachable
  std::optional<CompanyId> receiver;           // when it is a customer here
  std::vector<store::RegisterFact> registers;  // without askedAt: as the snapshot has it
  std::optional<Price> price;                  // to this recipient, where it isn't the channel's price()
};

// What is to be sent: the bytes as the receiver shall have them.
struct Consignment {
  DocumentId document;
  DeliveryId delivery;
  CompanyId sender;
  int attempt = 1;
  std::string address;
  std::optional<CompanyId> receiver;
  Digest digest{};  // of the original, which is kept as a blob
  // The document's earlier delivery by e-mail knows what the letter weighs; paper need not draw it again.
  std::optional<int> sheets;
  std::optional<Decimal> letterPrice;
};

struct Message {
  std::string recipient;  // e-mail address
  std::string bytes;
};

// An attempt made ready: it is on disk, with what it says, before the first byte leaves.
struct Prepared {
  store::DeliveryFact
      fact;  // recipients, parts, deadline, sheets, prices, batch, sentDigest: the rest is the flow's
  std::vector<std::string> kept;            // blobs: what will leave, byte for byte
  std::vector<store::RecipientLink> links;  // to the recipients' pages
  std::vector<Message> messages;            // e-mail: one to each recipient
  std::vector<Instant> reminders;           // e-mail: when it is sent again to who has not opened it
  std::string lane;                         // which host takes it: sending is spread and paused by this
  // Rows of the channel's own, in the commit that begins the attempt; absent: none.
  std::function<Outcome(store::Transaction&)> keep;
  // It cannot be sent at all (too large, no address that works …): becomes delivery_failed with these words.
  std::optional<Problem> refused;
};

struct Refusal {
  std::string recipient, words;
};

// What a receiver that is none does later: only a sandbox's channels know that beforehand.
struct Afterwards {
  store::EventType type{};   // delivered, opened, rejected, printed, posted
  std::int64_t seconds = 0;  // after it was sent
  std::string by;            // the receiver, by name
  std::string words;
};

struct Sent {
  store::EventType
      result{};          // sent, delivered, bounced, delivery_queued, delivery_failed, delivery_uncertain
  std::string evidence;  // what proves it: "inbox", "receipt", "2xx", "smtp", "cut-off"
  std::string detail;    // short English
  std::optional<Digest> sentDigest;  // blob of what left, byte for byte
  std::optional<Instant> retryAt;    // with delivery_failed: try this channel again then
  std::vector<Refusal> refused;      // some of several recipients; the others took it
  std::vector<std::string> later;    // and some whose server wants to be asked again
  std::string wire;                  // what was said on the line
  bool silent = false;               // the host did not answer: counts against its lane
  std::vector<Afterwards> afterwards = {};
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
  // How long it mostly takes until it is there, in hours: what «the fastest first» goes by.
  virtual int typicalHours() const { return 24; }
  // Which host will take it (Prepared::lane), known without composing anything; empty: none in particular.
  virtual Result<std::string> laneOf(store::Reader& reader, const Consignment& consignment) const {
    (void)reader, (void)consignment;
    return std::string();
  }
  // Makes an attempt ready: reads, composes, sends nothing. Channels of our own house need nothing.
  virtual Result<Prepared> prepare(store::Reader& reader, const Consignment& consignment, Instant now) const {
    (void)reader, (void)consignment, (void)now;
    return Prepared{};
  }
  // True when sending is nothing but rows in our own store: then attempt and result are one commit, and there
  // is no instant at which something has left the house without a trace. False: `delivery_started` is
  // committed first.
  virtual bool inHouse() const = 0;
  virtual Result<Sent> send(const Consignment& consignment, const Prepared& prepared) const = 0;
  // Receipts that have come since last time; channels that get none answer an empty list.
  virtual Result<std::vector<Receipt>> receipts() const { return std::vector<Receipt>{}; }
};

}  // namespace postgang::channels
