// What filters have stopped, as lists and trends ask for it; and what a receiver sees of it.
#include "store/stops.h"

#include "store/upkeep.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class Stops : public World {
 protected:
  static FindingFact orderMissing() {
    FindingFact finding;
    finding.id = "demand-missing";
    finding.severity = "error";
    finding.term = "BT-13";
    finding.parameters = {{"demand", "order"}, {"filter", "f1"}};
    return finding;
  }
  StoppedFact byReceiver() { return {{orderMissing()}, std::nullopt, company(2)}; }

  DocumentId recognised(const std::string& number) {
    const auto id = received(company(1));
    appendTo(id, {{EventType::recognised, {}, invoiceFacts(company(1), company(2), number, "100.00")}});
    return id;
  }
  DocumentId returned(const std::string& number) {
    const auto id = recognised(number);
    appendTo(id, {{EventType::stopped, {}, byReceiver()}, {EventType::returned, {}, NoteFact{}}});
    return id;
  }
  std::vector<Stop> stops(CompanyId whose, Direction side, bool openOnly = false) {
    std::vector<Stop> found;
    read([&](Reader& reader) -> Outcome {
      StopQuery query;
      query.side = side;
      query.openOnly = openOnly;
      TRY(found, listStops(reader, of(whose), query));
      return {};
    });
    return found;
  }
  std::string statusFor(CompanyId whose, DocumentId id) {
    std::string status = "not there";
    read([&](Reader& reader) -> Outcome {
      if (const auto row = findDocument(reader, of(whose), id)) status = document::name(row->entry.status);
      return {};
    });
    return status;
  }
};
INSTANTIATE_BOTH_STORES(Stops);

TEST_P(Stops, are_the_senders_and_the_receivers_and_nobody_elses) {
  const auto id = returned("1");
  for (const auto& [whose, side] :
       {std::pair(company(1), Direction::sent), std::pair(company(2), Direction::received)}) {
    const auto found = stops(whose, side);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].document, id);
    EXPECT_EQ(found[0].cause, "demand-missing");
    EXPECT_EQ(found[0].term, "BT-13");
    EXPECT_EQ(found[0].demand, "order");
    EXPECT_EQ(found[0].number, "1");
    EXPECT_FALSE(found[0].settledAt);
  }
  EXPECT_TRUE(stops(company(1), Direction::received).empty());
  EXPECT_TRUE(stops(company(3), Direction::received).empty());
  EXPECT_TRUE(stops(company(3), Direction::sent).empty());
}

TEST_P(Stops, give_the_receiver_its_entry_before_anything_is_delivered) {
  const auto id = returned("1");
  EXPECT_EQ(statusFor(company(2), id), "returned");
  EXPECT_EQ(statusFor(company(3), id), "not there");
  const auto waiting = recognised("2");
  appendTo(waiting, {{EventType::held, {}, byReceiver()}});
  EXPECT_EQ(statusFor(company(2), waiting), "held");
}

TEST_P(Stops, show_the_receiver_its_own_demands_and_no_more) {
  const auto id = recognised("1");
  auto fact = byReceiver();
  FindingFact ground;
  ground.id = "number-missing";
  fact.findings.push_back(ground);
  appendTo(id, {{EventType::stopped, {}, fact}});
  const auto count = [&](CompanyId whose) {
    std::size_t findings = 0;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto found, findingsOf(reader, of(whose), id));
      findings = found.size();
      return {};
    });
    return findings;
  };
  EXPECT_EQ(count(company(1)), 2u);
  EXPECT_EQ(count(company(2)), 1u);
}

TEST_P(Stops, are_settled_by_a_correction_a_release_and_a_recall) {
  const auto corrected = returned("1"), held = recognised("2"), recalled = returned("3"),
             open = returned("4");
  appendTo(held, {{EventType::held, {}, byReceiver()}});
  appendTo(corrected, {{EventType::superseded, {}, NoteFact{}}});
  appendTo(held, {{EventType::checked, {}, NoteFact{"Muntlig order"}}});
  appendTo(recalled, {{EventType::cancelled, {}, NoteFact{}}});
  std::map<DocumentId, std::string> how;
  for (const auto& stop : stops(company(2), Direction::received)) how[stop.document] = stop.settledHow;
  EXPECT_EQ(how[corrected], "corrected");
  EXPECT_EQ(how[held], "released");
  EXPECT_EQ(how[recalled], "cancelled");
  EXPECT_EQ(how[open], "");
  ASSERT_EQ(stops(company(2), Direction::received, true).size(), 1u);
}

TEST_P(Stops, keep_the_reason_in_the_list_when_the_document_is_returned_and_told_of) {
  const auto id = returned("1");
  NoticeFact notice;
  notice.way = "portal";
  notice.address = "Säljare AB";
  appendTo(id, {{EventType::notice_sent, {}, notice}});
  read([&](Reader& reader) -> Outcome {
    TRY(const auto row, findDocument(reader, of(company(1)), id));
    EXPECT_EQ(row.entry.lastEvent, EventType::stopped);
    EXPECT_EQ(row.entry.lastEventDetail, "demand-missing:BT-13");
    return {};
  });
}

TEST_P(Stops, are_made_again_by_rebuild) {
  const auto corrected = returned("1");
  returned("2");
  appendTo(corrected, {{EventType::superseded, {}, NoteFact{}}});
  const auto before = stops(company(2), Direction::received);
  ASSERT_TRUE(rebuild(store()));
  const auto after = stops(company(2), Direction::received);
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after[i].document, before[i].document);
    EXPECT_EQ(after[i].at, before[i].at);
    EXPECT_EQ(after[i].settledAt, before[i].settledAt);
    EXPECT_EQ(after[i].settledHow, before[i].settledHow);
  }
}

}  // namespace
}  // namespace postgang::store
