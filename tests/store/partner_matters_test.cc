// What people do with partners, and what registers and invoices say of them: merged and split, doubles,
// payment identifiers, reach.
#include <gtest/gtest.h>

#include "store/partner_accounts.h"
#include "store/partner_doubles.h"
#include "store/partner_reach.h"
#include "store/smartmail.h"
#include "tests/store/partner_world.h"

namespace postgang::store {
namespace {

class PartnerMatters : public PartnerWorld {};
INSTANTIATE_BOTH_STORES(PartnerMatters);

TEST_P(PartnerMatters, MergedCountTogetherAndSplitAreWhatTheyWere) {
  live(60);
  const auto owner = company(1);
  for (int i = 0; i < 3; ++i) sendTo("0007:5599900130", "Granberga Bygg AB");
  for (int i = 0; i < 2; ++i) sendTo("customer:10284", "Granberga Bygg");
  const auto before = recounted(owner);
  write([&](Transaction& tx) {
    return mergePartners(tx, of(owner), owner, "0007:5599900130", "customer:10284");
  });
  sendTo("customer:10284", "Granberga Bygg");  // lands on the one that is kept
  for (const bool isFolded : {false, true}) {
    if (isFolded) fold();
    const auto partners = everyPartner(owner, {.text = "10284"});
    ASSERT_EQ(partners.size(), 1U) << isFolded;  // found by its alias
    EXPECT_EQ(partners.front().identifier, "0007:5599900130");
    EXPECT_EQ(partners.front().sentCount, 6) << isFolded;
    EXPECT_EQ(partners.front().aliases, 1);
    EXPECT_TRUE(amountsOf(factsOf(owner, "0007:5599900130")) ==
                (Amounts{{"SEK", {Decimal(600), Decimal(0)}}}))
        << isFolded;
    EXPECT_EQ(countDamages(), "") << isFolded;
  }
  read([&](Reader& reader) -> Outcome {
    TRY(const auto byAlias, partner(reader, of(owner), owner, "customer:10284"));
    EXPECT_TRUE(byAlias && byAlias->identifier == "0007:5599900130");
    TRY(const auto identifiers, identifiersOf(reader, of(owner), owner, "customer:10284"));
    EXPECT_EQ(identifiers, (std::vector<std::string>{"0007:5599900130", "customer:10284"}));
    EntryQuery query;
    query.counterpartIdentifier = identifiers[0];
    query.counterpartAliases = {identifiers[1]};
    TRY(const auto page, listEntries(reader, of(owner), query));
    EXPECT_EQ(page.items.size(), 6U);
    return {};
  });
  ASSERT_TRUE(rebuild(store()));
  EXPECT_EQ(countDamages(), "");
  write([&](Transaction& tx) {
    return splitPartner(tx, of(owner), owner, "0007:5599900130", "customer:10284");
  });
  EXPECT_EQ(countDamages(), "");
  // Only `sendTo` since has changed anything.
  auto wanted = recounted(owner);
  EXPECT_EQ(wanted["0007:5599900130"].sent, before.at("0007:5599900130").sent);
  const auto partners = everyPartner(owner, {.text = "granberga", .sort = PartnerSort::name});
  ASSERT_EQ(partners.size(), 2U);
  for (const auto& one : partners) EXPECT_EQ(one.sentCount, 3) << one.identifier;
}

// What an alias's documents count waits under its own identifier, its partner's totals under the partner's.
TEST_P(PartnerMatters, WhatWaitsOfOtherAliasesIsCountedWhenPartnersAreMergedAndSplit) {
  const auto owner = company(1);
  const std::string kept = "0007:5599900130", alias = "customer:10284", other = "customer:10285";
  sendTo(kept, "Granberga Bygg AB");
  sendTo(alias, "Granberga Bygg");
  sendTo(other, "Granberga");
  const auto merge = [&](const std::string& gone) {
    write([&](Transaction& tx) { return mergePartners(tx, of(owner), owner, kept, gone); });
  };
  const auto sent = [&] {
    const auto partners = everyPartner(owner, {.text = "granberga bygg ab"});
    return partners.size() == 1 ? partners.front().sentCount : -1;
  };
  merge(alias);
  sendTo(alias, "Granberga Bygg");
  merge(other);
  EXPECT_EQ(sent(), 4);
  EXPECT_EQ(countDamages(), "");
  sendTo(alias, "Granberga Bygg");
  write([&](Transaction& tx) { return splitPartner(tx, of(owner), owner, kept, other); });
  EXPECT_EQ(sent(), 4);
  EXPECT_EQ(countDamages(), "");
  fold();
  EXPECT_EQ(sent(), 4);
  EXPECT_EQ(countDamages(), "");
}

TEST_P(PartnerMatters, WhatIsSaidOfAnAliasIsSaidOfThePartner) {
  const auto owner = company(1);
  const std::string kept = "0007:5599900130", alias = "customer:10284";
  sendTo(kept, "Granberga Bygg AB");
  sendTo(alias, "Granberga Bygg");
  const std::string settings = R"({"language":"en"})";
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(mergePartners(tx, of(owner), owner, kept, alias));
    CHECK_OK(setPartnerSmartmailSettings(tx, owner, alias, settings));
    Partner said;
    said.identifier = alias;
    said.name = "Granberga";
    said.email = "faktura@granberga.example";
    return putPartner(tx, owner, said);
  });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, partner(reader, of(owner), owner, kept));
    EXPECT_EQ(found->email, "faktura@granberga.example");
    EXPECT_EQ(found->name, "Granberga");
    for (const auto& identifier : {kept, alias}) {
      TRY(const auto smartmail, smartmailSettings(reader, owner, identifier));
      EXPECT_EQ(smartmail.partner, settings) << identifier;
    }
    return {};
  });
}

