// What goes out over Peppol beside documents: message level statuses and invoice responses, each a whole
// envelope with its row in peppol_exchanges. A job hands it to the access point until it is taken, under the
// same instance every time; one that is refused for good, or that nobody takes for a day, is kept as a dead
// job, which staff sees.
#pragma once

#include <string>
#include <string_view>

#include "channels/peppol.h"
#include "flow/step.h"
#include "store/peppol_exchanges.h"

namespace postgang::flow {

// The channel, where the operator has set it up; null: nothing goes by Peppol here.
const channels::Peppol* peppolOf(const Tools& tools);

// An envelope, compressed outside the writer.
struct PeppolEnvelope {
  Digest digest{};
  std::string compressed;
  std::int64_t size = 0;

  static PeppolEnvelope of(std::string_view bytes);
};

// Keeps the envelope, its row and its job "peppol-send:<instance>". `exchange` says direction out, and its
// own instance; `envelope` is filled in here. The same instance twice: nothing is done.
Outcome sendByPeppol(store::Transaction& tx, store::PeppolExchange exchange, const PeppolEnvelope& envelope,
                     Instant now);

Result<Decision> sendPeppol(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
