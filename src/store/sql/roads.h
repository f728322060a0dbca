// What is known of a delivery by e-mail or on paper, folded from the events about it.
#pragma once

#include "store/events.h"
#include "store/sql/rows.h"

namespace postgang::store::sql {

void followRoad(DeliveryView& delivery, const Event& event, const DeliveryFact& fact);
void followRoad(DeliveryView& delivery, const Event& event, const SmartmailFact& fact);
// A Smartmail's recipient opened the document itself.
void openRoad(DeliveryView& delivery, const Event& event, const AccessFact& fact);

}  // namespace postgang::store::sql
