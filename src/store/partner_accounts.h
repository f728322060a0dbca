// Payment identifiers of suppliers' invoices: when each was first and last seen. One that comes later than
// the supplier's first is a change, which somebody is told of (news "payment-changed") and shall confirm as
// known: an invoice that asks to be paid somewhere else than before is how invoices are forged.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

struct PartnerAccount {
  std::string account;  // "bankgiro:54029681", "plusgiro:…", "iban:SE35…"
  Instant firstAt, lastAt;
  std::int64_t documents = 0;
  bool isChange = false;  // new on a supplier that was known, and not confirmed
  std::optional<Instant> confirmedAt;
  std::string confirmedBy;
};
// The newest first; of its aliases, too.
Result<std::vector<PartnerAccount>> partnerAccounts(Reader& reader, const Viewer& viewer, CompanyId owner,
                                                    std::string_view identifier);
// Code payment-identifier-not-found (not_found). One that is confirmed stays as it was.
Outcome confirmAccount(Transaction& tx, const Viewer& viewer, CompanyId owner, std::string_view identifier,
                       std::string_view account);

}  // namespace postgang::store
