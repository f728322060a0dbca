#include "insight/partner_moves.h"

#include <gtest/gtest.h>

namespace postgang::insight {
namespace {

store::Partner onPaper() {
  store::Partner partner;
  partner.identifier = "0007:5599900130";
  partner.name = "Granberga Bygg AB";
  partner.taken = "print";
  partner.einvoice = "peppol";
  const Instant since = Instant::atMidnight(Date::of(2026, 11, 12));
  partner.einvoiceSince = since;
  partner.reach = {{"peppol", true, "peppol-takes-it", since, Decimal::parse("1.50"), "SEK"},
                   {"print", true, "postal-address", since, Decimal::parse("9.50"), "SEK"},
                   {"email", false, "no-address", since, Decimal::parse("0.50"), "SEK"}};
  return partner;
}

const std::vector<store::ChannelUse> a_year = {
    {"email", 40, 40, 4}, {"network", 7, 7, 7}, {"print", 30, 29, 12}};

std::optional<PartnerMove> moved(const store::Partner& partner,
                                 const std::vector<store::ChannelUse>& uses = a_year) {
  const auto channels = channels::allChannels();
  return moveOf(channels, CompanyId{1}, partner, uses);
}

TEST(PartnerMoves, save_what_a_years_letters_and_mails_cost_more) {
  const auto move = moved(onPaper());
  ASSERT_TRUE(move);
  EXPECT_EQ(move->from + " " + move->to, "print peppol");
  EXPECT_EQ(move->documents, 16);
  // Twelve letters at 8.00 more each, four mails at 1.00 less.
  ASSERT_TRUE(move->saving);
  EXPECT_TRUE(*move->saving == Decimal(92)) << move->saving->text();
  EXPECT_EQ(move->currency, "SEK");
  EXPECT_EQ(move->since, onPaper().einvoiceSince);
}

TEST(PartnerMoves, are_none_of_who_takes_none_or_has_chosen_one) {
  auto partner = onPaper();
  partner.einvoice.clear();
  EXPECT_FALSE(moved(partner));
  partner = onPaper();
  partner.taken = "peppol";
  EXPECT_FALSE(moved(partner));
  partner = onPaper();
  partner.channels = {"peppol", "print"};
  EXPECT_FALSE(moved(partner));
  partner.channels = {"print", "peppol"};
  EXPECT_TRUE(moved(partner));
}

TEST(PartnerMoves, say_no_saving_where_currencies_differ) {
  auto partner = onPaper();
  partner.reach[1].currency = "EUR";
  const auto move = moved(partner);
  ASSERT_TRUE(move);
  EXPECT_EQ(move->documents, 16);
  EXPECT_FALSE(move->saving);
}

}  // namespace
}  // namespace postgang::insight
