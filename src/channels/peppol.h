// Channel `peppol`: the document in an envelope of its own, handed to the operator's access point, which
// sends it by AS4 to the one that the receiver has registered. `sent` claims that the other access point has
// acknowledged it, evidence "access-point"; what it says then of the delivery itself comes as a message level
// status (flow/peppol_inbound.h).
//
// The envelope is made once for a delivery and kept: every further attempt hands over the same bytes under
// the same instance identifier, so nothing goes twice. What the access point answers:
//
//   taken                       sent
//   refused for good            delivery_failed: the next channel's turn
//   not now, or no answer       delivery_failed, again after 1, 5, 15 minutes, 1, 4, 12 hours; then given up,
//                               or delivery_uncertain where it may have been sent after all
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "channels/exchanging.h"
#include "channels/peppol_road.h"
#include "document/business_document.h"

namespace postgang::channels {

class Peppol final : public Exchanging {
 public:
  Peppol(PeppolRoad road, Price price) : road_(std::move(road)), price_(std::move(price)) {}

  std::string_view name() const override { return "peppol"; }
  Result<Reach> reach(store::Reader& reader, const Recipient& recipient) const override;
  Price price() const override { return price_; }
  int typicalHours() const override { return 1; }
  // Refused within (Prepared::refused): whyNotByPeppol's, peppol-not-registered, peppol-kind-not-taken,
  // peppol-sender-unknown, peppol-country-missing, and writeSbdh's.
  Result<Prepared> prepare(store::Reader& reader, const Consignment& consignment, Instant now) const override;
  Result<Exchanged> exchange(const Consignment& consignment, const Prepared& prepared,
                             Instant now) const override;

  const PeppolRoad& road() const { return road_; }

 private:
  PeppolRoad road_;
  Price price_;
};

// Why this document never goes by Peppol, whoever it is for; a code of event.routed.reason: it follows other
// rules than BIS Billing 3, it is steered to print. nullopt: it may.
std::optional<std::string_view> whyNotByPeppol(const document::BusinessDocument& document);

// When an envelope is handed over again after that many attempts; nullopt: often enough. Spread by `key`, and
// never before the access point wants it.
std::optional<Instant> peppolRetryAt(std::string_view key, int attempts, Instant now,
                                     std::optional<std::int64_t> after_seconds);

// The name of a service provider's access points, and the other way round: "0242:987654" is POP987654. Empty
// where it is none.
std::string accessPointOf(std::string_view serviceProvider);
std::string serviceProviderOf(std::string_view accessPoint);
}  // namespace postgang::channels