TEST_P(PartnerMatters, DoublesAreSuggestedWithTheirReason) {
  const auto owner = company(1);
  sendTo("0007:5599900122", "Nordhamn Energi AB");
  sendTo("9955:se559990012201", "Nordhamn Energi");
  const auto know = [&](const std::string& identifier, const std::string& name, const std::string& postalCode,
                        const std::string& customerNumber) {
    write([&](Transaction& tx) {
      Partner known;
      known.identifier = identifier;
      known.name = name;
      known.customerNumber = customerNumber;
      if (!postalCode.empty()) known.postalAddress = PostalAddress{"Kajen 1", postalCode, "Nordhamn", "SE"};
      return putPartner(tx, owner, known);
    });
  };
  know("customer:1", "Åsa Öst", "123 45", "1");
  know("customer:2", "asa ost", "12345", "2");
  know("customer:3", "Åsa Öst", "543 21", "3");
  know("0007:5599900155", "Tredje AB", "", "77");
  know("customer:77", "Tredje", "", "77");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto doubles, partnerDoubles(reader, of(owner), owner));
    std::vector<std::string> found;
    for (const auto& one : doubles)
      found.push_back(one.reason + " " + one.keep.identifier + " " + one.other.identifier);
    EXPECT_EQ(found, (std::vector<std::string>{"same-organisation-number 0007:5599900122 9955:se559990012201",
                                               "same-customer-number 0007:5599900155 customer:77",
                                               "same-name-and-postal-code customer:1 customer:2"}));
    TRY(const auto foreign, partnerDoubles(reader, of(CompanyId{999}), owner));
    EXPECT_TRUE(foreign.empty());
    return {};
  });
}

TEST_P(PartnerMatters, ANewPaymentIdentifierOnAKnownSupplierIsAChange) {
  const auto owner = company(1);
  const auto supplier = "0007:seller" + std::to_string(company(2).value);
  const auto accounts = [&] {
    std::vector<std::string> lines;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto all, partnerAccounts(reader, of(owner), owner, supplier));
      for (const auto& one : all)
        lines.push_back(one.account + " " + std::to_string(one.documents) + (one.isChange ? " changed" : ""));
      return {};
    });
    return lines;
  };
  using Lines = std::vector<std::string>;
  invoiceFrom("bankgiro:54029681");
  invoiceFrom("bankgiro:54029681");
  fold();
  EXPECT_EQ(accounts(), (Lines{"bankgiro:54029681 2"}));
  EXPECT_EQ(everyPartner(owner, {.changedAccounts = true}).size(), 0U);
  invoiceFrom("iban:SE3550000000054910000003");
  EXPECT_EQ(accounts(), (Lines{"iban:SE3550000000054910000003 1 changed", "bankgiro:54029681 2"}));
  fold();
  EXPECT_EQ(accounts(), (Lines{"iban:SE3550000000054910000003 1 changed", "bankgiro:54029681 2"}));
  ASSERT_EQ(everyPartner(owner, {.changedAccounts = true}).size(), 1U);
  std::int64_t told = 0;
  read([&](Reader& reader) -> Outcome {
    TRY(const auto states, queueStates(reader));
    for (const auto& state : states)
      if (state.kind == "tell-people") told = state.waiting;
    return {};
  });
  EXPECT_EQ(told, 1);
  write([&](Transaction& tx) {
    return confirmAccount(tx, of(owner), owner, supplier, "iban:SE3550000000054910000003");
  });
  EXPECT_EQ(accounts().front(), "iban:SE3550000000054910000003 1");
  EXPECT_EQ(everyPartner(owner, {.changedAccounts = true}).size(), 0U);
  ASSERT_TRUE(rebuild(store()));
  EXPECT_EQ(accounts().front(), "iban:SE3550000000054910000003 1");
  EXPECT_EQ(countDamages(), "");
}

