// Agreements at internet banks and the files to them, on both stores.
#include "store/bank_agreements.h"
#include "store/bank_files.h"
#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class Bank : public BothStores {
 protected:
  BankAgreement agreementOf(CompanyId owner, const std::string& receiver, const std::string& customerNumber,
                            AgreementStatus status = AgreementStatus::accepted) {
    BankAgreement made;
    made.id = ids_.next<BankAgreementId>();
    made.company = owner;
    made.receiver = receiver;
    made.customerNumber = customerNumber;
    made.name = "Karin Ek";
    made.status = status;
    made.source = "hub";
    made.appliedAt = clock_.now();
    return made;
  }
  void put(const BankAgreement& agreement) {
    write([&](Transaction& tx) { return putBankAgreement(tx, agreement); });
  }
  std::optional<BankAgreement> found(CompanyId owner, const BankPayer& payer,
                                     AgreementStatus status = AgreementStatus::accepted) {
    std::optional<BankAgreement> agreement;
    read([&](Reader& reader) -> Outcome {
      TRY(agreement, bankAgreementFor(reader, owner, status, payer));
      return {};
    });
    return agreement;
  }
};
INSTANTIATE_BOTH_STORES(Bank);

TEST_P(Bank, AnAgreementIsKeptAsItIs) {
  auto made = agreementOf(company(1), "196505030004.NB.SE", "34052");
  made.identifier = "0007:5599900023";
  made.bank = "Nordbanken";
  made.counterpart = "customer:34052";
  made.reference = "R1";
  made.reason = "by-hand";
  made.by = "Maria";
  made.answeredAt = clock_.now();
  made.told = "accepted";
  put(made);
  reopen();
  read([&](Reader& reader) -> Outcome {
    TRY(const auto kept, bankAgreement(reader, company(1), made.id));
    EXPECT_TRUE(kept);
    if (!kept) return {};
    EXPECT_EQ(kept->receiver, made.receiver);
    EXPECT_EQ(kept->bank, "Nordbanken");
    EXPECT_EQ(kept->by, "Maria");
    EXPECT_EQ(kept->answeredAt, made.answeredAt);
    EXPECT_FALSE(kept->endedAt);
    TRY(const auto others, bankAgreement(reader, company(2), made.id));
    EXPECT_FALSE(others);
    return {};
  });
  made.status = AgreementStatus::ended;
  made.endedAt = clock_.now();
  put(made);
  EXPECT_FALSE(
      found(company(1), {.receiver = {}, .customerNumber = "34052", .counterpart = {}, .identifiers = {}}));
}

TEST_P(Bank, ThePayerIsFoundByWhatIsKnown) {
  auto made = agreementOf(company(1), "196505030004.NB.SE", "34052");
  made.counterpart = "customer:34052";
  put(made);
  auto firm = agreementOf(company(1), "5599900023.NB.SE", "");
  firm.identifier = "0007:5599900023";
  put(firm);
  const auto by = [&](BankPayer payer) {
    const auto agreement = found(company(1), payer);
    return agreement ? agreement->receiver : std::string();
  };
  EXPECT_EQ(
      by({.receiver = "196505030004.NB.SE", .customerNumber = {}, .counterpart = {}, .identifiers = {}}),
      made.receiver);
  EXPECT_EQ(by({.receiver = {}, .customerNumber = "34052", .counterpart = {}, .identifiers = {}}),
            made.receiver);
  EXPECT_EQ(by({.receiver = {}, .customerNumber = {}, .counterpart = "customer:34052", .identifiers = {}}),
            made.receiver);
  EXPECT_EQ(by({.receiver = {}, .customerNumber = {}, .counterpart = {}, .identifiers = {"0007:5599900023"}}),
            firm.receiver);
  EXPECT_EQ(by({.receiver = {}, .customerNumber = {}, .counterpart = {}, .identifiers = {}}), "");
  EXPECT_EQ(by({.receiver = {}, .customerNumber = "1", .counterpart = "x", .identifiers = {"y"}}), "");
  EXPECT_FALSE(
      found(company(2), {.receiver = {}, .customerNumber = "34052", .counterpart = {}, .identifiers = {}}));
}

