// The walk of one document, as the list of its steps: recognise → parse → filter → route → the receiver's
// demands. They run in memory,
// in one job, and what came of them is committed once (advance.h). Deliver and track are jobs of their own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "channels/registry.h"
#include "flow/demands.h"
#include "flow/identity.h"
#include "store/events.h"

namespace postgang::flow {

// What must be unique among the documents of one seller: its own number, by kind and year.
struct BusinessKey {
  CompanyId company;  // the seller, or the one of its group who is
  std::string key;
};

// What a sender has asked to be put right by itself from now on.
struct RememberedChange {
  std::string rule;  // its id
  document::Term term{};
  std::string value;
};

// What came of a walk. One of: stopped (findings with an error), failed (no channel reaches), stopped or held
// by the receiver's own demands (judged), or on its way.
struct Walked {
  std::optional<store::RecognisedFact> recognised;  // absent when it could not be read
  std::string parsed;                               // the compact form, to be kept beside the original
  std::vector<store::FindingFact> findings;
  std::optional<BusinessKey> businessKey;
  std::optional<store::RoutedFact> routed;  // absent when stopped
  std::optional<store::FailedFact> failed;
  Judged judged;                             // by the filters of routed->receiver
  std::vector<RememberedChange> remembered;  // they put right all that stops it
  // To be asked before a road can be chosen, and then it is walked again: nothing else of this holds.
  std::vector<Registers::Question> unasked;
};

struct Arrival {
  CompanyId sender;
  std::string fileName;
  std::string bytes;
  DocumentId root;           // the first version of its chain; itself for most
  std::string channel = {};  // that its sender has asked for; empty: none
};

// Reads the store (who the sender is, which channels reach) but writes nothing. A document's own faults are
// findings; a Problem is a fault of ours, and the walk is tried again.
//
// `registers`: those outside the house; absent: the road is chosen by what is known.
Result<Walked> walk(store::Reader& reader, const channels::Registry& channels, const Arrival& arrival,
                    Instant now, const Registers* registers = nullptr);

}  // namespace postgang::flow
