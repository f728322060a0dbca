// A file to the banks is handed over once, whatever is cut and whenever the process ends.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/flow/banked.h"
#include "tests/net/cutting_proxy.h"
#include "tests/net/sftp_server.h"

namespace postgang::flow {
namespace {

using net::test::Passing;
using store::EventType;

class BankOverSftp : public Banked {
 protected:
  void SetUp() override {
    if (!server_.started()) GTEST_SKIP() << "sshd is not installed";
    connect(server_.access());
    openHub();
    knowKarin();
    applies();
    pass(900);
    EXPECT_EQ(hubWorks().answers, 1);
  }
  // An invoice, and time until its file has been tried often enough.
  DocumentId handedOver(const std::string& number) {
    const auto id = sendToKarin(number);
    pass(5400);
    return id;
  }
  // How often each invoice lies at the hub.
  std::map<DeliveryId, int> invoicesIn(const std::string& folder) {
    std::map<DeliveryId, int> found;
    for (const auto& name : files(folder)) {
      const auto bytes = hubDrop_->get(folder, name, channels::bank_file_bytes_max);
      EXPECT_TRUE(bytes) << name;
      const auto file = channels::readBankInvoices(*banking_.format, bytes.value_or(std::string()));
      EXPECT_TRUE(file) << name;
      if (!file) continue;
      for (const auto& invoice : file->invoices) ++found[invoice.delivery];
    }
    return found;
  }
  net::test::SftpServer server_;
};

TEST_F(BankOverSftp, ARealServerTakesItAndTheHubAnswers) {
  const auto id = handedOver("S-1");
  EXPECT_EQ(stateOf(id), "sent");
  EXPECT_EQ(hubWorks().shown, 1);
  pass(600);
  EXPECT_EQ(statusOf(id), "delivered");
}

TEST_F(BankOverSftp, CutAnywhereItIsHandedOverOnce) {
  std::atomic<int> left = 0;  // pieces until the cut
  std::atomic<bool> cut = false;
  net::test::CuttingProxy proxy(server_.port(), [&](Passing, std::size_t) {
    if (cut || --left > 0) return false;
    cut = true;
    return true;
  });
  connect(server_.access(proxy.port()));
  int tried = 0;
  for (int pieces = 1; pieces < 46; pieces += 4) {
    restart();
    left = pieces;
    cut = false;
    const auto id = handedOver("C-" + std::to_string(pieces));
    ++tried;
    EXPECT_EQ(stateOf(id), "sent") << pieces;
    EXPECT_EQ(count(id, EventType::sent), 1) << pieces;
    EXPECT_EQ(count(id, EventType::delivery_started), 1) << pieces;
  }
  const auto there = invoicesIn("in");
  EXPECT_EQ(static_cast<int>(there.size()), tried);
  for (const auto& [delivery, times] : there) EXPECT_EQ(times, 1);
}

TEST_F(BankOverSftp, WhatTheHubTookBeforeWeHeardOfItIsTakenOnce) {
  const auto id = handedOver("T-1");
  // As if the connection had been cut at the rename and the file row said nothing of it.
  auto row = *fileOf(id);
  row.handedOverAt.reset();
  row.state = "waiting";
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::updateBankFile(tx, row));
    return store::enqueue(tx, bankUploadJob(row.id, clock_.now()));
  }));
  EXPECT_EQ(hubWorks().shown, 1);
  pass(1200);
  const auto round = hubWorks();
  EXPECT_EQ(round.shown, 0);
  EXPECT_LE(round.repeated, 1);
  pass(600);
  EXPECT_EQ(statusOf(id), "delivered");
  EXPECT_EQ(count(id, EventType::sent), 1);
  EXPECT_EQ(count(id, EventType::delivered), 1);
  EXPECT_EQ(fileOf(id)->state, "accepted");
}

}  // namespace
}  // namespace postgang::flow
