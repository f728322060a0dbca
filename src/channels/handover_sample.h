// A test document for trying how a receiver's system takes what it gets: an invoice or credit note in UBL 2.1
// (EN 16931) from a sender that does not exist, over 125.00 SEK. It says in its number (TEST-…), its note and
// its line that it is a test and is not to be paid.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "channels/handover_carry.h"
#include "store/companies.h"

namespace postgang::channels {

struct SampleParty {
  std::string identifier;  // "0007:5599900122"; empty: it has none
  std::string name;
  std::string customerNumber = {}, email = {}, street = {}, postCode = {};
};
struct Sample {
  bool credit = false;
  std::string number;
  Date issued, due;
  std::string orderNumber = {};  // BT-13; empty: none
  SampleParty seller, buyer;
};
// As a file: 100.00 SEK and VAT, in Stockholm, with a note that says what it is.
std::string sampleFile(const Sample& sample);
SampleParty sampleSupplier();  // that does not exist, and has a number that nobody is given

// "TEST-20261123-094107", by the clocks of Sweden.
std::string testNumber(Instant now);

// Everything that is handed over. `kind` as handoverKind(); of "other" an invoice is made. With `copy` its
// display copy. Codes: a copy's.
Result<HandoverLoad> testLoad(std::string_view id, std::string_view kind, const store::Company& receiver,
                              Instant now, bool copy);

}  // namespace postgang::channels
