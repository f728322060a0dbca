#include "flow/bank_agreements.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "channels/bank.h"
#include "document/identifiers.h"
#include "flow/words.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::AgreementStatus;
using store::BankAgreement;

namespace {

constexpr int counterparts_looked_at = 3;

// "Karin Ek" and "EK, KARIN" are the same.
std::set<std::string> wordsOf(std::string_view name) {
  std::set<std::string> words;
  std::string word;
  for (const char c : folded(name) + " ") {
    if (c != ' ' && c != ',' && c != '.' && c != '-') {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::move(word));
      word.clear();
    }
  }
  return words;
}

bool sameName(std::string_view a, std::string_view b) {
  const auto words = wordsOf(a);
  return !words.empty() && words == wordsOf(b);
}

// Of an organisation; a person's number is not kept.
std::string organisationIn(std::string_view number) {
  const auto digits = digitsOf(number);
  return document::isSwedishOrganisationNumber(digits) && !document::isPersonnummer(digits) ? "0007:" + digits
                                                                                            : std::string();
}

struct Match {
  std::string counterpart, waits;
};

Result<Match> matchOf(store::Reader& reader, const BankAgreement& agreement) {
  TRY(const auto found, store::bankCounterparts(reader, agreement.company, agreement.customerNumber,
                                                agreement.identifier, counterparts_looked_at));
  if (found.empty()) return Match{{}, "no-counterpart"};
  if (found.size() > 1) return Match{{}, "several-counterparts"};
  const auto& one = found.front();
  const bool same = one.identifier == agreement.identifier || sameName(one.name, agreement.name);
  return Match{one.identifier, same ? std::string() : std::string("other-name")};
}

BankAgreement fresh(IdMaker& ids, CompanyId company, std::string receiver, std::string customerNumber) {
  BankAgreement agreement;
  agreement.id = ids.next<store::BankAgreementId>();
  agreement.company = company;
  agreement.receiver = std::move(receiver);
  agreement.customerNumber = std::move(customerNumber);
  return agreement;
}

Outcome endByPayer(store::Transaction& tx, BankAgreement agreement, Instant at) {
  if (agreement.status != AgreementStatus::accepted && agreement.status != AgreementStatus::applied)
    return {};
  agreement.status = AgreementStatus::ended;
  agreement.endedAt = at;
  agreement.by.clear();
  agreement.reason.clear();
  agreement.told = store::name(agreement.status);
  return store::putBankAgreement(tx, agreement);
}

}  // namespace

Outcome takeApplication(store::Transaction& tx, IdMaker& ids, const store::Company& company,
                        const channels::BankApplication& said, Instant now) {
  if (!channels::isReceiverId(said.receiver))
    return fail(problem(ProblemKind::invalid, "bank-receiver-malformed"));
  TRY(const auto known, store::bankAgreementOf(tx, company.id, said.receiver, said.customerNumber));
  if (said.ending) return known ? endByPayer(tx, *known, now) : Outcome();
  auto agreement = known ? *known : fresh(ids, company.id, said.receiver, said.customerNumber);
  // What was said before and is open stands: the same application twice is one.
  if (known && agreement.reference == said.reference && agreement.status != AgreementStatus::accepted)
    return {};
  const bool stands = known && agreement.status == AgreementStatus::accepted;
  agreement.identifier = organisationIn(said.number);
  agreement.name = said.name;
  agreement.bank = said.bank;
  agreement.reference = said.reference;
  agreement.source = "hub";
  agreement.told.clear();
  if (stands) return store::putBankAgreement(tx, agreement);  // answered once more
  agreement.status = AgreementStatus::applied;
  agreement.appliedAt = now;
  agreement.answeredAt.reset();
  agreement.endedAt.reset();
  agreement.by.clear();
  TRY(const auto match, matchOf(tx, agreement));
  TRY(const bool byItself, store::acceptsBankAgreementsByItself(tx, company.id));
  agreement.counterpart = match.counterpart;
  agreement.reason = match.waits.empty() && !byItself ? "by-hand" : match.waits;
  if (agreement.reason.empty()) {
    agreement.status = AgreementStatus::accepted;
    agreement.answeredAt = now;
  }
  return store::putBankAgreement(tx, agreement);
}

std::optional<AgreementDecision> agreementDecisionFromName(std::string_view name) {
  if (name == "accept") return AgreementDecision::accept;
  if (name == "refuse") return AgreementDecision::refuse;
  if (name == "end") return AgreementDecision::end;
  return std::nullopt;
}

Result<BankAgreement> decideAgreement(store::Transaction& tx, CompanyId company, store::BankAgreementId id,
                                      const AgreementRequest& request, Instant now) {
  TRY(auto found, store::bankAgreement(tx, company, id));
  if (!found) return fail(problem(ProblemKind::not_found, "not-found"));
  auto& agreement = *found;
  const auto open =
      request.decision == AgreementDecision::end ? AgreementStatus::accepted : AgreementStatus::applied;
  if (agreement.status != open)
    return fail(problem(ProblemKind::conflict, "bank-agreement-answered",
                        {{"status", std::string(store::name(agreement.status))}}));
  switch (request.decision) {
    case AgreementDecision::accept: {
      if (!request.counterpart.empty()) {
        TRY(const auto partner, store::partner(tx, store::Viewer::system(), company, request.counterpart));
        if (!partner) return fail(problem(ProblemKind::invalid, "bank-counterpart-unknown"));
        agreement.counterpart = request.counterpart;
      }
      if (agreement.counterpart.empty() && agreement.customerNumber.empty() && agreement.identifier.empty())
        return fail(problem(ProblemKind::invalid, "bank-counterpart-missing"));
      agreement.status = AgreementStatus::accepted;
      agreement.reason.clear();
      break;
    }
    case AgreementDecision::refuse:
      if (trimmed(request.reason).empty()) return fail(problem(ProblemKind::invalid, "reason-missing"));
      agreement.status = AgreementStatus::refused;
      agreement.reason = request.reason;
      break;
    case AgreementDecision::end:
      agreement.status = AgreementStatus::ended;
      agreement.reason = request.reason;
      break;
  }
  if (agreement.status == AgreementStatus::ended)
    agreement.endedAt = now;
  else
    agreement.answeredAt = now;
  agreement.by = request.by;
  CHECK_OK(store::putBankAgreement(tx, agreement));
  return agreement;
}

Result<AgreementsTaken> takeAgreements(store::Transaction& tx, IdMaker& ids, CompanyId company,
                                       const std::vector<AgreementRow>& rows, std::string_view by,
                                       Instant now) {
  AgreementsTaken taken;
  for (const auto& row : rows) {
    TRY(const auto known, store::bankAgreementOf(tx, company, row.receiver, row.customerNumber));
    auto agreement = known ? *known : fresh(ids, company, row.receiver, row.customerNumber);
    agreement.identifier = row.identifier;
    agreement.name = row.name;
    agreement.bank = row.bank;
    agreement.source = "import";
    agreement.by = by;
    agreement.reason.clear();
    agreement.status = AgreementStatus::accepted;
    agreement.told = store::name(agreement.status);
    if (!known) agreement.appliedAt = now;
    agreement.answeredAt = now;
    agreement.endedAt.reset();
    TRY(const auto match, matchOf(tx, agreement));
    agreement.counterpart = match.counterpart;
    CHECK_OK(store::putBankAgreement(tx, agreement));
    ++(known ? taken.changed : taken.added);
  }
  return taken;
}

}  // namespace postgang::flow
