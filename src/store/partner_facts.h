// What is known of partners beside what lists are sorted by: amounts, how often it was right the first time,
// how long until it was opened, what went by which channel. Added up from cells, for as many partners as a
// page has.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "store/events.h"
#include "store/partners.h"

namespace postgang::store {

struct PartnerAmount {
  std::string currency;
  Decimal sent, received;  // credit notes less than nothing; without what came to nothing or was sent anew
};

// Documents that correct no other, and how many of them were neither stopped, returned, rejected nor
// superseded.
struct FirstTries {
  std::int64_t documents = 0, right = 0;
};

struct ChannelUse {
  std::string channel;
  std::int64_t documents = 0;  // sent by it
  std::int64_t gone = 0;       // … and not failed, returned or bounced
  std::int64_t lastYear = 0;   // in this month and the eleven before it
};

struct PartnerFacts {
  std::vector<PartnerAmount> amounts;  // in order of currency
  FirstTries sent, received;
  std::optional<std::int64_t> openedAfter_seconds;  // median of those sent that were opened; within an eighth
  std::int64_t opened = 0;
  std::vector<ChannelUse> uses;  // in order of channel
  std::int64_t openTickets = 0;  // ärenden that are not solved yet
};

// By identifier, of the partners that are asked for; their aliases' added. None of a company that the viewer
// does not see.
Result<std::map<std::string, PartnerFacts>> partnerFacts(Reader& reader, const Viewer& viewer,
                                                         CompanyId owner,
                                                         std::span<const std::string> identifiers);

// By which a document's other party is a partner: as in Partner; empty where the document names it by
// nothing.
std::string partnerIdentifierOf(const PartyFact& party);

}  // namespace postgang::store
