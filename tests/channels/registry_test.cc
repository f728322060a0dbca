#include "channels/registry.h"

#include <gtest/gtest.h>

#include "channels/network.h"

namespace postgang::channels {
namespace {

TEST(Registry, has_each_channel_once_and_finds_it_by_name) {
  const auto registry = allChannels();
  for (const auto& channel : registry.all()) EXPECT_EQ(registry.find(channel->name()), channel.get());
  EXPECT_EQ(registry.find("telegram"), nullptr);
}

TEST(Registry, takes_the_operators_prices) {
  EXPECT_EQ(allChannels().find("network")->price().amount.text(), "0.30");
  const auto registry = allChannels({.prices = {{"network", {Decimal::fromScaled(125, 2), "SEK"}}}});
  EXPECT_EQ(registry.find("network")->price().amount.text(), "1.25");
}

TEST(Registry, has_paper_also_where_there_is_no_print_house) {
  const auto registry = allChannels();
  const auto* print = registry.find("print");
  ASSERT_NE(print, nullptr);
  EXPECT_TRUE(print->inHouse());
  EXPECT_EQ(print->price().amount.text(), "13.50") << "one sheet within Sweden, by the example's prices";
}

TEST(Network, names_the_inbox_as_its_evidence_and_the_original_as_what_was_sent) {
  const Network network({Decimal::fromScaled(30, 2), "SEK"});
  Consignment consignment;
  consignment.digest = sha256("the original");
  const auto sent = network.send(consignment, {});
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->result, store::EventType::delivered);
  EXPECT_EQ(sent->evidence, "inbox");
  EXPECT_EQ(sent->sentDigest, consignment.digest);
  EXPECT_TRUE(network.inHouse());
}

}  // namespace
}  // namespace postgang::channels
