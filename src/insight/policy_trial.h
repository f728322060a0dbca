// «Vad hade det kostat?»: another policy tried on what was sent. Each document's channels stand in its
// timeline as they answered that day, so nobody is asked again and nothing is sent. Counted is the first
// choice: what went on to another channel afterwards, a Smartmail to paper, does so under either policy.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "channels/policy.h"
#include "channels/registry.h"
#include "store/history.h"

namespace postgang::insight {

struct PolicyTrial {
  static constexpr std::int64_t documents_max = 500'000;  // the newest
  static constexpr std::size_t shown_max = 100;

  struct Shift {
    std::int64_t now = 0, then = 0;  // documents, or hundredths of a currency
  };
  struct Counterpart {
    store::PartyFact party;
    std::string now, then;  // channels; empty: none
    std::int64_t documents = 0;
  };
  struct Document {
    DocumentId id;
    std::string number;
    store::PartyFact receiver;
    std::string now, then;
  };

  Date from, to;
  std::int64_t documents = 0;             // that Multikanal chose for
  std::int64_t byHand = 0;                // their senders chose: no policy changes them
  std::int64_t changed = 0;               // would go by another channel, or by none
  std::int64_t stranded = 0;              // of those: by none
  bool partial = false;                   // there were more than documents_max
  std::map<std::string, Shift> channels;  // "" : none reaches
  std::map<std::string, Shift> cost;      // by currency, of those with a price under both
  std::vector<Counterpart> counterparts;  // that would change, the most documents first; shown_max at most
  std::vector<Document> shown;            // the newest that would change
};

Result<PolicyTrial> tryPolicy(store::Reader& reader, const store::Viewer& viewer, CompanyId company,
                              const channels::Registry& registry, const channels::Policy& policy, int months,
                              Instant now);

}  // namespace postgang::insight
