// Agreements at internet banks: who applies, who is accepted by itself, what a clerk decides, what a company
// brings along from before.
//
// An application is accepted by itself when the company wants it so and it means exactly one counterpart: by
// its customer number with the same name, or a company's own organisation number. A customer number alone is
// not enough: who writes somebody else's would get their invoices. Else it waits for the clerk, and says why
// (BankAgreement::reason): no-counterpart, several-counterparts, other-name, by-hand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "channels/bank_messages.h"
#include "flow/step.h"
#include "store/bank_agreements.h"
#include "store/companies.h"

namespace postgang::flow {

// One line of a hub's file. Codes: bank-receiver-malformed (invalid).
Outcome takeApplication(store::Transaction& tx, IdMaker& ids, const store::Company& company,
                        const channels::BankApplication& application, Instant now);

enum class AgreementDecision { accept, refuse, end };
std::optional<AgreementDecision> agreementDecisionFromName(std::string_view name);

struct AgreementRequest {
  AgreementDecision decision{};
  std::string counterpart;  // accept: whose agreement it is; empty: as it was found
  std::string reason;       // refuse: told to the payer
  std::string by;           // who decides
};
// Codes: not-found's; bank-agreement-answered (conflict; parameter status): it isn't open to this any more;
// bank-counterpart-unknown, bank-counterpart-missing, reason-missing (invalid).
Result<store::BankAgreement> decideAgreement(store::Transaction& tx, CompanyId company,
                                             store::BankAgreementId id, const AgreementRequest& request,
                                             Instant now);

// Agreements that a company has from before, as a table: a heading with receiver, customerNumber, identifier,
// name and bank, in Swedish or English, in any order; receiver must be there. They are accepted, and the hub
// knows them. All of it is taken or nothing.
struct AgreementsTaken {
  std::int64_t added = 0, changed = 0;
};
// Codes: those of formats/spreadsheet.h; bank-column-missing, bank-row-malformed (invalid; parameters row,
// column).
struct AgreementRow {
  std::string receiver, customerNumber, identifier, name, bank;
};
Result<std::vector<AgreementRow>> agreementRowsIn(std::string_view table);
Result<AgreementsTaken> takeAgreements(store::Transaction& tx, IdMaker& ids, CompanyId company,
                                       const std::vector<AgreementRow>& rows, std::string_view by,
                                       Instant now);

inline constexpr std::size_t agreement_table_bytes_max = 16 * 1024 * 1024;

}  // namespace postgang::flow
