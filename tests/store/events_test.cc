#include "store/events.h"

#include "store/document_chain.h"
#include "store/documents.h"
#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class Events : public BothStores {};
INSTANTIATE_BOTH_STORES(Events);

const Viewer all = Viewer::system();
Viewer of(CompanyId company) {
  return Viewer::ofCompanies({company}, {});
}

TEST_P(Events, ADocumentGoesFromTheDoorIntoTheInbox) {
  const auto seller = company(1), buyer = company(2);
  const auto id = delivered(seller, buyer, invoiceFacts(seller, buyer, "4711"));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto row, findDocument(reader, of(seller), id));
    EXPECT_EQ(row.entry.status, Status::delivered);
    EXPECT_EQ(row.entry.direction, Direction::sent);
    EXPECT_EQ(row.entry.number, "4711");
    EXPECT_EQ(row.entry.amount, Decimal::parse("1250"));
    EXPECT_EQ(row.entry.channel, "network");
    TRY(const auto mine, findDocument(reader, of(buyer), id));
    EXPECT_EQ(mine.entry.direction, Direction::received);
    EXPECT_EQ(mine.entry.status, Status::delivered);
    TRY(const auto deliveries, deliveriesOf(reader, of(seller), id));
    EXPECT_EQ(deliveries.size(), 1U);
    EXPECT_EQ(deliveries.front().evidence, "inbox");
    return {};
  });
}

TEST_P(Events, AStrangerAndAnAbsentDocumentAnswerAlike) {
  const auto seller = company(1), buyer = company(2), stranger = company(3);
  const auto id = delivered(seller, buyer, invoiceFacts(seller, buyer, "4711"));
  read([&](Reader& reader) -> Outcome {
    for (const auto document : {id, ids_.next<DocumentId>()}) {
      const auto found = findDocument(reader, of(stranger), document);
      const auto events = eventsOf(reader, of(stranger), document);
      EXPECT_FALSE(found);
      EXPECT_FALSE(events);
      if (found || events) continue;
      EXPECT_EQ(found.error().kind, ProblemKind::not_found);
      EXPECT_EQ(found.error().code, events.error().code);
    }
    const auto absent = eventsOf(reader, Viewer::system(), ids_.next<DocumentId>());
    EXPECT_TRUE(!absent && absent.error().code == "document-not-found");
    return {};
  });
}

TEST_P(Events, BeforeItLiesInTheInboxTheReceiverSeesNothing) {
  const auto seller = company(1), buyer = company(2);
  const auto id = received(seller);
  appendTo(id, {{EventType::recognised, {}, invoiceFacts(seller, buyer, "1")}});
  read([&](Reader& reader) -> Outcome {
    EXPECT_TRUE(findDocument(reader, of(seller), id));
    EXPECT_FALSE(findDocument(reader, of(buyer), id));
    return {};
  });
}

TEST_P(Events, TheReceiversTimelineBeginsAtTheInbox) {
  const auto seller = company(1), buyer = company(2);
  const auto id = delivered(seller, buyer, invoiceFacts(seller, buyer, "4711"));
  appendTo(id, {{EventType::opened, {ActorKind::person, "u1", "Karin Holm"}, AccessFact{buyer, "copy"}}});
  read([&](Reader& reader) -> Outcome {
    TRY(const auto theirs, eventsOf(reader, of(seller), id));
    EXPECT_EQ(theirs.size(), 7U);
    EXPECT_EQ(theirs.back().actor.name, "Karin Holm");
    TRY(const auto mine, eventsOf(reader, of(buyer), id));
    EXPECT_EQ(mine.size(), 2U);
    EXPECT_EQ(mine.front().type, EventType::delivered);
    TRY(const auto row, findDocument(reader, of(seller), id));
    EXPECT_EQ(row.entry.status, Status::opened);
    EXPECT_EQ(row.entry.lastEventDetail, "Karin Holm");
    return {};
  });
}

