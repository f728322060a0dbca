// `postgang admin peppol-report` on a store with a month in it.
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>

#include "app/command.h"
#include "app/file.h"
#include "formats/peppol_reports.h"
#include "formats/sbdh.h"
#include "store/peppol_exchanges.h"

namespace postgang::app {
namespace {

class PeppolReport : public testing::Test {
 protected:
  struct Run {
    int code;
    std::string out, err;
  };

  PeppolReport() {
    std::string name = (std::filesystem::temp_directory_path() / "postgang-report-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    store::StoreOptions options;
    options.dataFolder = folder_;
    auto opened = store::Store::open(options, clock_);
    if (opened) store_ = std::move(*opened);
  }
  ~PeppolReport() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void exchanged(const std::string& instance, const std::string& at, const std::string& other = "POP000002") {
    store::PeppolExchange exchange;
    exchange.instance = instance;
    exchange.direction = store::ExchangeDirection::in;
    const auto& invoice = formats::peppolDocuments()[0];
    exchange.kind = invoice.name;
    exchange.company = CompanyId{1};
    exchange.sender = "0192:999999999";
    exchange.receiver = "0007:5599900122";
    exchange.documentType = {std::string(formats::peppol_documents), std::string(invoice.value)};
    exchange.process = {std::string(formats::peppol_processes), std::string(invoice.processes[0])};
    exchange.senderCountry = "NO";
    exchange.senderAccessPoint = other;
    exchange.transport = "peppol-transport-as4-v2_0";
    exchange.confirmedAt = Instant::parse(at);
    const auto kept = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(const bool first, store::keepExchange(tx, exchange));
      EXPECT_TRUE(first);
      return {};
    });
    EXPECT_TRUE(kept);
  }
  Run report(const std::string& month, const std::string& kind, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {
        "admin",   "peppol-report", "--data",     folder_,     "--kind",    kind,
        "--month", month,           "--provider", "POP000001", "--country", "SE"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int code = runCommandLine(arguments);
    return {code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
  }
  static bool says(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  SystemClock clock_;
  std::string folder_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(PeppolReport, AMonthIsUtcsByTheTimeOfTheMessage) {
  exchanged("before", "2024-01-31T23:59:59.999999Z");
  exchanged("first", "2024-02-01T00:00:00Z");
  exchanged("last", "2024-02-29T23:59:59.999999Z");
  exchanged("after", "2024-03-01T00:00:00Z");
  const auto transactions = report("2024-02", "tsr");
  EXPECT_EQ(transactions.code, 0) << transactions.err;
  EXPECT_TRUE(says(transactions.out, "<Incoming>2</Incoming>")) << transactions.out;
  EXPECT_TRUE(says(transactions.out, "<EndDate>2024-02-29</EndDate>"));
  const auto users = report("2024-02", "eusr");
  EXPECT_EQ(users.code, 0) << users.err;
  EXPECT_TRUE(says(users.out, "<ReceivingEndUsers>1</ReceivingEndUsers>"));
  EXPECT_TRUE(says(users.out, "schemeID=\"EndUserCountry\">SE<")) << "ours are in the provider's country";
}

TEST_F(PeppolReport, AMonthWithoutAnythingIsReportedToo) {
  for (const auto* kind : {"tsr", "eusr"}) {
    const auto empty = report("2024-05", kind);
    EXPECT_EQ(empty.code, 0) << empty.err;
    EXPECT_TRUE(says(empty.out, ">0<"));
    EXPECT_FALSE(says(empty.out, "<Sub"));
  }
}

TEST_F(PeppolReport, WhatIsLeftOutIsSaidBesideTheReport) {
  exchanged("known", "2024-02-01T00:00:00Z");
  exchanged("nameless", "2024-02-02T00:00:00Z", "");
  const auto lacking = report("2024-02", "tsr");
  EXPECT_EQ(lacking.code, 1);
  EXPECT_TRUE(says(lacking.out, "<Incoming>1</Incoming>"));
  EXPECT_TRUE(says(lacking.err, "1 exchanges are left out")) << lacking.err;
  EXPECT_TRUE(says(lacking.err, "nameless"));
}

TEST_F(PeppolReport, AMonthThatIsNotOverIsSaidToBeSo) {
  const auto early = report("2999-01", "eusr");
  EXPECT_EQ(early.code, 1);
  EXPECT_TRUE(says(early.err, "not over"));
}

TEST_F(PeppolReport, AFileAndAnEnvelope) {
  exchanged("known", "2024-02-01T00:00:00Z");
  const auto path = folder_ + "/report.xml";
  const auto made = report("2024-02", "tsr", {"--envelope", "--output", path});
  EXPECT_EQ(made.code, 0) << made.err;
  EXPECT_EQ(made.out, "");
  const auto text = readFile(path);
  ASSERT_TRUE(text);
  const auto envelope = formats::readSbdh(*text);
  ASSERT_TRUE(envelope) << envelope.error().detail;
  EXPECT_EQ(envelope->header.sender, "0242:000001");
  EXPECT_EQ(envelope->header.receiver, "9925:be0848934496");
  EXPECT_EQ(envelope->header.senderCountry, "SE");
  EXPECT_EQ(envelope->header.documentType, formats::transactionReportDocument());
  EXPECT_TRUE(says(envelope->payload, "<Incoming>1</Incoming>"));
}

TEST_F(PeppolReport, WrongUseIsTwo) {
  for (const auto* month : {"2024", "2024-13", "2024-2", "2024-02-01", "februari", ""})
    EXPECT_EQ(report(month, "tsr").code, 2) << month;
  EXPECT_EQ(report("2024-02", "both").code, 2);
  EXPECT_EQ(report("2024-02", "tsr", {"--provider", "POP1"}).code, 2);
  EXPECT_EQ(report("2024-02", "tsr", {"--country", "Sverige"}).code, 2);
  EXPECT_EQ(report("2024-02", "tsr", {"more"}).code, 2);
}

}  // namespace
}  // namespace postgang::app
