// A demo world that has lived for some months, and what became of its documents.
#pragma once

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "app/demo/outside.h"
#include "app/demo/people.h"
#include "app/demo/world.h"
#include "app/demo/year.h"
#include "store/bank_agreements.h"
#include "store/documents.h"
#include "store/smartmail.h"

namespace postgang::app::demo {

struct Lived {
  std::uint64_t seed = 1;
  int months = 1, documents = 350;
};

class LivedWorld {
 public:
  explicit LivedWorld(const Lived& wish) : world_(makeWorld(wish.seed)) {
    std::string name = (std::filesystem::temp_directory_path() / "postgang-demo-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    live(wish);
  }
  ~LivedWorld() { std::filesystem::remove_all(folder_); }
  LivedWorld(const LivedWorld&) = delete;
  LivedWorld& operator=(const LivedWorld&) = delete;

  int road(const std::string& which) const { return roads.contains(which) ? roads.at(which) : 0; }

  std::map<std::string, int> roads;       // "email waiting" …: deliveries; "peppol: failed, then email" …
  std::map<std::string, int> channels;    // the first of each document
  std::map<std::string, int> events;      // of documents, by type
  std::map<std::string, int> doors;       // how documents came
  std::map<std::string, int> agreements;  // by status
  std::map<std::string, int> failures;    // codes of documents that have failed
  int becameReachable = 0;                // receivers whose documents went otherwise at first
  std::int64_t documents = 0;

 private:
  void live(const Lived& wish) {
    const auto until = *Instant::parse("2026-11-24T09:30:00Z");  // a Tuesday
    SimulatedClock clock(Instant::atMidnight(dateInStockholm(until).plusMonths(-wish.months)));
    House::Options options;
    options.store.dataFolder = folder_;
    options.store.filling = true;
    options.seed = wish.seed;
    auto outside = Outside::open(wish.seed, world_, {clock, clock.now(), until}, public_url, options);
    ASSERT_TRUE(outside) << outside.error().detail;
    outside->standIn(options);
    auto house = House::open(std::move(options), &clock);
    ASSERT_TRUE(house) << house.error().detail;
    const auto people = settle(**house, world_);
    ASSERT_TRUE(people) << people.error().detail;
    const auto traffic =
        liveThroughYear({**house, clock, *outside}, world_, *people, until, wish.documents, [](Date) {});
    ASSERT_TRUE(traffic) << traffic.error().detail;
    documents = traffic->accepted;
    const auto counted =
        (*house)->store().read([&](store::Reader& reader) { return count(reader, *people); });
    EXPECT_TRUE(counted) << counted.error().detail;
  }

  Outcome count(store::Reader& reader, const People& people) {
    store::EntryQuery query;
    query.direction = store::Direction::sent;
    query.limit = 200;
    for (;;) {
      TRY(const auto page, store::listEntries(reader, store::Viewer::system(), query));
      for (const auto& entry : page.items) CHECK_OK(countOne(reader, entry.document));
      if (!page.nextCursor) break;
      query.cursor = *page.nextCursor;
    }
    for (const auto& [receiver, used] : newestFirst_)
      if (used.size() > 1 && (used.front() == "peppol" || used.front() == "bank")) ++becameReachable;
    for (const auto company : people.companies) {
      if (company == CompanyId{}) continue;
      TRY(const auto counts, store::countBankAgreements(reader, company));
      for (const auto& [status, number] : counts)
        agreements[std::string(store::name(status))] += static_cast<int>(number);
    }
    return {};
  }

  Outcome countOne(store::Reader& reader, DocumentId document) {
    TRY(const auto deliveries, store::deliveriesOf(reader, store::Viewer::system(), document));
    for (std::size_t i = 0; i < deliveries.size(); ++i) {
      const auto& delivery = deliveries[i];
      const auto status = std::string(document::name(delivery.status));
      if (delivery.channel != "network")
        ++roads[delivery.channel + " " + std::string(store::roadState(delivery))];
      ++roads[delivery.channel + ": " + status];
      ++roads[delivery.channel + ": " + delivery.evidence];
      if (i + 1 < deliveries.size())
        ++roads[delivery.channel + ": " + status + ", then " + deliveries[i + 1].channel];
    }
    TRY(const auto row, store::findDocument(reader, store::Viewer::system(), document));
    ++doors[row.door];
    if (!deliveries.empty()) {
      ++channels[deliveries.front().channel];
      auto& used = newestFirst_[row.entry.counterpartName];
      if (used.empty() || used.back() != deliveries.front().channel)
        used.push_back(deliveries.front().channel);
    }
    TRY(const auto happened, store::eventsOf(reader, store::Viewer::system(), document));
    for (const auto& event : happened) ++events[std::string(document::name(event.type))];
    if (const auto* failed = std::get_if<store::FailedFact>(&happened.back().fact)) ++failures[failed->code];
    return {};
  }

  const World world_;
  std::map<std::string, std::vector<std::string>> newestFirst_;  // channels, by receiver
  std::string folder_;
};

}  // namespace postgang::app::demo
