// Agreements that payers have made at their internet bank to get a company's invoices there: applied for,
// accepted, ended, refused. One row for each payer (FMI) and customer number with the company; who applies
// again after an ending takes its row up again. Subjects of their own, no projections.
//
// A payer's id at its bank may hold a personal identity number: it is kept here, where invoices are addressed
// from, and shown masked everywhere else (channels/bank.h, shownReceiver).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/problem.h"
#include "base/time.h"
#include "store/store.h"

namespace postgang::store {

using BankAgreementId = Id<struct BankAgreementNoun>;

enum class AgreementStatus { applied, accepted, refused, ended };
std::string_view name(AgreementStatus status);
std::optional<AgreementStatus> agreementStatusFromName(std::string_view name);

struct BankAgreement {
  BankAgreementId id;
  CompanyId company;
  std::string receiver;        // FMI: "196505030004.NB.SE"
  std::string customerNumber;  // with the company, as the payer wrote it; may be empty
  std::string identifier;      // "0007:…" of a company; empty of a person
  std::string name, bank;      // as the bank says them
  AgreementStatus status{};
  std::string counterpart;  // the company's counterpart (Partner::identifier); empty: not known which
  std::string source;       // "hub", "import"
  std::string reference;    // the hub's, by which it is answered
  std::string reason;  // why it waits (texts bank.waits.<code>), or why it was refused or ended, in words
  std::string by;      // who answered; empty: by itself
  Instant appliedAt;
  std::optional<Instant> answeredAt, endedAt;
  std::string told;  // the status that the hub knows; "" or another than `status`: it is to be told
};

// Makes it, or writes it over by its id.
Outcome putBankAgreement(Transaction& tx, const BankAgreement& agreement);
Result<std::optional<BankAgreement>> bankAgreement(Reader& reader, CompanyId company, BankAgreementId id);
Result<std::optional<BankAgreement>> bankAgreementOf(Reader& reader, CompanyId company,
                                                     std::string_view receiver,
                                                     std::string_view customerNumber);

// Whom a document is for, as far as agreements know it; what is empty is not asked.
struct BankPayer {
  std::string receiver;  // the document names it itself
  std::string customerNumber;
  std::string counterpart;
  std::vector<std::string> identifiers;
};
// One of this status; the one that names the payer best, of several the newest.
Result<std::optional<BankAgreement>> bankAgreementFor(Reader& reader, CompanyId company,
                                                      AgreementStatus status, const BankPayer& payer);

struct BankAgreementQuery {
  std::optional<AgreementStatus> status = {};
  int limit = 50;           // 1..200
  std::string cursor = {};  // opaque; code cursor-malformed
};
struct BankAgreementPage {
  std::vector<BankAgreement> items;
  std::optional<std::string> nextCursor;
};
// The newest application first.
Result<BankAgreementPage> listBankAgreements(Reader& reader, CompanyId company,
                                             const BankAgreementQuery& query);
Result<std::map<AgreementStatus, std::int64_t>> countBankAgreements(Reader& reader, CompanyId company);

// Those whose status the hub does not know yet, of every company, the oldest first.
Result<std::vector<BankAgreement>> untoldBankAgreements(Reader& reader, int limit);

// The company's counterparts that a customer number or an organisation's identifier means; at most `limit`.
struct BankCounterpart {
  std::string identifier, name;
};
Result<std::vector<BankCounterpart>> bankCounterparts(Reader& reader, CompanyId company,
                                                      std::string_view customerNumber,
                                                      std::string_view identifier, int limit);

// Whether applications that mean exactly one counterpart are accepted by themselves; so it is at first.
Result<bool> acceptsBankAgreementsByItself(Reader& reader, CompanyId company);
Outcome setAcceptsBankAgreementsByItself(Transaction& tx, CompanyId company, bool byItself);

}  // namespace postgang::store
