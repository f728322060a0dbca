// What the bank hub says («bank-inbox»): files in its folder `out` are read one after the other and removed.
//
//   receipt.…     of a whole file: accepted, or refused; then each of its invoices fails with the reason, and
//                 the next channel takes it
//   answers.…     of single invoices: shown to the payer (`delivered`), refused (`delivery_failed`, the next
//                 channel), declined by the payer (`rejected`: it has been seen, and there is no other road)
//   agreements.…  who applies for invoices at the bank, and who ends it (bank_agreements.h)
//
// Each is kept once, in whatever order they come. One that cannot be read, or speaks of what we have not
// sent, is moved to `unread` as it is, and said on a file's row, for staff.
#pragma once

#include "flow/step.h"

namespace postgang::flow {

// One for all, which comes again every five minutes.
store::NewJob bankInboxJob(Instant runAt);

Result<Decision> readBankInbox(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
