// The whole server but its sockets, for tests: a store in a folder that goes away, flow, access and the
// routes. Requests are made by hand; nothing moves in the flow until walk().
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "api/api.h"
#include "base/bytes.h"
#include "channels/registry.h"
#include "store/companies.h"
#include "store/sql/session.h"
#include "tests/api/sample_invoice.h"
#include "tests/store/migrated.h"

namespace postgang::api {

class World : public ::testing::Test {
 protected:
  World()
      : clock_(*Instant::parse("2026-11-23T08:00:00Z")), ids_(clock_, 7), registry_(channels::allChannels()) {
    folder_ = std::filesystem::temp_directory_path() / ("postgang-api-" + hex(randomBytes(8)));
    store::StoreOptions options;
    options.dataFolder = folder_;
    store::layMigrated(folder_);
    auto opened = store::Store::open(options, clock_);
    EXPECT_TRUE(opened) << opened.error().detail;
    store_ = std::move(*opened);
    access::AccessOptions access;
    access.passwordCost = {1, 8192, 2, 64};
    access_ = std::make_unique<access::Access>(*store_, clock_, access);
    flow_ = std::make_unique<flow::Flow>(*store_, clock_, ids_, registry_);
    api_ = std::make_unique<Api>(ApiContext{.store = *store_,
                                            .flow = *flow_,
                                            .access = *access_,
                                            .clock = clock_,
                                            .simulatedClock = &clock_,
                                            .version = "test"});
    api_->addRoutes(router_);
    router_.otherwise(api_->otherwise([](const net::Request&) { return net::Reply::text("portal"); }));
    energi_ = company(energi);
    granberga_ = company(granberga);
    lager_ = company(lager);
  }
  ~World() override {
    api_.reset();
    flow_.reset();
    access_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  CompanyId company(const SampleParty& party) {
    store::Company row;
    row.identifier = "0007:" + party.organisationNumber;
    row.identifiers = {row.identifier};
    row.name = party.name;
    row.createdAt = clock_.now();
    CompanyId id;
    EXPECT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(id, store::createCompany(tx, row));
      return {};
    }));
    return id;
  }

  std::string key(CompanyId owner,
                  std::vector<std::string> scopes = {"documents:read", "documents:write", "partners:read",
                                                     "partners:write", "statistics:read"}) {
    const auto made = access_->createKey(ids_, {owner, "Affärssystem", std::move(scopes), {}});
    EXPECT_TRUE(made) << made.error().code;
    return made->secret;
  }

  net::Reply call(const std::string& method, const std::string& target, const std::string& key,
                  net::Headers headers = {}, std::string body = {}) {
    if (!key.empty()) headers.add("Authorization", "Bearer " + key);
    auto request = net::Request::of(method, target, std::move(headers), std::move(body));
    EXPECT_TRUE(request) << target;
    return router_(*request);
  }
  net::Reply get(const std::string& target, const std::string& key) { return call("GET", target, key); }
  net::Reply send(const std::string& key, std::string bytes, net::Headers headers = {}) {
    headers.add("Content-Type", "application/xml");
    return call("POST", "/api/v1/documents", key, std::move(headers), std::move(bytes));
  }
  static boost::json::value jsonOf(const net::Reply& reply) { return boost::json::parse(reply.bytes()); }
  static std::string textAt(const net::Reply& reply, std::string_view pointer) {
    return std::string(jsonOf(reply).at_pointer(pointer).as_string());
  }
  void walk() {
    const auto done = flow_->runDue();
    EXPECT_TRUE(done) << done.error().code << ": " << done.error().detail;
  }
  // Sends and walks; the document's id.
  std::string delivered(const std::string& key, const std::string& number, const SampleParty& from,
                        const SampleParty& to) {
    const auto reply = send(key, sampleInvoice(number, from, to));
    EXPECT_EQ(reply.status, 202) << reply.bytes();
    walk();
    return textAt(reply, "/id");
  }

  const SampleParty energi{"5599900122", "Nordhamn Energi AB"};
  const SampleParty granberga{"5599900130", "Granberga Bygg AB"};
  const SampleParty lager{"5599900148", "Nordhamn Lager AB"};
  SimulatedClock clock_;
  IdMaker ids_;
  channels::Registry registry_;
  std::filesystem::path folder_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<access::Access> access_;
  std::unique_ptr<flow::Flow> flow_;
  std::unique_ptr<Api> api_;
  net::Router router_;
  CompanyId energi_, granberga_, lager_;
};

}  // namespace postgang::api
