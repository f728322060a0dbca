// The mail of a Smartmail once more, with a fresh link: a reminder to whoever has not opened it, a new link
// after the old one's time, or another try at an address whose server wanted it later while others took it.
// A job of its own, sent in the lanes.
//
// `reminded` is said once a server has taken it. If the process ends between the two, the mail goes once
// more: better twice than not. A reminder of what is opened, expired or withdrawn by then is none.
#pragma once

#include <string>
#include <string_view>

#include "flow/step.h"

namespace postgang::flow {

// `recipient`: an e-mail address (a new link, whatever was opened; once a day); empty: everybody who has not
// opened it (once for the same instant).
store::NewJob remindJob(DocumentId document, CompanyId company, DeliveryId delivery, std::string recipient,
                        Instant at);

struct Reminding {
  DocumentId document;
  CompanyId sender;
  DeliveryId delivery;
};
// The n-th further try at one of several addresses; after the last it counts as bounced.
store::NewJob mailAgainJob(const Reminding& about, std::string_view recipient, int tries, Instant now);

Result<Decision> remind(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
