// Two that somebody has said are not the same: no longer suggested, until it is taken back, they are merged
// or one of them is erased.
#include "store/partner_distinctions.h"

#include <gtest/gtest.h>

#include "store/partner_doubles.h"
#include "store/retention.h"
#include "tests/store/partner_world.h"

namespace postgang::store {
namespace {

const std::string energi = "0007:5599900122", vat = "9955:se559990012201", third = "9955:se559990012202";

class PartnerDistinctions : public PartnerWorld {
 protected:
  std::vector<std::string> suggested(CompanyId owner, std::string_view only = {}) {
    std::vector<std::string> pairs;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto doubles, partnerDoubles(reader, of(owner), owner, only));
      for (const auto& one : doubles) pairs.push_back(one.keep.identifier + " " + one.other.identifier);
      return {};
    });
    return pairs;
  }
  std::vector<Distinction> said(const Viewer& viewer, CompanyId owner, std::string_view of = {}) {
    std::vector<Distinction> all;
    read([&](Reader& reader) -> Outcome {
      TRY(all, partnerDistinctions(reader, viewer, owner, of));
      return {};
    });
    return all;
  }
  // The code of what went wrong.
  std::string say(const Viewer& viewer, CompanyId owner, std::string_view one, std::string_view other) {
    const auto outcome = store().write(Priority::background, [&](Transaction& tx) -> Outcome {
      TRY(const auto kept, distinguishPartners(tx, viewer, owner, one, other));
      EXPECT_EQ(kept.identifier, one);
      return {};
    });
    return outcome ? std::string() : outcome.error().code;
  }
  std::string takeBack(const Viewer& viewer, CompanyId owner, std::string_view one, std::string_view other) {
    const auto outcome = store().write(Priority::background, [&](Transaction& tx) {
      return takeBackDistinction(tx, viewer, owner, one, other);
    });
    return outcome ? std::string() : outcome.error().code;
  }
};
INSTANTIATE_BOTH_STORES(PartnerDistinctions);

TEST_P(PartnerDistinctions, TwoThatAreTwoAreNotSuggestedUntilItIsTakenBack) {
  const auto owner = company(1);
  sendTo(energi, "Nordhamn Energi AB");
  sendTo(vat, "Nordhamn Energi");
  const std::vector<std::string> pair = {energi + " " + vat};
  EXPECT_EQ(suggested(owner), pair);
  const auto karin = Viewer::ofCompanies({owner}, {ActorKind::person, "karin", "Karin Sund"});
  const auto per = Viewer::ofCompanies({owner}, {ActorKind::person, "per", "Per Lind"});
  const auto at = clock_.now();
  EXPECT_EQ(say(karin, owner, vat, energi), "");
  clock_.advanceSeconds(60);
  EXPECT_EQ(say(per, owner, energi, vat), "");
  EXPECT_TRUE(suggested(owner).empty());
  EXPECT_TRUE(suggested(owner, vat).empty());
  for (const auto& identifier : {std::string(), energi}) {
    const auto all = said(karin, owner, identifier);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].identifier + " " + all[0].other, pair[0]);
    EXPECT_EQ(all[0].name + ", " + all[0].otherName, "Nordhamn Energi AB, Nordhamn Energi");
    EXPECT_EQ(all[0].saidBy, "Karin Sund") << "said again, it stays as it was said first";
    EXPECT_EQ(all[0].saidAt, at);
  }
  EXPECT_EQ(said(karin, owner, vat).at(0).other, energi) << "the one that is asked for stands first";
  EXPECT_TRUE(said(karin, owner, "customer:1").empty());
  EXPECT_EQ(takeBack(karin, owner, vat, energi), "");
  EXPECT_EQ(takeBack(karin, owner, vat, energi), "not-found");
  EXPECT_EQ(suggested(owner), pair);
}

TEST_P(PartnerDistinctions, AThirdIsSuggestedWithWhomeverItMayStillBe) {
  const auto owner = company(1);
  for (const auto* identifier : {&energi, &vat, &third}) sendTo(*identifier, "Nordhamn Energi");
  EXPECT_EQ(suggested(owner).size(), 2U);
  EXPECT_EQ(say(of(owner), owner, energi, third), "");
  EXPECT_EQ(suggested(owner), (std::vector<std::string>{energi + " " + vat, vat + " " + third}));
  EXPECT_EQ(say(of(owner), owner, vat, third), "");
  EXPECT_EQ(suggested(owner), (std::vector<std::string>{energi + " " + vat}));
}

TEST_P(PartnerDistinctions, NobodySaysItOfWhatItCannotSeeOrOfOne) {
  const auto owner = company(1), foreign = company(2);
  sendTo(energi, "Nordhamn Energi AB");
  sendTo(vat, "Nordhamn Energi");
  EXPECT_EQ(say(of(owner), owner, energi, "customer:ingen"), "not-found");
  EXPECT_EQ(say(of(owner), owner, energi, energi), "partners-are-one");
  EXPECT_EQ(say(of(foreign), owner, energi, vat), "not-found");
  EXPECT_EQ(say(of(owner), owner, energi, vat), "");
  EXPECT_EQ(takeBack(of(foreign), owner, energi, vat), "not-found");
  EXPECT_EQ(takeBack(of(foreign), foreign, energi, vat), "not-found");
  EXPECT_TRUE(said(of(foreign), owner).empty());
  EXPECT_EQ(said(of(owner), owner).size(), 1U);
}

TEST_P(PartnerDistinctions, WhoMergesThemAfterAllHasSaidElse) {
  const auto owner = company(1);
  sendTo(energi, "Nordhamn Energi AB");
  sendTo(vat, "Nordhamn Energi");
  EXPECT_EQ(say(of(owner), owner, energi, vat), "");
  write([&](Transaction& tx) { return mergePartners(tx, of(owner), owner, energi, vat); });
  EXPECT_TRUE(said(of(owner), owner).empty());
  EXPECT_EQ(say(of(owner), owner, energi, vat), "partners-are-one");
  write([&](Transaction& tx) { return splitPartner(tx, of(owner), owner, energi, vat); });
  EXPECT_EQ(suggested(owner).size(), 1U);
}

TEST_P(PartnerDistinctions, WhatIsSaidOfAPersonGoesWithThePerson) {
  const auto owner = company(1);
  auto facts = invoiceFacts(owner, company(2), "P-1");
  facts.buyer = {"", "Anna Berg", "20117", true, ""};
  const auto document = received(owner);
  appendTo(document, {{EventType::recognised, {}, facts}, {EventType::checked, {}, NoteFact{}}});
  write([&](Transaction& tx) {
    Partner known;
    known.identifier = "customer:20118";
    known.name = "Anna Berg";
    return putPartner(tx, owner, known);
  });
  EXPECT_EQ(say(of(owner), owner, "customer:20117", "customer:20118"), "");
  clock_.set(Instant::atMidnight(Date::of(2040, 1, 1)).plusSeconds(4 * 3600));
  std::optional<CompanyId> next = CompanyId{0};
  while (next)
    write([&](Transaction& tx) -> Outcome {
      TRY(const auto run, eraseDue(tx, *next, 1000));
      next = run.next;
      return {};
    });
  EXPECT_TRUE(said(of(owner), owner).empty());
}

}  // namespace
}  // namespace postgang::store
