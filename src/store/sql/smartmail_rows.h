// What the lists of Smartmail share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/smartmail.h"
#include "store/sql/entry_filter.h"
#include "store/sql/seen.h"

namespace postgang::store::sql {

// " FROM deliveries v WHERE …": e-mail of this sender, of the query's period, counterpart and text.
void addSmartmail(Statement& statement, const Sender& sender, const SmartmailQuery& query);
void addSmartmailConditions(Statement& statement, const Sender& sender,
                            const SmartmailQuery& query);  // WHERE …

Result<SmartmailRow> smartmailRow(Connection& connection, DocumentId document, DeliveryId delivery);

// Adds up by currency.
void addTo(std::vector<LetterSum>& sums, std::string_view currency, std::int64_t hundredths);

}  // namespace postgang::store::sql
