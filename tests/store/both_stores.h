// Every store test runs on SQLite and on PostgreSQL:
//
//   class Events : public BothStores {};
//   INSTANTIATE_BOTH_STORES(Events);
//   TEST_P(Events, …) { store().write(…); }
//
// PostgreSQL is a cluster of the test program's own, in a temporary folder and on a socket there, started at
// the first test that asks and ended with the program; each test has a database of its own.
// POSTGANG_TEST_POSTGRES names another server. Where PostgreSQL 15 is not installed those tests are skipped,
// and say so.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/time.h"
#include "store/companies.h"
#include "store/events.h"
#include "store/sql/session.h"
#include "store/store.h"

namespace postgang::store {

// A folder that goes with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The address of a new, empty database, or nullopt where there is no PostgreSQL.
std::optional<std::string> newPostgresDatabase();

class BothStores : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override;

  Store& store() { return *store_; }
  void reopen();  // closes and opens again, as a restart does
  StoreOptions& options() { return options_; }

  // Runs it and expects that it holds; the value of the last expression through a captured variable.
  void write(const std::function<Outcome(Transaction&)>& body, Priority priority = Priority::walk);
  void read(const std::function<Outcome(Reader&)>& body);

  CompanyId company(int number);  // made at the first call: 0007:… of that number
  // A document that `sender` handed over, as intake leaves it.
  DocumentId received(CompanyId sender, std::vector<NewJob> jobs = {});
  // … and as advance and deliver leave it, in the receiver's inbox.
  DocumentId delivered(CompanyId sender, CompanyId receiver, const RecognisedFact& facts);
  RecognisedFact invoiceFacts(CompanyId sender, CompanyId receiver, const std::string& number,
                              const std::string& amount = "1250.00");
  void appendTo(DocumentId document, const std::vector<NewEvent>& events);

  SimulatedClock clock_{Instant::atMidnight(Date::of(2026, 11, 2)).plusSeconds(9 * 3600)};
  IdMaker ids_{clock_, 7};

 private:
  TemporaryFolder folder_;
  StoreOptions options_;
  std::unique_ptr<Store> store_;
};

#define INSTANTIATE_BOTH_STORES(suite)                                         \
  INSTANTIATE_TEST_SUITE_P(On, suite, ::testing::Values("Sqlite", "Postgres"), \
                           [](const auto& chosen) { return std::string(chosen.param); })

}  // namespace postgang::store