TEST_P(Bank, AListIsReadPageByPageAndCounted) {
  const auto owner = company(1);
  for (int i = 0; i < 7; ++i) {
    put(agreementOf(owner, "19650503000" + std::to_string(i) + ".NB.SE", "1",
                    i < 5 ? AgreementStatus::applied : AgreementStatus::refused));
    if (i % 2 == 0) clock_.advanceSeconds(60);
  }
  std::vector<std::string> seen;
  BankAgreementQuery query{.status = AgreementStatus::applied, .limit = 2, .cursor = {}};
  for (int pages = 0; pages < 9; ++pages) {
    std::optional<std::string> next;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto page, listBankAgreements(reader, owner, query));
      for (const auto& item : page.items) seen.push_back(item.receiver);
      next = page.nextCursor;
      return {};
    });
    if (!next) break;
    query.cursor = *next;
  }
  EXPECT_EQ(seen.size(), 5U);
  EXPECT_TRUE(std::is_sorted(seen.rbegin(), seen.rend()));
  read([&](Reader& reader) -> Outcome {
    TRY(auto counts, countBankAgreements(reader, owner));
    EXPECT_EQ(counts[AgreementStatus::applied], 5);
    EXPECT_EQ(counts[AgreementStatus::refused], 2);
    query.cursor = "x";
    EXPECT_EQ(listBankAgreements(reader, owner, query).error().code, "cursor-malformed");
    TRY(const auto untold, untoldBankAgreements(reader, 10));
    EXPECT_EQ(untold.size(), 2U);
    return {};
  });
}

TEST_P(Bank, ACompanyAcceptsByItselfUntilItSaysOtherwise) {
  const auto owner = company(1);
  const auto isByItself = [&] {
    bool is = false;
    read([&](Reader& reader) -> Outcome {
      TRY(is, acceptsBankAgreementsByItself(reader, owner));
      return {};
    });
    return is;
  };
  EXPECT_TRUE(isByItself());
  write([&](Transaction& tx) { return setAcceptsBankAgreementsByItself(tx, owner, false); });
  EXPECT_FALSE(isByItself());
}

TEST_P(Bank, AFilesNameIsUsedOnce) {
  BankFile file;
  file.id = "B20261124-1015-001";
  file.kind = "invoices";
  file.company = company(1);
  file.madeAt = clock_.now();
  file.state = "waiting";
  write([&](Transaction& tx) { return createBankFile(tx, file); });
  const auto again = store().write(Priority::walk, [&](Transaction& tx) { return createBankFile(tx, file); });
  EXPECT_EQ(again.error().code, "bank-file-known");
  file.state = "accepted";
  file.answeredAt = clock_.now();
  file.reason = "900";
  write([&](Transaction& tx) { return updateBankFile(tx, file); });
  auto theirs = file;
  theirs.id = "unread:x";
  theirs.company.reset();
  write([&](Transaction& tx) { return createBankFile(tx, theirs); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto kept, bankFile(reader, file.id));
    EXPECT_EQ(kept->state, "accepted");
    EXPECT_EQ(kept->company, company(1));
    TRY(const auto own, listBankFiles(reader, company(1), 10));
    EXPECT_EQ(own.size(), 1U);
    TRY(const auto all, listBankFiles(reader, std::nullopt, 10));
    EXPECT_EQ(all.size(), 2U);
    return {};
  });
}

TEST_P(Bank, CounterpartsAreFoundByCustomerNumberAndByOrganisation) {
  const auto owner = company(1);
  Partner karin;
  karin.identifier = "customer:34052";
  karin.name = "Karin Ek";
  Partner firm;
  firm.identifier = "0007:5599900023";
  firm.name = "Granberga Bygg AB";
  firm.customerNumber = "10";
  for (const auto& partner : {karin, firm})
    write([&](Transaction& tx) { return putPartner(tx, owner, partner); });
  const auto foundBy = [&](const std::string& number, const std::string& identifier) {
    std::vector<BankCounterpart> counterparts;
    read([&](Reader& reader) -> Outcome {
      TRY(counterparts, bankCounterparts(reader, owner, number, identifier, 3));
      return {};
    });
    return counterparts;
  };
  EXPECT_EQ(foundBy("34052", "").size(), 1U);
  EXPECT_EQ(foundBy("10", "").front().identifier, "0007:5599900023");
  EXPECT_EQ(foundBy("", "0007:5599900023").size(), 1U);
  EXPECT_EQ(foundBy("34052", "0007:5599900023").size(), 2U);
  EXPECT_TRUE(foundBy("", "").empty());
}

}  // namespace
}  // namespace postgang::store