TEST_P(PartnerMatters, WhoConfirmsAnIdentifierFoldsWhatWaitsOfThatPartnerAlone) {
  const auto owner = company(1);
  invoiceFrom("bankgiro:54029681");
  delivered(company(1), company(3), [&] {
    auto facts = invoiceFacts(company(1), company(3), "S-9");
    facts.accounts = {"bankgiro:9912346"};
    return facts;
  }());
  const auto supplier = "0007:seller" + std::to_string(company(2).value);
  write([&](Transaction& tx) { return confirmAccount(tx, of(owner), owner, supplier, "bankgiro:54029681"); });
  read([&](Reader& reader) -> Outcome {
    std::vector<std::string> waiting;
    CHECK_OK(
        reader.connection().run("SELECT account FROM partner_account_deltas", {},
                                [&](const sql::Row& row) { waiting.push_back(sql::Columns(row).text()); }));
    EXPECT_EQ(waiting, std::vector<std::string>{"bankgiro:9912346"});
    return {};
  });
}

TEST_P(PartnerMatters, AnotherSellerTakesWhatTheReceiverCountsOfTheDocument) {
  const auto sender = company(2), owner = company(1);
  const auto facts = [&](const std::string& seller, const std::string& account) {
    auto facts = invoiceFacts(sender, owner, "S-1");
    facts.seller = {seller, "Säljare", "", false, ""};
    facts.accounts = {account};
    return facts;
  };
  StoppedFact held;
  held.receiver = owner;
  const auto document = received(sender);
  appendTo(document, {{EventType::recognised, {}, facts("0007:5599900130", "bankgiro:54029681")},
                      {EventType::held, {}, held}});
  clock_.advanceSeconds(60);
  appendTo(document, {{EventType::recognised, {}, facts("0007:5599900247", "bankgiro:9912346")}});
  for (const bool isFolded : {false, true}) {
    if (isFolded) fold();
    for (const auto& one : everyPartner(owner))
      EXPECT_EQ(one.receivedCount, one.identifier == "0007:5599900247" ? 1 : 0) << one.identifier << isFolded;
    EXPECT_EQ(everyPartner(owner).size(), 2U);
    read([&](Reader& reader) -> Outcome {
      TRY(const auto before, partnerAccounts(reader, of(owner), owner, "0007:5599900130"));
      for (const auto& one : before) EXPECT_EQ(one.documents, 0) << one.account;
      TRY(const auto after, partnerAccounts(reader, of(owner), owner, "0007:5599900247"));
      EXPECT_EQ(after.size(), 1U);
      for (const auto& one : after)
        EXPECT_EQ(one.account + " " + std::to_string(one.documents), "bankgiro:9912346 1");
      return {};
    });
  }
  EXPECT_EQ(countDamages(), "");
}

