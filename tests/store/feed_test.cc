#include "store/feed.h"

#include "tests/store/world.h"

namespace postgang::store {
namespace {

class Feed : public World {
 protected:
  std::vector<FeedItem> after(const Viewer& viewer, std::string cursor, int limit) {
    std::vector<FeedItem> all;
    read([&](Reader& reader) -> Outcome {
      for (;;) {
        TRY(auto items, feedAfter(reader, viewer, cursor, limit));
        if (items.empty()) return {};
        cursor = items.back().cursor;
        std::ranges::move(items, std::back_inserter(all));
      }
    });
    return all;
  }
  std::string end() {
    std::string cursor;
    read([&](Reader& reader) -> Outcome {
      TRY(cursor, feedEnd(reader));
      return {};
    });
    return cursor;
  }
};
INSTANTIATE_BOTH_STORES(Feed);

std::vector<std::string> cursors(const std::vector<FeedItem>& items) {
  std::vector<std::string> cursors;
  for (const auto& item : items) cursors.push_back(item.cursor);
  return cursors;
}

TEST_P(Feed, TellsWhatHappensAfterTheCursorAndNothingTwice) {
  const auto seller = company(1), buyer = company(2);
  EXPECT_TRUE(after(of(seller), end(), 10).empty());
  delivered(seller, buyer, invoiceFacts(seller, buyer, "1"));
  const auto cursor = end();
  EXPECT_TRUE(after(of(buyer), cursor, 10).empty());
  const auto second = delivered(seller, buyer, invoiceFacts(seller, buyer, "2"));
  const auto received = after(of(buyer), cursor, 10);
  ASSERT_EQ(received.size(), 1U);
  EXPECT_EQ(received.front().document, second);
  EXPECT_EQ(received.front().direction, Direction::received);
  EXPECT_EQ(received.front().event, EventType::delivered);
  EXPECT_EQ(received.front().status, Status::delivered);
  EXPECT_EQ(received.front().number, "2");
  EXPECT_EQ(received.front().counterpartName, invoiceFacts(seller, buyer, "2").seller.name);
}

TEST_P(Feed, SmallPagesMakeTheSameWholeAndLatestIsItsEnd) {
  fill(30);
  for (const auto& viewer :
       {of(company(1)), Viewer::ofCompanies({company(1), company(2)}, {}), Viewer::system()}) {
    const auto whole = cursors(after(viewer, "", 1'000));
    EXPECT_GT(whole.size(), 20U);
    EXPECT_EQ(cursors(after(viewer, "", 3)), whole);
    read([&](Reader& reader) -> Outcome {
      TRY(const auto newest, latest(reader, viewer, 5));
      auto told = after(viewer, "", 1'000);
      std::erase_if(told, [](const FeedItem& item) {
        return item.event == EventType::routed || item.event == EventType::delivery_started;
      });
      const auto news = cursors(told);
      EXPECT_LT(news.size(), whole.size());
      EXPECT_EQ(cursors(newest), std::vector<std::string>(news.rbegin(), news.rbegin() + 5));
      return {};
    });
  }
}

TEST_P(Feed, AForeignCursorIsRefused) {
  read([&](Reader& reader) -> Outcome {
    for (const auto* wrong : {"1", "a.b", "1.2.3", "-1.4", "99999999999999999999.1"}) {
      const auto refused = feedAfter(reader, Viewer::system(), wrong, 10);
      EXPECT_FALSE(refused) << wrong;
      EXPECT_TRUE(refused || refused.error().kind == ProblemKind::invalid) << wrong;
    }
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