TEST_P(Events, AnAppendThatHasSeenLessIsRefused) {
  const auto id = received(company(1));
  const auto outcome = store().write(Priority::walk, [&](Transaction& tx) {
    return append(tx, id, 0, {{EventType::checked, {}, NoteFact{}}}, {});
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "stale-sequence");
  EXPECT_EQ(outcome.error().kind, ProblemKind::conflict);
}

TEST_P(Events, ABodyThatFailsLeavesNothing) {
  const auto seller = company(1);
  const auto id = ids_.next<DocumentId>();
  const auto outcome = store().write(Priority::walk, [&](Transaction& tx) -> Outcome {
    ReceivedFact fact;
    fact.sender = seller;
    CHECK_OK(
        append(tx, id, 0, {{EventType::received, {}, fact}}, {{"advance", "advance:x", id, seller, {}, ""}}));
    return fail(ProblemKind::invalid, "changed-my-mind", "No.");
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "changed-my-mind");
  read([&](Reader& reader) -> Outcome {
    EXPECT_EQ(*lastSequence(reader, id), 0);
    TRY(const auto states, queueStates(reader));
    EXPECT_TRUE(states.empty());
    return {};
  });
}

TEST_P(Events, WhatIsAcknowledgedIsThereAfterARestart) {
  const auto seller = company(1), buyer = company(2);
  const auto id = delivered(seller, buyer, invoiceFacts(seller, buyer, "4711"));
  reopen();
  read([&](Reader& reader) -> Outcome {
    TRY(const auto chain, chainOf(reader, all, id));
    EXPECT_TRUE(chain.intact);
    EXPECT_EQ(chain.length, 6);
    return {};
  });
}

TEST_P(Events, AChangedPayloadBreaksTheChain) {
  const auto id = received(company(1));
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(tx.connection().run("UPDATE events SET payload = ?2 WHERE document = ?1",
                                 {id, sql::Value::bytes("{\"sender\":1}")}));
    return {};
  });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto chain, chainOf(reader, all, id));
    EXPECT_FALSE(chain.intact);
    return {};
  });
}

TEST_P(Events, AVersionCarriesItsPredecessorsHead) {
  const auto seller = company(1), buyer = company(2);
  const auto first = delivered(seller, buyer, invoiceFacts(seller, buyer, "4711"));
  const auto second = ids_.next<DocumentId>();
  ReceivedFact fact;
  fact.sender = seller;
  fact.supersedes = first;
  write([&](Transaction& tx) { return append(tx, second, 0, {{EventType::received, {}, fact}}, {}); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto chain, chainOf(reader, all, first));
    TRY(const auto events, eventsOf(reader, all, second));
    EXPECT_EQ(std::get<ReceivedFact>(events.front().fact).predecessorHead, chain.head);
    TRY(const auto versions, versionsOf(reader, of(seller), second));
    EXPECT_EQ(versions.size(), 2U);
    return {};
  });
}

// A fault at each step in turn: all of it or nothing, whichever statement fails.
TEST_P(Events, AFaultAtAnyStepLeavesAllOrNothing) {
  const auto seller = company(1);
  int failAt = 0, step = 0;
  options().fault = [&](std::string_view) -> Outcome {
    if (failAt > 0 && ++step == failAt)
      return fail(ProblemKind::unavailable, "store-full", "The disk is full.");
    return {};
  };
  reopen();
  bool finished = false;
  for (failAt = 1; !finished && failAt < 60; ++failAt) {
    step = 0;
    const auto id = ids_.next<DocumentId>();
    ReceivedFact fact;
    fact.sender = seller;
    const auto outcome = store().write(Priority::intake, [&](Transaction& tx) {
      return append(tx, id, 0, {{EventType::received, {}, fact}},
                    {{"advance", "advance:" + id.text(), id, seller, {}, ""}});
    });
    finished = step < failAt;  // the write had fewer steps than that
    const auto kept = failAt;
    failAt = 0;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto last, lastSequence(reader, id));
      EXPECT_EQ(last, outcome ? 1 : 0) << "step " << kept;
      return {};
    });
    failAt = kept;
  }
  EXPECT_TRUE(finished);
  options().fault = {};
  reopen();
}

}  // namespace
}  // namespace postgang::store