TEST_P(PartnerMatters, WhatADoubleBringsAlongIsAChange) {
  const auto owner = company(1);
  const auto supplier = "0007:seller" + std::to_string(company(2).value);
  invoiceFrom("bankgiro:54029681");
  fold();
  clock_.advanceSeconds(24 * 3600);
  write([&](Transaction& tx) -> Outcome {
    Partner other;
    other.identifier = "customer:2";
    other.name = "Nästan samma AB";
    CHECK_OK(putPartner(tx, owner, other));
    for (const auto* account : {"bankgiro:54029681", "iban:SE3550000000054910000003"})
      CHECK_OK(tx.connection().run(
          "INSERT INTO partner_accounts (owner, identifier, account, documents, first_at, last_at, "
          "confirmed_by) VALUES (?1, 'customer:2', ?2, 1, ?3, ?3, '')",
          {owner, account, clock_.now()}));
    return mergePartners(tx, of(owner), owner, supplier, "customer:2");
  });
  std::vector<std::string> changed;
  std::int64_t told = 0;
  read([&](Reader& reader) -> Outcome {
    TRY(const auto all, partnerAccounts(reader, of(owner), owner, supplier));
    for (const auto& one : all)
      if (one.isChange) changed.push_back(one.account);
    TRY(const auto states, queueStates(reader));
    for (const auto& state : states)
      if (state.kind == "tell-people") told = state.waiting;
    return {};
  });
  EXPECT_EQ(changed, std::vector<std::string>{"iban:SE3550000000054910000003"});
  EXPECT_EQ(told, 1) << "of the one that the kept partner did not have";
}

TEST_P(PartnerMatters, HowItIsReachedIsKeptWithSinceWhen) {
  const auto owner = company(1);
  sendTo("0007:5599900130", "Granberga Bygg AB");
  using Plan = std::vector<PlanStep>;
  const Plan paper = {{"peppol", false, std::nullopt, "", "peppol-not-registered"},
                      {"print", true, Decimal::parse("9.50"), "SEK", "postal-address"}};
  const Plan both = {{"peppol", true, Decimal::parse("1.50"), "SEK", "peppol-takes-it"},
                     {"print", true, Decimal::parse("9.50"), "SEK", "postal-address"}};
  const auto check = [&](const Plan& plan) {
    Checked checked;
    write([&](Transaction& tx) -> Outcome {
      TRY(checked, keepReach(tx, owner, "0007:5599900130", plan));
      return {};
    });
    return checked;
  };
  EXPECT_FALSE(check(paper).isNews);
  clock_.advanceSeconds(day_seconds);
  const auto found = clock_.now();
  const auto news = check(both);
  EXPECT_TRUE(news.isNews);
  EXPECT_EQ(news.einvoice, "peppol");
  clock_.advanceSeconds(day_seconds);
  EXPECT_FALSE(check(both).isNews);
  // Nobody answered: what was known stands.
  EXPECT_FALSE(check({{"peppol", false, std::nullopt, "", "peppol-silent"}, paper[1]}).isNews);
  const auto partner = everyPartner(owner).front();
  EXPECT_EQ(partner.einvoice, "peppol");
  EXPECT_EQ(partner.einvoiceSince, found);
  EXPECT_EQ(partner.standing, Standing::is_new);
  check({{"peppol", false, std::nullopt, "", "peppol-not-registered"},
         {"print", false, std::nullopt, "", "postal-address-missing"}});
  EXPECT_EQ(everyPartner(owner).front().standing, Standing::not_reachable);
}

TEST_P(PartnerMatters, WhoGotPaperIsAskedAboutAgainInAWeek) {
  const auto owner = company(1);
  auto facts = invoiceFacts(owner, company(2), "PAPPER-1");
  facts.buyer = {"0007:5599900130", "Granberga Bygg AB", "", false, ""};
  RoutedFact routed;
  routed.plan = {{"peppol", false, std::nullopt, "", "peppol-not-registered"},
                 {"print", true, Decimal::parse("9.50"), "SEK", "postal-address"}};
  appendTo(received(owner), {{EventType::recognised, {}, facts},
                             {EventType::checked, {}, NoteFact{}},
                             {EventType::routed, {}, routed}});
  const auto due = [&] {
    std::size_t count = 0;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto all, partnersToCheck(reader, clock_.now(), 10));
      count = all.size();
      return {};
    });
    return count;
  };
  EXPECT_EQ(due(), 0U);
  clock_.advanceSeconds(2 * day_seconds + 1);
  EXPECT_EQ(due(), 1U);
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto checked, keepReach(tx, owner, "0007:5599900130", routed.plan));
    EXPECT_TRUE(checked.known);
    return {};
  });
  EXPECT_EQ(due(), 0U);
  clock_.advanceSeconds(8 * day_seconds + 1);
  EXPECT_EQ(due(), 1U);
}

}  // namespace
}  // namespace postgang::store
