// The groups of a month against its rows, one by one.
#include "store/peppol_groups.h"

#include <map>
#include <random>
#include <tuple>

#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class PeppolGroups : public BothStores {
 protected:
  using Key = std::tuple<ExchangeDirection, std::int64_t, std::string, std::string, std::string, std::string,
                         std::string, std::string, std::string, std::string>;

  // What the exchange has of what these groups are alike in.
  static Key keyOf(const PeppolExchange& of, GroupedBy by) {
    const bool out = of.direction == ExchangeDirection::out, users = by == GroupedBy::end_users;
    const auto ours = [&](const std::string& text, bool isOurs) {
      return users && !isOurs ? std::string() : text;
    };
    return {of.direction,
            users && of.company ? of.company->value : 0,
            !users || of.company ? ""
            : out                ? of.sender
                                 : of.receiver,
            of.documentType.scheme + " " + of.documentType.value,
            of.process.scheme + " " + of.process.value,
            ours(of.senderCountry, out),
            ours(of.receiverCountry, !out),
            ours(of.senderAccessPoint, out),
            ours(of.receiverAccessPoint, !out),
            users ? "" : of.transport};
  }
  std::size_t of(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }
  PeppolExchange exchange(int number) {
    static const std::vector<std::string> countries = {"SE", "NO", ""},
                                          points = {"POP000001", "POP000002", ""};
    static const std::vector<std::string> times = {
        "2024-01-31T23:59:59.999999Z", "2024-02-01T00:00:00Z", "2024-02-14T12:00:00Z",
        "2024-02-29T23:59:59.999999Z", "2024-03-01T00:00:00Z", ""};
    PeppolExchange made;
    made.instance = "instance-" + std::to_string(1000 + number);
    made.direction = of(2) == 0 ? ExchangeDirection::in : ExchangeDirection::out;
    made.kind = "invoice";
    if (of(4) > 0) made.company = CompanyId{static_cast<std::int64_t>(1 + of(3))};
    made.sender = "0088:" + std::to_string(of(2));
    made.receiver = "0007:" + std::to_string(of(2));
    made.documentType = {"busdox-docid-qns", "type " + std::to_string(of(2))};
    made.process = {"cenbii-procid-ubl", "process " + std::to_string(of(2))};
    made.senderCountry = countries[of(3)];
    made.receiverCountry = countries[of(3)];
    made.senderAccessPoint = points[of(3)];
    made.receiverAccessPoint = points[of(3)];
    made.transport = "peppol-transport-as4-v2_0";
    made.confirmedAt = Instant::parse(times[of(times.size())]);
    return made;
  }
  std::mt19937 random_{11};
};
INSTANTIATE_BOTH_STORES(PeppolGroups);

TEST_P(PeppolGroups, HoldEveryExchangeOfTheMonthOnce) {
  ASSERT_TRUE(store().write(Priority::background, [&](Transaction& tx) -> Outcome {
    for (int i = 0; i < 400; ++i) {
      TRY(const bool first, keepExchange(tx, exchange(i)));
      EXPECT_TRUE(first);
    }
    return {};
  }));
  for (const auto by : {GroupedBy::providers, GroupedBy::end_users}) {
    std::map<Key, std::int64_t> rows, groups;
    std::map<Key, std::string> firstRow, firstOfGroup;
    ASSERT_TRUE(store().read([&](Reader& reader) -> Outcome {
      CHECK_OK(exchangesOfMonth(reader, 2024, 2, [&](const PeppolExchange& each) {
        const auto key = keyOf(each, by);
        if (++rows[key] == 1 || each.instance < firstRow[key]) firstRow[key] = each.instance;
      }));
      return exchangeGroupsOfMonth(reader, 2024, 2, by, [&](const ExchangeGroup& group) {
        const auto key = keyOf(group.alike, by);
        EXPECT_FALSE(groups.contains(key)) << "a group twice";
        groups[key] = group.exchanges;
        firstOfGroup[key] = group.alike.instance;
        EXPECT_TRUE(group.alike.confirmedAt);
      });
    }));
    EXPECT_GT(rows.size(), 20U);
    EXPECT_EQ(groups, rows);
    EXPECT_EQ(firstOfGroup, firstRow);
  }
}

TEST_P(PeppolGroups, AMonthWithoutAnythingHasNone) {
  ASSERT_TRUE(store().read([&](Reader& reader) -> Outcome {
    return exchangeGroupsOfMonth(reader, 2024, 5, GroupedBy::providers,
                                 [&](const ExchangeGroup&) { ADD_FAILURE(); });
  }));
}

}  // namespace
}  // namespace postgang::store
