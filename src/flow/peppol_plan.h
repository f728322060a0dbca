// What an envelope that has come over Peppol means, thought out: what its row says and what follows, in one
// commit. One file per kind; peppol_inbound.h says which is which.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "flow/peppol_inbound.h"
#include "formats/sbdh.h"
#include "store/peppol_exchanges.h"
#include "store/viewer.h"

namespace postgang::flow {

struct PeppolArrival {
  formats::Envelope envelope;
  As4Facts as4;
};

struct PeppolPlan {
  store::PeppolExchange exchange;
  // After its row is kept for the first time. Empty: nothing follows. Code stale-sequence: think again.
  std::function<Outcome(store::Transaction&)> commit = {};
};

// peppol_status.cc: message level status and response.
Result<PeppolPlan> planPeppolStatus(const Tools& tools, store::Reader& reader, const PeppolArrival& arrival,
                                    store::PeppolExchange exchange);
// peppol_response.cc
Result<PeppolPlan> planPeppolResponse(const Tools& tools, store::Reader& reader, const PeppolArrival& arrival,
                                      store::PeppolExchange exchange);
// peppol_invoice.cc
Result<PeppolPlan> planPeppolInvoice(const Tools& tools, store::Reader& reader, const PeppolArrival& arrival,
                                     store::PeppolExchange exchange, const Limits& limits);

inline store::Actor peppolActor() {
  return {store::ActorKind::channel, "peppol", "peppol"};
}

}  // namespace postgang::flow
