// What the print house answers («print-receipts»): files in its folder `out` are read one after the other,
// `printed`, `posted` and `delivery_returned` written on each document, each once, and the file removed. One
// that cannot be read, or speaks of what we have not sent, is moved to `unread` as it is, and said on the
// batch's row, for staff.
//
// A returned letter that was the last road makes the document `failed`: code letter-returned-<reason>.
#pragma once

#include <optional>

#include "flow/step.h"
#include "store/events.h"

namespace postgang::flow {

// One for all batches; it comes again every ten minutes on the day after a batch, else every hour.
store::NewJob printReceiptsJob(Instant runAt);

Result<Decision> readPrintReceipts(const Tools& tools, store::Reader& reader, const store::Job& job);

// What is said of a letter begins with this: its delivery, channel, attempt and batch. nullopt: there is no
// such letter in a batch.
Result<std::optional<store::DeliveryFact>> paperFact(store::Reader& reader, DocumentId document,
                                                     DeliveryId delivery);
store::Actor paperActor();

}  // namespace postgang::flow
