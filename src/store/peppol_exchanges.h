// Exchanges over Peppol: one row for each envelope that was handed to an access point or taken from it, with
// what Peppol's two monthly reports count (Transaction Statistics and End User Statistics: what was
// confirmed, by the UTC month of its AS4 time) and what answers are matched by. Nobody's projection: rebuild
// leaves it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "store/store.h"

namespace postgang::store {

enum class ExchangeDirection { out, in };  // from us, to us
std::string_view name(ExchangeDirection direction);

struct SchemedId {  // "busdox-docid-qns" and the document type, "cenbii-procid-ubl" and the process
  std::string scheme, value;
  friend bool operator==(const SchemedId&, const SchemedId&) = default;
};

struct PeppolExchange {
  // The envelope's own id, a UUID by advice: unique in its direction (between two customers of one provider
  // the same envelope goes out and comes in).
  std::string instance;
  ExchangeDirection direction{};
  std::string kind;  // "invoice", "credit-note", "invoice-response", "mls"
  std::optional<DocumentId> document = {};
  std::optional<DeliveryId> delivery = {};  // out: whose attempts it is sent by
  // Our customer in it, sender or receiver: the end user that is counted. Absent of an MLS, which is between
  // service providers.
  std::optional<CompanyId> company = {};
  std::string sender = {}, receiver = {};  // participants: "0007:5599900122"; of an MLS "0242:987654"
  SchemedId documentType = {}, process = {};
  std::string senderCountry = {}, receiverCountry = {};  // ISO 3166-1 alpha-2; C1's, and C4's where known
  // The access points' names, as their certificates have them: "POP000001". Ours may be unknown here: then it
  // is the operator's to say.
  std::string senderAccessPoint = {}, receiverAccessPoint = {};
  std::string transport = {};  // "peppol-transport-as4-v2_0"
  std::string about = {};      // of an answer (invoice-response, mls): the instance that it answers
  // in: where its sender wants the MLS ("0242:987654-MLS"; empty: its access point's main id), and whether
  // also when nothing is wrong.
  std::string mlsTo = {};
  bool mlsAlways = false;
  Digest envelope = {};                     // blob
  Instant handedOverAt = {};                // out: when it was first made; in: when it came here
  std::optional<Instant> confirmedAt = {};  // MessageInfo/Timestamp of its AS4 message
  std::string messageId = {};               // of that message
  std::string mls = {};                     // "AP", "AB", "RE": what was said of it, either way
  std::optional<Instant> mlsAt = {};        // when that was
  std::string mlsWords = {};
};

// False: it is there already, and nothing was changed.
Result<bool> keepExchange(Transaction& tx, const PeppolExchange& exchange);
Result<std::optional<PeppolExchange>> exchange(Reader& reader, ExchangeDirection direction,
                                               std::string_view instance);
Result<std::optional<PeppolExchange>> exchangeOfDelivery(Reader& reader, DeliveryId delivery);
// How the document itself came or went (not its answers): the latest in that direction.
Result<std::optional<PeppolExchange>> exchangeOfDocument(Reader& reader, ExchangeDirection direction,
                                                         DocumentId document);

// Its AS4 receipt is there. The first stands: an answer given twice is one. `receiverAccessPoint` empty: as
// it was.
Outcome confirmExchange(Transaction& tx, ExchangeDirection direction, std::string_view instance,
                        Instant confirmedAt, std::string_view messageId,
                        std::string_view receiverAccessPoint = {});
// in: which document it became, or is again.
Outcome setExchangeDocument(Transaction& tx, ExchangeDirection direction, std::string_view instance,
                            DocumentId document);
// The message level status that came or was sent. The last stands.
Outcome setExchangeMls(Transaction& tx, ExchangeDirection direction, std::string_view instance,
                       std::string_view code, std::string_view words, Instant at);

// What was confirmed in a UTC month, in order of that time, both directions. `visit` may not run statements
// of its own.
Outcome exchangesOfMonth(Reader& reader, int year, int month,
                         const std::function<void(const PeppolExchange&)>& visit);

}  // namespace postgang::store
