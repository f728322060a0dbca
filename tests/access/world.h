// A small world for tests of access: the operator, the group Nordhamn with two subsidiaries, and a company of
// its own, in a store of its own in a folder that goes away.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "access/access.h"
#include "base/bytes.h"
#include "store/companies.h"
#include "store/sql/session.h"
#include "tests/store/migrated.h"

namespace postgang::access {

class World : public ::testing::Test {
 protected:
  World() : clock_(*Instant::parse("2026-11-23T08:00:00Z")), ids_(clock_, 7) {
    folder_ = std::filesystem::temp_directory_path() / ("postgang-access-" + hex(randomBytes(8)));
    store::StoreOptions options;
    options.dataFolder = folder_;
    store::layMigrated(folder_);
    auto opened = store::Store::open(options, clock_);
    EXPECT_TRUE(opened) << opened.error().detail;
    store_ = std::move(*opened);
    operator_ = company("0007:5599900007", "Postgång AB", {}, true);
    nordhamn_ = company("0007:5599900015", "Nordhamn AB");
    energi_ = company("0007:5599900023", "Nordhamn Energi AB", nordhamn_);
    lager_ = company("0007:5599900031", "Nordhamn Lager AB", nordhamn_);
    granberga_ = company("0007:5599900049", "Granberga Bygg AB");
    access_ = std::make_unique<Access>(*store_, clock_, optionsOfTests());
  }
  ~World() override {
    access_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  static AccessOptions optionsOfTests() {
    AccessOptions options;
    options.passwordCost = {1, 8192, 2, 64};
    options.cacheMilliseconds = 0;  // what the store says is seen at once
    return options;
  }

  CompanyId company(std::string identifier, std::string name, std::optional<CompanyId> parent = {},
                    bool isOperator = false) {
    store::Company row;
    row.identifier = identifier;
    row.identifiers = {identifier};
    row.name = std::move(name);
    row.parent = parent;
    row.isOperator = isOperator;
    row.createdAt = clock_.now();
    CompanyId id;
    EXPECT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(id, store::createCompany(tx, row));
      return {};
    }));
    return id;
  }

  UserId user(std::string email, std::string role, std::vector<CompanyId> companies) {
    const auto id = access_->createUser(
        ids_, {std::move(email), "Karin Sand", password, std::move(role), "sv", std::move(companies)});
    EXPECT_TRUE(id) << id.error().code;
    return *id;
  }

  std::string token(std::string_view email) {
    const auto signedIn = access_->signIn(email, password, "192.0.2.7");
    EXPECT_TRUE(signedIn) << signedIn.error().code;
    return signedIn ? signedIn->token : std::string();
  }

  static constexpr auto password = "sommar i hamnen";
  SimulatedClock clock_;
  IdMaker ids_;
  std::filesystem::path folder_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Access> access_;
  CompanyId operator_, nordhamn_, energi_, lager_, granberga_;
};

}  // namespace postgang::access
