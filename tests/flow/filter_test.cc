#include "flow/filter.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "formats/format.h"
#include "tests/flow/sample.h"

namespace postgang::flow {
namespace {

store::Company company(std::int64_t id, std::string name, std::string identifier) {
  store::Company made;
  made.id = {id};
  made.name = std::move(name);
  made.identifier = identifier;
  made.identifiers = {std::move(identifier)};
  return made;
}

const Identity& energi() {
  static const auto identity = Identity::of({company(1, "Nordhamn Energi AB", "0007:5599900015")});
  return identity;
}

std::vector<store::FindingFact> findingsOf(const Sample& sample, const Identity& sender = energi()) {
  const auto reading = formats::readDocument(invoice(sample));
  EXPECT_TRUE(reading) << reading.error().detail;
  return filter(reading->document, document::headerFactsOf(reading->document), sender);
}

std::vector<std::string> idsOf(const std::vector<store::FindingFact>& findings) {
  std::vector<std::string> ids;
  for (const auto& finding : findings) ids.push_back(finding.id);
  return ids;
}

using Ids = std::vector<std::string>;

TEST(Filter, lets_a_right_invoice_through) {
  EXPECT_EQ(idsOf(findingsOf({})), Ids{});
}

TEST(Filter, names_term_place_and_what_to_do) {
  Sample sample;
  sample.issued = "2026-13-01";
  const auto findings = findingsOf(sample);
  ASSERT_EQ(idsOf(findings), Ids{"date-unreadable"});
  EXPECT_EQ(findings[0].term, "BT-2");
  EXPECT_EQ(findings[0].place, "line 3, column 1");
  EXPECT_EQ(findings[0].value, "2026-13-01");
  EXPECT_EQ(findings[0].severity, "error");
  EXPECT_FALSE(findings[0].detail.empty());
  EXPECT_FALSE(findings[0].advice.empty());
}

TEST(Filter, misses_what_must_be_there) {
  Sample sample;
  sample.number.clear();
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{"number-missing"});
  sample = {};
  sample.issued.clear();
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{"issue-date-missing"});
  sample = {};
  sample.currency.clear();
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{"currency-missing"});
  sample = {};
  sample.buyerName.clear();
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{"buyer-missing"});
  sample = {};
  sample.payable.clear();
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{"total-missing"});
  sample = {};
  sample.payable = "1 250,00";
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{"amount-unreadable"});
}

TEST(Filter, wants_one_currency) {
  Sample sample;
  sample.currency = "EUR";
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{"currency-mixed"});
}

TEST(Filter, holds_totals_together) {
  Sample sample;
  sample.lineNet = "999.00";
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{"BR-CO-10"});
  sample = {};
  sample.withVat = sample.payable = "1350.00";
  const auto findings = findingsOf(sample);
  ASSERT_EQ(idsOf(findings), Ids{"BR-CO-15"});
  EXPECT_EQ(findings[0].parameters.at("computed"), "1250.00");
  EXPECT_EQ(findings[0].parameters.at("stated"), "1350.00");
}

TEST(Filter, knows_rounding_to_whole_kronor) {
  Sample sample;
  sample.lineNet = sample.lines = sample.withoutVat = sample.taxable = "1000.20";
  sample.vat = sample.vatTotal = "250.05";
  sample.withVat = "1250.25";
  sample.payable = "1250.00";
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{"BR-CO-16"});
  sample.rounding = "-0.25";
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{});
}

TEST(Filter, tolerates_less_than_a_krona_of_vat) {
  Sample sample;
  sample.vat = sample.vatTotal = "250.99";
  sample.withVat = sample.payable = "1250.99";
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{});
  sample.vat = sample.vatTotal = "251.00";
  sample.withVat = sample.payable = "1251.00";
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{"BR-CO-17"});
}

TEST(Filter, stops_what_somebody_else_sells) {
  Sample sample;
  sample.sellerName = "Fyrnäs El AB";
  sample.sellerNumber = "5599900031";
  const auto findings = findingsOf(sample);
  ASSERT_EQ(idsOf(findings), Ids{"sender-not-yours"});
  EXPECT_EQ(findings[0].parameters.at("name"), "Fyrnäs El AB");
  EXPECT_EQ(findings[0].parameters.at("company"), "Nordhamn Energi AB");
}

TEST(Filter, lets_a_parent_send_for_its_subsidiary) {
  const auto group = Identity::of(
      {company(7, "Nordhamn AB", "0007:5599900007"), company(1, "Nordhamn Energi AB", "0007:5599900015")});
  EXPECT_EQ(idsOf(findingsOf({}, group)), Ids{});
}

TEST(Filter, knows_a_seller_without_numbers_by_its_name) {
  Sample sample;
  sample.sellerNumber.clear();
  sample.sellerName = "NORDHAMN  Energi ab";
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{});
}

TEST(Filter, takes_a_self_billed_invoice_from_its_buyer) {
  Sample sample;
  sample.typeCode = "389";
  std::swap(sample.sellerName, sample.buyerName);
  std::swap(sample.sellerNumber, sample.buyerNumber);
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{});
  sample.typeCode = "380";
  EXPECT_EQ(idsOf(findingsOf(sample)), Ids{"sender-not-yours"});
}

TEST(Filter, is_not_led_astray_by_amounts_beyond_all_limits) {
  Sample sample;
  sample.lineNet = std::string(36, '9');
  sample.lines = std::string(36, '9');
  const auto ids = idsOf(findingsOf(sample));
  EXPECT_NE(std::find(ids.begin(), ids.end(), "BR-CO-13"), ids.end());
}

}  // namespace
}  // namespace postgang::flow
