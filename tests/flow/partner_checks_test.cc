// Registers asked again about who gets paper: found by the check, kept with its date, and what moving would
// save.
#include "flow/partner_checks.h"

#include "store/partner_facts.h"
#include "store/partner_reach.h"
#include "tests/flow/peppol_house.h"

namespace postgang::flow {
namespace {

constexpr std::int64_t day_seconds = 24 * 3600;

class PartnerChecks : public PeppolHouse {
 protected:
  void check() {
    const Tools tools{*store_, clock_, ids_, *roads_};
    ASSERT_TRUE(layPartnerChecks(tools));
    walk();
  }
  store::Partner partnerNow() {
    std::optional<store::Partner> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::partner(reader, store::Viewer::system(), energi_, outside));
      return {};
    }));
    return found.value_or(store::Partner{});
  }
  std::vector<store::ChannelUse> uses() {
    std::vector<store::ChannelUse> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      const std::vector<std::string> identifiers{std::string(outside)};
      TRY(auto facts, store::partnerFacts(reader, store::Viewer::system(), energi_, identifiers));
      found = facts[identifiers.front()].uses;
      return {};
    }));
    return found;
  }
};

TEST_F(PartnerChecks, find_who_has_begun_to_take_e_invoices) {
  said({store::Lookup::Result::absent, {}, "no", {}, {}, 1});
  sent();
  EXPECT_EQ(partnerNow().taken, "print");
  EXPECT_EQ(partnerNow().einvoice, "");
  registered({"invoice"});
  check();
  EXPECT_EQ(partnerNow().einvoice, "") << "it is not asked about at once";
  clock_.advanceSeconds(2 * day_seconds + 1);
  check();
  const auto partner = partnerNow();
  EXPECT_EQ(partner.einvoice, "peppol");
  EXPECT_EQ(partner.einvoiceSince, clock_.now());
  ASSERT_EQ(uses().size(), 1U);
  EXPECT_EQ(uses().front().channel, "print");
  EXPECT_EQ(uses().front().lastYear, 1);
}

TEST_F(PartnerChecks, leave_alone_who_gets_them_already) {
  said({store::Lookup::Result::absent, {}, "no", {}, {}, 1});
  sent();
  registered({"invoice"});
  clock_.advanceSeconds(2 * day_seconds + 1);
  check();
  ASSERT_EQ(partnerNow().taken, "print");
  ASSERT_EQ(partnerNow().einvoice, "peppol");
  sent(toOutside("4712"));
  EXPECT_EQ(partnerNow().taken, "peppol") << "nothing is left to move";
}

}  // namespace
}  // namespace postgang::flow
