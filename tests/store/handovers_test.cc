// How receivers take documents, what waits for their systems, test documents and watched folders, on both
// stores.
#include "store/handovers.h"

#include "store/watched_folders.h"
#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class Handovers : public BothStores {
 protected:
  // Handed over to the receiver's system and not taken yet.
  std::pair<DocumentId, DeliveryId> handed(const std::string& number, std::string_view channel,
                                           std::string_view evidence) {
    const auto document = received(company(1));
    DeliveryFact fact;
    fact.delivery = ids_.next<DeliveryId>();
    fact.channel = channel;
    fact.receiver = company(2);
    auto sent = fact;
    sent.evidence = evidence;
    appendTo(document, {{EventType::recognised, {}, invoiceFacts(company(1), company(2), number)},
                        {EventType::checked, {}, NoteFact{}},
                        {EventType::delivery_started, {}, fact},
                        {EventType::sent, {}, sent}});
    clock_.advanceSeconds(1);
    return {document, fact.delivery};
  }
  void tell(std::pair<DocumentId, DeliveryId> handed, EventType type, std::string_view channel) {
    DeliveryFact fact;
    fact.delivery = handed.second;
    fact.channel = channel;
    fact.receiver = company(2);
    if (type == EventType::delivered) fact.evidence = "confirmed";
    appendTo(handed.first, {{type, {}, fact}});
  }
  std::vector<std::string> waiting(std::optional<DeliveryId> after = {}, int limit = 10) {
    std::vector<std::string> numbers;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto found, waitingHandovers(reader, company(2), after, limit));
      for (const auto& each : found) numbers.push_back(each.number + (each.overdue ? " overdue" : ""));
      last_ = found.empty() ? DeliveryId() : found.back().delivery;
      return {};
    });
    return numbers;
  }
  OverdueHandovers overdue(CompanyId viewer, Direction direction) {
    OverdueHandovers found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, overdueHandovers(reader, Viewer::ofCompanies({viewer}, {}), direction, 10));
      return {};
    });
    return found;
  }
  DeliveryId last_;
};
INSTANTIATE_BOTH_STORES(Handovers);

using Texts = std::vector<std::string>;

TEST_P(Handovers, WhatWaitsIsListedOldestFirstUntilItIsTaken) {
  const auto first = handed("1", "network", "waiting");
  const auto second = handed("2", "system", "file");
  handed("3", "system", "smtp");
  EXPECT_EQ(waiting(), (Texts{"1", "2"})) << "nobody confirms a mail";
  EXPECT_EQ(waiting({}, 1), Texts{"1"});
  EXPECT_EQ(waiting(last_), Texts{"2"});
  tell(first, EventType::delivered, "network");
  EXPECT_EQ(waiting(), Texts{"2"});
  tell(second, EventType::not_fetched, "system");
  EXPECT_EQ(waiting(), Texts{"2 overdue"});
  EXPECT_EQ(overdue(company(1), Direction::sent).documents, 1);
  EXPECT_EQ(overdue(company(2), Direction::received).documents, 1);
  EXPECT_EQ(overdue(company(2), Direction::sent).documents, 0);
  EXPECT_EQ(overdue(company(3), Direction::received).documents, 0);
  EXPECT_EQ(overdue(company(2), Direction::received).shown.at(0).number, "2");
  tell(second, EventType::delivered, "system");
  EXPECT_EQ(waiting(), Texts{});
  EXPECT_EQ(overdue(company(1), Direction::sent).documents, 0);
}

TEST_P(Handovers, TheReceiverHasItWhileItWaits) {
  const auto [document, delivery] = handed("1", "network", "waiting");
  read([&, id = document](Reader& reader) -> Outcome {
    TRY(const auto row, findDocument(reader, Viewer::ofCompanies({company(2)}, {}), id));
    EXPECT_EQ(row.entry.direction, Direction::received);
    EXPECT_EQ(row.entry.status, Status::sent);
    return {};
  });
}

TEST_P(Handovers, ASettingHasVersionsAndTheFirstToChangeItWins) {
  const auto buyer = company(2), seller = company(1);
  const auto set = [&](std::int64_t version, std::string_view settings) {
    HandoverSetting setting{"invoice", std::string(settings), "whsec_x", version, clock_.now(), "Karin Sund"};
    std::string code;
    const auto written = store().write(
        Priority::walk, [&](Transaction& tx) { return setHandoverSetting(tx, buyer, setting); });
    return written ? std::string() : written.error().code;
  };
  EXPECT_EQ(set(0, "{\"way\":\"api\"}"), "");
  EXPECT_EQ(set(0, "{\"way\":\"inbox\"}"), "handover-settings-changed");
  EXPECT_EQ(set(1, "{\"way\":\"inbox\"}"), "");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto settings, handoverSettings(reader, buyer));
    EXPECT_EQ(settings.size(), 1U);
    EXPECT_EQ(settings.at(0).version, 2);
    EXPECT_EQ(settings.at(0).settings, "{\"way\":\"inbox\"}");
    EXPECT_EQ(settings.at(0).changedBy, "Karin Sund");
    TRY(const auto others, handoverSettings(reader, seller));
    EXPECT_TRUE(others.empty());
    return {};
  });
}

TEST_P(Handovers, ATestIsItsCompanysOwn) {
  const auto buyer = company(2), seller = company(1);
  HandoverTest test;
  test.id = ids_.next<HandoverTestId>();
  test.company = buyer;
  test.kind = "invoice";
  test.way = "api";
  test.number = "TEST-1";
  test.original = "<Invoice/>";
  test.startedAt = clock_.now();
  test.state = "waiting";
  write([&](Transaction& tx) { return createHandoverTest(tx, test); });
  test.state = "delivered";
  test.endedAt = clock_.now();
  write([&](Transaction& tx) { return updateHandoverTest(tx, test); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto own, handoverTest(reader, buyer, test.id));
    EXPECT_EQ(own->state, "delivered");
    EXPECT_EQ(own->original, "<Invoice/>");
    TRY(const auto other, handoverTest(reader, seller, test.id));
    EXPECT_FALSE(other);
    return {};
  });
  write([&](Transaction& tx) { return forgetHandoverTests(tx, buyer, 0); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto left, handoverTests(reader, buyer, 10));
    EXPECT_TRUE(left.empty());
    return {};
  });
}

TEST_P(Handovers, AWatchedFileIsKnownByNameAndContent) {
  const auto seller = company(1);
  WatchedFolder folder;
  folder.settings = "{}";
  folder.changedAt = clock_.now();
  WatchedFile file;
  file.name = "a.xml";
  file.digest = sha256("one");
  file.size = 3;
  file.state = "seen";
  file.seenAt = clock_.now();
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(setWatchedFolder(tx, seller, folder));
    CHECK_OK(noteLook(tx, seller, clock_.now(), "drop-unreachable"));
    CHECK_OK(putWatchedFile(tx, seller, file));
    file.state = "taken";
    return putWatchedFile(tx, seller, file);
  });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto kept, watchedFolder(reader, seller));
    EXPECT_EQ(kept->version, 1);
    EXPECT_EQ(kept->trouble, "drop-unreachable");
    TRY(const auto known, watchedFile(reader, seller, "a.xml", sha256("one")));
    EXPECT_EQ(known->state, "taken");
    TRY(const auto other, watchedFile(reader, seller, "a.xml", sha256("two")));
    EXPECT_FALSE(other);
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
