// A letter is handed over once, whatever is cut and whenever the process ends.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "channels/print_batch.h"
#include "tests/flow/printed.h"
#include "tests/flow/weather.h"
#include "tests/net/cutting_proxy.h"
#include "tests/net/sftp_server.h"

namespace postgang::flow {
namespace {

namespace fs = std::filesystem;
using net::test::Passing;
using store::EventType;

std::string contentOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// How often each letter lies in this folder.
std::map<DeliveryId, int> lettersIn(const fs::path& folder) {
  std::map<DeliveryId, int> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".zip") continue;
    const auto batch = channels::readBatch(contentOf(entry.path()));
    EXPECT_TRUE(batch) << entry.path() << ": " << batch.error().detail;
    if (!batch) continue;
    for (const auto& letter : batch->letters) ++found[letter.delivery];
  }
  return found;
}

class PrintOverSftp : public Printed {
 protected:
  void SetUp() override {
    if (!server_.started()) GTEST_SKIP() << "sshd is not installed";
    connect(server_.access());
    openHouse();
  }
  // A letter, and time until its batch has been tried often enough.
  DocumentId letterByNextCutOff(const std::string& number) {
    const auto id = sendToKarin(number);
    advanceTo(channels::nextCutOff(clock_.now(), settings_.printing.cutOffMinute).plusSeconds(3600));
    return id;
  }
  net::test::SftpServer server_;
};

TEST_F(PrintOverSftp, ARealServerTakesItAndTheHouseAnswers) {
  const auto id = letterByNextCutOff("S-1");
  EXPECT_EQ(stateOf(id), "sent");
  EXPECT_EQ(houseWorks().posted, 1);
  advanceTo(clock_.now().plusSeconds(1200));
  EXPECT_EQ(stateOf(id), "posted");
}

TEST_F(PrintOverSftp, CutAnywhereItIsHandedOverOnce) {
  std::atomic<int> left = 0;  // pieces until the cut
  std::atomic<bool> cut = false;
  net::test::CuttingProxy proxy(server_.port(), [&](Passing, std::size_t) {
    if (cut || --left > 0) return false;
    cut = true;
    return true;
  });
  connect(server_.access(proxy.port()));
  int tried = 0;
  for (int pieces = 1; pieces < 46; pieces += 3) {
    restart();
    left = pieces;
    cut = false;
    const auto id = letterByNextCutOff("C-" + std::to_string(pieces));
    ++tried;
    EXPECT_EQ(stateOf(id), "sent") << pieces;
    EXPECT_EQ(count(id, EventType::sent), 1) << pieces;
    EXPECT_EQ(lettersIn(server_.drop() / "in")[letterOf(id).id], 1) << pieces;
  }
  EXPECT_GT(tried, 5);
  for (const auto& [letter, times] : lettersIn(server_.drop() / "in")) EXPECT_EQ(times, 1);
}

TEST_F(PrintOverSftp, CutAfterTheRenameAndTakenMeanwhileItIsNotPrintedTwice) {
  std::atomic<bool> cut = false;
  const auto file = server_.drop() / "in/20261123-1600-001.zip";
  net::test::CuttingProxy proxy(server_.port(), [&](Passing way, std::size_t) {
    if (cut || way != Passing::to_client || !fs::exists(file)) return false;
    // The house was there before we could ask.
    fs::rename(file, server_.drop() / "taken/20261123-1600-001.zip");
    cut = true;
    return true;
  });
  connect(server_.access(proxy.port()));
  const auto id = letterByNextCutOff("T-1");
  EXPECT_TRUE(cut);
  EXPECT_EQ(stateOf(id), "sent");
  const auto round = houseWorks();
  EXPECT_EQ(round.printed, 1);
  EXPECT_TRUE(fs::is_empty(server_.drop() / "in"));
  advanceTo(clock_.now().plusSeconds(1200));
  EXPECT_EQ(stateOf(id), "posted");
  EXPECT_EQ(count(id, EventType::printed), 1);
}

TEST_F(PrintOverSftp, AHouseThatIsAwayIsWaitedForAndSaidSo) {
  connect(server_.access(1));
  const auto id = letterByNextCutOff("A-1");
  EXPECT_EQ(stateOf(id), "sending");
  ASSERT_EQ(batches().size(), 1U);
  EXPECT_GT(batches().front().attempts, 3);
  EXPECT_TRUE(batches().front().trouble.starts_with("drop-unreachable")) << batches().front().trouble;
  connect(server_.access());
  advanceTo(clock_.now().plusSeconds(1200));
  EXPECT_EQ(stateOf(id), "sent");
  EXPECT_EQ(batches().front().trouble, "");
}

// The process ends before any step of the store, and is started again.
class PrintKilled : public Printed {
 protected:
  void reopen() {
    flow_.reset();
    store_.reset();
    weather_.crashed = false;
    weather_.crashIn = 0;
    store::StoreOptions options;
    options.dataFolder = folder_;
    options.fault = [this](std::string_view step) { return weather_(step); };
    auto opened = store::Store::open(options, clock_);
    ASSERT_TRUE(opened) << opened.error().detail;
    store_ = std::move(*opened);
    ASSERT_TRUE(store_->write(store::Priority::walk,
                              [](store::Transaction& tx) { return store::releaseLeases(tx); }));
    restart();
  }
  Chance chance_{1};
  Weather weather_{chance_};
};

TEST_F(PrintKilled, AtAnyStepNothingIsLostAndNothingIsDoubled) {
  const int stride = environmentNumber("POSTGANG_PRINT_STRIDE", 7);
  reopen();
  bool ended = true;
  int tried = 0;
  for (int steps = 1; ended && steps < 2000; steps += stride, ++tried) {
    const auto first = sendToKarin("K-" + std::to_string(steps));
    const auto second = sendToKarin("L-" + std::to_string(steps));
    const auto cutOff = channels::nextCutOff(clock_.now(), settings_.printing.cutOffMinute);
    advanceTo(cutOff);
    weather_.crashIn = steps;
    const auto moved = flow_->advance(clock_, channels::cut_off_grace_seconds + 60);
    ended = weather_.crashed;
    reopen();
    advanceTo(cutOff.plusSeconds(2 * 3600));
    for (const auto id : {first, second}) {
      EXPECT_EQ(stateOf(id), "sent") << steps;
      EXPECT_EQ(count(id, EventType::delivery_started), 1) << steps;
      EXPECT_EQ(count(id, EventType::sent), 1) << steps;
    }
  }
  EXPECT_GT(tried, 3);
  const auto found = lettersIn(dropFolder() + "/in");
  EXPECT_EQ(found.size(), static_cast<std::size_t>(2 * tried));
  for (const auto& [letter, times] : found) EXPECT_EQ(times, 1);
}

}  // namespace
}  // namespace postgang::flow
