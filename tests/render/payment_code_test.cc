#include "render/payment_code.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace postgang::render {
namespace {

GiroPayment payment() {
  GiroPayment p;
  p.payee = "Nordhamn \"Service\" AB";
  p.payeeNumber = "559990-0122";
  p.place = "851 11 Nordhamn";
  p.country = "SE";
  p.account = "5050-1055";
  p.reference = "7004518";
  p.issued = Date::of(2026, 10, 31);
  p.due = Date::of(2026, 11, 30);
  p.amount = Decimal::parse("1284").value();
  p.vat = {{Decimal(25), Decimal::parse("256.8").value()}};
  return p;
}

TEST(UsingQr, IsOneLineOfJsonWithWhatABankAppFillsIn) {
  const std::string line = usingQr(payment());
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto json = boost::json::parse(line).as_object();
  EXPECT_EQ(json.at("uqr").as_int64(), 1);
  EXPECT_EQ(json.at("tp").as_int64(), 1);
  EXPECT_EQ(json.at("nme").as_string(), "Nordhamn \"Service\" AB");
  EXPECT_EQ(json.at("iref").as_string(), "7004518");
  EXPECT_EQ(json.at("idt").as_string(), "20261031");
  EXPECT_EQ(json.at("ddt").as_string(), "20261130");
  EXPECT_EQ(json.at("due").as_double(), 1284.0);
  EXPECT_EQ(json.at("cur").as_string(), "SEK");
  EXPECT_EQ(json.at("vh").as_double(), 256.8);
  EXPECT_EQ(json.at("vm").as_int64(), 0);
  EXPECT_EQ(json.at("pt").as_string(), "BG");
  EXPECT_EQ(json.at("acc").as_string(), "5050-1055");
}

TEST(UsingQr, LeavesOutWhatIsUnknown) {
  GiroPayment p = payment();
  p.due.reset();
  p.payeeNumber.clear();
  p.plusgiro = true;
  const auto json = boost::json::parse(usingQr(p)).as_object();
  EXPECT_FALSE(json.contains("ddt"));
  EXPECT_FALSE(json.contains("cid"));
  EXPECT_EQ(json.at("pt").as_string(), "PG");
}

TEST(EpcCode, HasItsElementsInOrderAndNothingAfterTheLast) {
  const EuroPayment p{"Nordhamn Service AB", "SE3550000000054910000003", "ESSESESS",
                      Decimal::parse("4812.5").value(), "700451"};
  EXPECT_EQ(
      epcCode(p),
      "BCD\n002\n1\nSCT\nESSESESS\nNordhamn Service AB\nSE3550000000054910000003\nEUR4812.50\n\n\n700451");
}

TEST(EpcCode, DoesNotCarryAmountsThatTheSchemeCannot) {
  EuroPayment p{"N", "SE3550000000054910000003", "", Decimal::parse("1000000000").value(), ""};
  EXPECT_EQ(epcCode(p), std::nullopt);
  p.amount = Decimal(0);
  EXPECT_EQ(epcCode(p), std::nullopt);
  p.amount = Decimal(1);
  EXPECT_EQ(epcCode(p), "BCD\n002\n1\nSCT\n\nN\nSE3550000000054910000003\nEUR1.00");
}

TEST(QrCode, HasModulesOfAtLeastFourTenthsInThirtyOneMillimetres) {
  const auto code = qrCode(usingQr(payment()), 15);
  ASSERT_TRUE(code);
  EXPECT_GE(31.0 / code->modules, 0.4);
  // The three finder patterns: a dark ring of seven with a light one inside.
  const int last = code->modules - 7;
  for (const auto& [row, column] : {std::pair{0, 0}, {0, last}, {last, 0}}) {
    for (int i = 0; i < 7; ++i) EXPECT_TRUE(code->at(row, column + i));
    EXPECT_FALSE(code->at(row + 1, column + 1));
    EXPECT_TRUE(code->at(row + 3, column + 3));
  }
}

TEST(QrCode, RefusesTextThatWouldMakeTheModulesTooSmall) {
  EXPECT_EQ(qrCode(std::string(2'000, 'x'), 15), std::nullopt);
}

}  // namespace
}  // namespace postgang::render
