#include "api/feed_hub.h"

#include <algorithm>

#include <set>

#include "document/business_document.h"
#include "store/grants.h"
#include "tests/api/world.h"

namespace postgang::api {
namespace {

class Stream : public World {
 protected:
  // Collects what the server would write to the socket.
  struct Reader {
    struct Signal {
      std::mutex mutex;
      std::condition_variable more;
      bool woken = false;
    };
    std::shared_ptr<net::EventStream> stream;
    std::shared_ptr<Signal> signal = std::make_shared<Signal>();  // the stream may outlive its reader
    std::string text;

    explicit Reader(const net::Reply& reply) : stream(reply.events) {
      stream->attach([signal = signal] {
        const std::lock_guard lock(signal->mutex);
        signal->woken = true;
        signal->more.notify_one();
      });
    }
    // Until the text has `wanted` so many times; false after ten seconds.
    bool waitFor(const std::string& wanted, int times = 1) {
      for (;;) {
        text += stream->take();
        int found = 0;
        for (std::size_t at = 0; (at = text.find(wanted, at)) != std::string::npos; ++at) ++found;
        if (found >= times) return true;
        std::unique_lock lock(signal->mutex);
        if (!signal->more.wait_for(lock, std::chrono::seconds(10), [this] { return signal->woken; }))
          return false;
        signal->woken = false;
      }
    }
    std::vector<std::string> ids() const {
      std::vector<std::string> ids;
      for (std::size_t at = 0; (at = text.find("id: ", at)) != std::string::npos; ++at)
        ids.push_back(text.substr(at + 4, text.find('\n', at) - at - 4));
      return ids;
    }
  };
  net::Reply open(const std::string& key, const std::string& lastId = {}) {
    net::Headers headers;
    if (!lastId.empty()) headers.add("Last-Event-ID", lastId);
    auto reply = call("GET", "/api/v1/stream", key, headers);
    EXPECT_EQ(reply.status, 200) << reply.bytes();
    EXPECT_TRUE(reply.events);
    return reply;
  }
  std::string seller_ = key(energi_), buyer_ = key(granberga_), other_ = key(lager_);
};

TEST_F(Stream, says_to_each_what_concerns_it) {
  Reader seller(open(seller_)), buyer(open(buyer_)), other(open(other_));
  ASSERT_TRUE(seller.waitFor("event: ready") && buyer.waitFor("event: ready") &&
              other.waitFor("event: ready"));
  delivered(seller_, "4711", energi, granberga);
  EXPECT_TRUE(seller.waitFor("\"event\":\"delivered\""));
  EXPECT_TRUE(buyer.waitFor("\"event\":\"delivered\""));
  EXPECT_NE(buyer.text.find("\"direction\":\"received\""), std::string::npos);
  other.text += other.stream->take();
  EXPECT_EQ(other.text.find("event: document"), std::string::npos) << other.text;
}

TEST_F(Stream, gives_a_client_that_comes_back_what_it_missed_once) {
  std::string last;
  {
    Reader first(open(seller_));
    ASSERT_TRUE(first.waitFor("event: ready"));
    last = first.ids().back();
    first.stream->abandon();
  }
  for (int i = 0; i < 30; ++i) delivered(seller_, "S-" + std::to_string(i), energi, granberga);
  Reader again(open(seller_, last));
  ASSERT_TRUE(again.waitFor("\"number\":\"S-29\"", 2)) << again.text.size();
  delivered(seller_, "S-30", energi, granberga);
  ASSERT_TRUE(again.waitFor("\"event\":\"delivered\"", 31));
  const auto ids = again.ids();
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size()) << "none twice";
  for (int i = 0; i <= 30; ++i)
    EXPECT_NE(again.text.find("\"number\":\"S-" + std::to_string(i) + "\""), std::string::npos) << i;
}

TEST_F(Stream, shows_of_who_lets_one_see_a_part_that_part_at_once_and_on_coming_back) {
  const auto granted = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::setParent(tx, lager_, energi_));
    store::Grant grant;
    grant.owner = energi_;
    grant.viewer = lager_;
    grant.received = false;
    grant.kinds = {document::Kind::invoice};
    grant.changedAt = clock_.now();
    return store::putGrant(tx, grant);
  });
  ASSERT_TRUE(granted) << granted.error().detail;
  Reader live(open(other_));
  ASSERT_TRUE(live.waitFor("event: ready"));
  const auto from = live.ids().back();
  delivered(seller_, "S-1", energi, granberga);
  delivered(buyer_, "R-1", granberga, energi);
  delivered(seller_, "S-2", energi, granberga);
  ASSERT_TRUE(live.waitFor("\"event\":\"delivered\"", 2)) << live.text;
  Reader again(open(other_, from));
  ASSERT_TRUE(again.waitFor("\"event\":\"delivered\"", 2)) << again.text;
  for (const auto* reader : {&live, &again}) {
    EXPECT_NE(reader->text.find("\"number\":\"S-2\""), std::string::npos) << reader->text;
    EXPECT_EQ(reader->text.find("R-1"), std::string::npos) << reader->text;
    EXPECT_EQ(reader->text.find("\"direction\":\"received\""), std::string::npos) << reader->text;
  }
  auto ids = live.ids();
  ids.erase(ids.begin());  // of ready
  // Before it is read, nobody knows what kind of document it is: that it came in is told on coming back
  // alone.
  const auto told = again.ids();
  for (const auto& id : ids) EXPECT_NE(std::ranges::find(told, id), told.end()) << id;
  EXPECT_EQ(told.size(), ids.size() + 2);
}

TEST_F(Stream, tells_a_client_with_an_unknown_cursor_to_read_again) {
  Reader reader(open(seller_, "made-up"));
  EXPECT_TRUE(reader.waitFor("event: resync"));
}

TEST_F(Stream, ends_when_the_server_stops) {
  Reader reader(open(seller_));
  ASSERT_TRUE(reader.waitFor("event: ready"));
  api_->stop();
  EXPECT_TRUE(reader.stream->ended());
}

}  // namespace
}  // namespace postgang::api
