// What somebody who corrects a document is shown: the terms that may be changed, those that findings speak of
// first, each with what it says now, what the receiver wants in it, and what could be meant; then the terms
// that are another invoice's matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/business_document.h"
#include "store/documents.h"

namespace postgang::insight {

struct Suggestion {
  std::string value, label;
  std::string source;  // "register" (the receiver's, where it shares it), "used" (to this receiver before)
};

struct CorrectionField {
  document::Term term{};
  std::string place;  // as document/difference.h; "" where the term stands once
  document::Group group{};
  std::string value, qualifier;
  bool open = false;         // a finding speaks of it
  bool correctable = false;  // else a credit note and a new invoice
  std::vector<Suggestion> suggestions;
  std::string wantedSv, wantedEn;  // what the receiver wants in it
};

struct SameCause {
  DocumentId id;
  std::string number;
  store::PartyFact receiver;
  std::optional<Decimal> amount;
  std::string currency;
};

struct CorrectionForm {
  std::vector<store::FindingFact> findings;
  std::vector<CorrectionField> fields;
  std::vector<SameCause> same;  // the sender's others that the same receiver has stopped for the same cause
};

// `row` as its sender sees it; `parsed` is what its file says.
Result<CorrectionForm> correctionForm(store::Reader& reader, const store::DocumentRow& row,
                                      const document::BusinessDocument& parsed);

// While a value is typed: what the receiver's registers have that begins so, of those that it shares with
// senders. None where the term has no register, and the value itself is none.
Result<std::vector<Suggestion>> registerSuggestionsFor(store::Reader& reader, const store::DocumentRow& row,
                                                       document::Term term, std::string_view begun);

}  // namespace postgang::insight
