// What a sender has asked to be put right by itself for a counterpart: visible, dated, withdrawable, counted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

struct Remembered {
  RememberedId id;
  CompanyId company;        // the sender
  std::string counterpart;  // its identifier, "0007:5599900122"
  std::string counterpartName;
  std::string term;  // "BT-13"
  std::string value;
  std::string cause;  // the finding that it answers: "demand-missing"
  Instant createdAt;
  std::string createdBy;
  std::optional<Instant> withdrawnAt;
  std::string withdrawnBy;
  std::int64_t used = 0;  // documents put right by it
};

// An earlier one for the same counterpart, term and cause is withdrawn by this one.
Outcome remember(Transaction& tx, const Remembered& remembered);
// Newest first, withdrawn ones too.
Result<std::vector<Remembered>> listRemembered(Reader& reader, const Viewer& viewer, CompanyId company);
Result<std::vector<Remembered>> rememberedFor(Reader& reader, CompanyId company,
                                              std::string_view counterpart);
// Code remembered-not-found. What is withdrawn already stays as it is.
Outcome withdraw(Transaction& tx, const Viewer& viewer, RememberedId id, Instant at);
Outcome countUse(Transaction& tx, RememberedId id);

}  // namespace postgang::store
