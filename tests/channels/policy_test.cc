#include "channels/policy.h"

#include <gtest/gtest.h>

namespace postgang::channels {
namespace {

using Who = PolicyDemand::Who;
using Verb = PolicyDemand::Verb;

const std::vector<std::string> all = {"network", "email", "print"};

Policy read(std::string_view json) {
  auto policy = policyFromJson(json, all);
  EXPECT_TRUE(policy) << policy.error().where << " " << policy.error().detail;
  return policy.value_or(Policy());
}
std::string refusedAt(std::string_view json) {
  const auto policy = policyFromJson(json, all);
  EXPECT_FALSE(policy) << json;
  return policy ? "" : policy.error().code + " " + policy.error().where;
}
Recipient companyOf(const std::string& identifier) {
  Recipient recipient;
  recipient.identifiers = {identifier};
  return recipient;
}
std::vector<std::string> orderOf(const Policy& policy, const Recipient& recipient) {
  std::vector<Candidate> candidates = {{"print", Decimal::fromScaled(1350, 2), 72},
                                       {"email", Decimal::fromScaled(150, 2), 8},
                                       {"network", Decimal::fromScaled(30, 2), 0},
                                       {"courier", std::nullopt, 1}};
  std::vector<std::string> names;
  for (const auto& each : arranged(policy, recipient, std::move(candidates))) names.push_back(each.channel);
  return names;
}
using Names = std::vector<std::string>;

TEST(Policy, is_read_and_written_alike) {
  const auto policy = read(
      R"({"by":"order","order":["email","network"],"asks":true,"demands":[{"who":"named","counterparts":["0007:5599900122"],"verb":"only","channels":["print"]},{"who":"public-sector","verb":"never","channels":["print","email"]}]})");
  EXPECT_EQ(policy.by, Policy::By::order);
  EXPECT_TRUE(policy.asks);
  ASSERT_EQ(policy.demands.size(), 2u);
  EXPECT_EQ(policy.demands[0].verb, Verb::only);
  EXPECT_EQ(policyOf(policyToJson(policy)), policy);
  EXPECT_EQ(policyToJson(Policy()), "") << "nothing is set";
  EXPECT_EQ(policyOf(""), Policy());
  EXPECT_EQ(policyOf("{\"by\":"), Policy()) << "what cannot be read is nobody's policy";
}

TEST(Policy, refuses_what_it_does_not_know_and_says_where) {
  EXPECT_EQ(refusedAt("[]"), "policy-malformed ");
  EXPECT_EQ(refusedAt(R"({"by":"luck"})"), "policy-malformed /by");
  EXPECT_EQ(refusedAt(R"({"by":"order"})"), "policy-malformed /order");
  EXPECT_EQ(refusedAt(R"({"order":["telegram"]})"), "policy-malformed /order/0");
  EXPECT_EQ(refusedAt(R"({"asks":1})"), "policy-malformed /asks");
  EXPECT_EQ(refusedAt(R"({"colour":"red"})"), "policy-malformed /colour");
  EXPECT_EQ(refusedAt(R"({"demands":[{"who":"everyone","verb":"never"}]})"),
            "policy-malformed /demands/0/channels");
  EXPECT_EQ(refusedAt(R"({"demands":[{"who":"named","verb":"never","channels":["print"]}]})"),
            "policy-malformed /demands/0/counterparts");
  EXPECT_EQ(
      refusedAt(
          R"({"demands":[{"who":"everyone","counterparts":["x"],"verb":"never","channels":["print"]}]})"),
      "policy-malformed /demands/0/counterparts");
  std::string many = R"({"demands":[)";
  for (int i = 0; i < 51; ++i)
    many += std::string(i ? "," : "") + R"({"who":"everyone","verb":"never","channels":["print"]})";
  EXPECT_EQ(refusedAt(many + "]}"), "policy-malformed /demands");
  EXPECT_EQ(refusedAt(std::string(70'000, ' ') + "{}"), "policy-malformed ");
  EXPECT_EQ(refusedAt(std::string(5000, '[')), "policy-malformed ");
}

TEST(Policy, puts_the_cheapest_the_fastest_or_its_own_order_first) {
  const auto recipient = companyOf("0007:5599900122");
  EXPECT_EQ(orderOf(Policy(), recipient), (Names{"network", "email", "print", "courier"}));
  EXPECT_EQ(orderOf(read(R"({"by":"speed"})"), recipient), (Names{"network", "courier", "email", "print"}));
  EXPECT_EQ(orderOf(read(R"({"by":"order","order":["print","email"]})"), recipient),
            (Names{"print", "email", "network", "courier"}));
  auto kept = recipient;
  kept.partner.emplace();
  kept.partner->channels = {"email"};
  EXPECT_EQ(orderOf(read(R"({"by":"speed"})"), kept).front(), "email") << "the counterpart's own order first";
}

TEST(Policy, knows_whom_a_demand_is_about) {
  const auto municipality = companyOf("0007:2120000787"), firm = companyOf("0007:5599900122");
  Recipient person;
  person.person = true;
  person.customerNumber = "20117";
  const auto is = [](Who who, const Recipient& recipient, Names named = {}) {
    return applies({who, std::move(named), Verb::never, {"print"}}, recipient);
  };
  EXPECT_TRUE(is(Who::public_sector, municipality));
  EXPECT_FALSE(is(Who::public_sector, firm));
  EXPECT_FALSE(is(Who::public_sector, companyOf("0192:212000078"))) << "a Norwegian number does not tell";
  EXPECT_TRUE(is(Who::companies, municipality) && is(Who::companies, firm) && !is(Who::companies, person));
  EXPECT_TRUE(is(Who::persons, person) && !is(Who::persons, firm));
  EXPECT_TRUE(is(Who::named, person, {"customer:20117"}) && !is(Who::named, firm, {"customer:20117"}));
  EXPECT_TRUE(is(Who::everyone, firm) && is(Who::everyone, person));
}

TEST(Policy, keeps_a_channel_from_whom_its_demands_say) {
  const auto policy = read(
      R"({"demands":[{"who":"everyone","verb":"never","channels":["print"]},{"who":"public-sector","verb":"only","channels":["network"]}]})");
  const auto municipality = companyOf("0007:2120000787"), firm = companyOf("0007:5599900122");
  EXPECT_EQ(keptFrom(policy, firm, "email"), nullptr);
  EXPECT_EQ(keptFrom(policy, firm, "print"), &policy.demands[0]);
  EXPECT_EQ(keptFrom(policy, municipality, "email"), &policy.demands[1]);
  EXPECT_EQ(keptFrom(policy, municipality, "network"), nullptr);
}

TEST(Policy, says_itself_in_words) {
  const auto policy = read(
      R"({"demands":[{"who":"everyone","verb":"never","channels":["print"]},{"who":"named","counterparts":["0007:5599900122","0007:5599900130"],"verb":"only","channels":["network","email"]}]})");
  EXPECT_EQ(policySentences(policy, Language::swedish, {{"0007:5599900122", "Granberga Bygg AB"}}),
            (Names{"Den billigaste kanalen som når mottagaren går först.", "Aldrig via Papper.",
                   "Till Granberga Bygg AB och 0007:5599900130 bara via Postgång eller E-post.",
                   "När en kanal inte når fram tar nästa över."}));
  EXPECT_EQ(
      policySentences(read(R"({"by":"order","order":["email","network"],"asks":true})"), Language::english),
      (Names{"In this order: E-mail and then Postgång. The others behind them, the cheapest first.",
             "When a channel does not reach you choose the next one yourselves."}));
}

}  // namespace
}  // namespace postgang::channels
