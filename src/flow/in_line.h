// Deliveries that wait in line to leave together, letters for a print house and invoices for a bank hub:
// which of them still wait, what is written of those that do not go, and what is said of one that has left in
// a batch.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "flow/deliver.h"
#include "flow/progress.h"

namespace postgang::flow {

// The delivery that still waits in line, by these events; nullptr when it does not.
const Tried* waitingInLine(const Progress& progress, DeliveryId delivery);
// The same in a commit, which must not take what was recalled meanwhile: after which event; nullopt: not any
// more.
Result<std::optional<std::int64_t>> sequenceInLine(store::Reader& reader, DocumentId document,
                                                   DeliveryId delivery);

// What is said of an attempt begins with this: its delivery, channel and number.
store::DeliveryFact attemptFact(const Tried& tried);

struct Undone {  // it cannot be made, or is not wanted any more
  DocumentId document;
  DeliveryId delivery;
  Following following;
};
// Of a document that is withdrawn: `detail`, short and in English.
Following recalledFromLine(const Tried& tried, std::string_view detail);
// Nothing where it does not wait any more.
Outcome writeUndone(store::Transaction& tx, const Undone& undone);

// What is said of one that is in a batch begins with this: its delivery, channel, attempt and batch. nullopt:
// it is in none.
std::optional<store::DeliveryFact> batchedFactIn(const std::vector<store::Event>& events,
                                                 DeliveryId delivery);

}  // namespace postgang::flow
