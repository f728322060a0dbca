// The mail that is sent once more: a reminder, or a new link after the old one's time. To one address, or to
// all that have not opened it (`recipient` empty).
#pragma once

#include <string>

#include "flow/step.h"

namespace postgang::flow {

store::NewJob remindJob(DocumentId document, CompanyId company, DeliveryId delivery, std::string recipient,
                        Instant at);

}  // namespace postgang::flow
