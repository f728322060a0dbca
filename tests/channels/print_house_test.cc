// The print house over real SFTP where there is an sshd, else in a folder of this machine.
#include "channels/print_house.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "tests/channels/batches.h"
#include "tests/net/sftp_server.h"

namespace postgang::channels {
namespace {

namespace fs = std::filesystem;
using test::batchOf;

class PrintHouseTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam() && !server_.started()) GTEST_SKIP() << "sshd is not installed";
    net::DropAccess access = server_.access();
    if (!GetParam()) {
      access = {};
      access.url = "file://" + server_.drop().string();
    }
    auto drop = net::FileDrop::at(access);
    ASSERT_TRUE(drop);
    drop_.emplace(std::move(*drop));
    ASSERT_TRUE(PrintHouse(*drop_, {}).open());
  }
  void handOver(const LetterBatch& batch) {
    const auto put = drop_->put("in", batch.id + ".zip", writeBatch(batch).value());
    ASSERT_TRUE(put) << put.error().detail;
  }
  PrintReceipts receipts(const std::string& file) {
    const auto bytes = drop_->get("out", file, receipts_bytes_max);
    return bytes ? readReceipts(*bytes).value() : PrintReceipts{};
  }
  std::size_t filesIn(const char* folder) { return drop_->list(folder).value().size(); }

  net::test::SftpServer server_;
  std::optional<net::FileDrop> drop_;
};

TEST_P(PrintHouseTest, PrintsPostsAndReturnsAFew) {
  handOver(batchOf(100));
  const PrintHouse house(*drop_, {.seed = 7, .returnedPerMillion = 50'000});
  const auto round = house.round();
  ASSERT_TRUE(round) << round.error().detail;
  EXPECT_EQ(round->batches, 1);
  EXPECT_EQ(round->printed, 100);
  EXPECT_EQ(round->posted, 100);
  EXPECT_GT(round->returned, 1);
  EXPECT_LT(round->returned, 20);
  EXPECT_EQ(filesIn("in"), 0U);
  EXPECT_EQ(filesIn("done"), 1U);

  const auto printed = receipts("20261124-1600-001.1.json"), posted = receipts("20261124-1600-001.2.json");
  ASSERT_EQ(printed.receipts.size(), 100U);
  EXPECT_EQ(printed.receipts[0].at.text(), "2026-11-24T17:00:00.000000Z") << "the batch's own time";
  ASSERT_EQ(posted.receipts.size(), 100U);
  EXPECT_GT(posted.receipts[0].at, printed.receipts[0].at);
  const auto returned = receipts("20261124-1600-001.3.json");
  EXPECT_EQ(returned.receipts.size(), static_cast<std::size_t>(round->returned));
  for (const auto& receipt : returned.receipts) {
    EXPECT_TRUE(isReturnReason(receipt.reason));
    EXPECT_GT(receipt.at, posted.receipts[0].at);
  }
  EXPECT_TRUE(house.round()->idle()) << "nothing happens twice";
}

TEST_P(PrintHouseTest, ABatchThatComesOnceMoreIsNotPrintedAgain) {
  handOver(batchOf(3));
  const PrintHouse house(*drop_, {.seed = 1, .returnedPerMillion = 0});
  EXPECT_EQ(house.round()->printed, 3);
  handOver(batchOf(3));
  const auto again = house.round();
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->repeated, 1);
  EXPECT_EQ(again->printed, 0);
  EXPECT_EQ(filesIn("in"), 0U);
}

TEST_P(PrintHouseTest, AnswersWhenItsTimeHasComeWhereThatIsAsked) {
  handOver(batchOf(3));
  const PrintHouse house(*drop_, {.seed = 1, .returnedPerMillion = 1'000'000});
  const auto at = [](const char* text) { return Instant::parse(text); };
  EXPECT_EQ(house.round(at("2026-11-24T16:00:00Z"))->printed, 0);
  EXPECT_EQ(filesIn("taken"), 1U);
  EXPECT_EQ(house.round(at("2026-11-24T17:00:00Z"))->printed, 3);
  EXPECT_EQ(house.round(at("2026-11-24T20:00:00Z"))->posted, 3);
  EXPECT_EQ(house.round(at("2026-12-01T20:00:00Z"))->returned, 0);
  EXPECT_EQ(house.round(at("2026-12-02T15:00:00Z"))->returned, 3);
}

TEST_P(PrintHouseTest, ABatchThatDoesNotHoldIsRefused) {
  auto batch = batchOf(2);
  batch.letters[1].pages = batch.letters[1].sheets = 2;  // the PDF has one
  handOver(batch);
  ASSERT_TRUE(drop_->put("in", "junk.zip", "no zip"));
  const auto other = batchOf(1, "20261124-1600-002");
  ASSERT_TRUE(drop_->put("in", "20261124-1600-009.zip", writeBatch(other).value()));
  const auto round = PrintHouse(*drop_, {}).round();
  ASSERT_TRUE(round) << round.error().detail;
  EXPECT_EQ(round->batches, 0);
  ASSERT_EQ(round->refused.size(), 3U);
  EXPECT_NE(round->refused[0].find(batch.letters[1].delivery.text()), std::string::npos) << round->refused[0];
  EXPECT_EQ(filesIn("refused"), 3U);
  EXPECT_EQ(filesIn("out"), 0U);
}

TEST_P(PrintHouseTest, GoesOnWhereItWasEnded) {
  handOver(batchOf(2));
  const PrintHouse house(*drop_, {.seed = 1, .returnedPerMillion = 0});
  ASSERT_TRUE(house.round(Instant::parse("2026-11-24T15:00:00Z")));
  // Ended after its receipts were written and before the batch was moved on.
  ASSERT_TRUE(drop_->put("out", "20261124-1600-001.1.json", "{}"));
  const auto round = house.round();
  ASSERT_TRUE(round) << round.error().detail;
  EXPECT_EQ(filesIn("done"), 1U);
  EXPECT_EQ(receipts("20261124-1600-001.2.json").receipts.size(), 2U);
}

TEST_P(PrintHouseTest, TheSameSeedReturnsTheSameLetters) {
  handOver(batchOf(50));
  handOver(batchOf(50, "20261124-1600-002"));
  ASSERT_TRUE(PrintHouse(*drop_, {.seed = 3, .returnedPerMillion = 100'000}).round());
  const auto one = receipts("20261124-1600-001.3.json"), other = receipts("20261124-1600-002.3.json");
  ASSERT_EQ(one.receipts.size(), other.receipts.size());
  for (std::size_t i = 0; i < one.receipts.size(); ++i) {
    EXPECT_EQ(one.receipts[i].delivery, other.receipts[i].delivery);
    EXPECT_EQ(one.receipts[i].reason, other.receipts[i].reason);
  }
}

INSTANTIATE_TEST_SUITE_P(EveryDrop, PrintHouseTest, testing::Bool(),
                         [](const auto& kind) { return kind.param ? "Sftp" : "Local"; });

}  // namespace
}  // namespace postgang::channels
