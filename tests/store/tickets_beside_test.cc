// Tickets beside documents and partners: what has the same trouble, what they are found by, what erasing
// leaves.
#include <algorithm>

#include "store/blobs.h"
#include "store/partner_facts.h"
#include "store/partners.h"
#include "store/search_words.h"
#include "store/sql/erasure.h"
#include "store/sql/session.h"
#include "store/ticket_stands.h"
#include "store/upkeep.h"
#include "tests/store/ticket_world.h"

namespace postgang::store {
namespace {

class TicketsBeside : public TicketWorld {};
INSTANTIATE_BOTH_STORES(TicketsBeside);

TEST_P(TicketsBeside, KnowWhatElseHasTheSameTrouble) {
  const auto sender = company(1), receiver = company(2), other = company(3);
  const auto stop = [&](CompanyId to, const std::string& finding) {
    const auto id = received(sender);
    StoppedFact stopped;
    stopped.findings = {{finding, "error", "BT-13", "", "", "Missing.", "", {}}};
    appendTo(id, {{EventType::recognised, {}, invoiceFacts(sender, to, "F" + id.text().substr(30))},
                  {EventType::stopped, {}, stopped}});
    return id;
  };
  const auto first = stop(receiver, "number-missing");
  const auto sameCause = stop(other, "number-missing");
  stop(receiver, "BR-CO-10");
  stop(other, "BR-CO-15");
  clock_.advanceSeconds(20 * 24 * 3600);
  stop(receiver, "number-missing");  // weeks later
  auto solved = fresh(sender, "Löst förut");
  solved.status = TicketStatus::solved;
  solved.cause = "number-missing";
  make(solved);
  auto open = fresh(sender, "Pågår");
  open.cause = "number-missing";
  make(open);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto row, findDocument(reader, of(sender), first));
    EXPECT_EQ(causeOf(row.entry), "number-missing");
    TRY(const auto alike, alikeDocuments(reader, of(sender), row.entry, 100));
    std::vector<DocumentId> ids;
    for (const auto& entry : alike) ids.push_back(entry.document);
    EXPECT_EQ(ids, (std::vector<DocumentId>{sameCause})) << "the receiver's other stops are another matter";
    TRY(const auto similar, similarTickets(reader, as(sender), row.entry, 5));
    EXPECT_EQ(similar.size(), 1U);
    for (const auto& each : similar) EXPECT_EQ(each.subject, "Löst förut");
    TRY(const auto others, similarTickets(reader, as(other), row.entry, 5));
    EXPECT_TRUE(others.empty()) << "another company's are none of its business";
    return {};
  });
}

TEST_P(TicketsBeside, KnowTheTroubleWhoeverHasLookedAtItSince) {
  const auto sender = company(1), receiver = company(2), other = company(3);
  const Actor amina{ActorKind::person, "", "Amina Norlin"};
  const auto make = [&](CompanyId to) {
    const auto id = received(sender);
    appendTo(id, {{EventType::recognised, {}, invoiceFacts(sender, to, "F" + id.text().substr(30))}});
    return id;
  };
  const auto stop = [&](EventType how) {
    const auto id = make(receiver);
    StoppedFact stopped;
    stopped.receiver = receiver;
    stopped.findings = {{"demand-missing", "error", "BT-13", "", "", "Missing.", "", {}}};
    appendTo(id, {{how, {}, stopped}});
    return id;
  };
  const auto reject = [&](CompanyId to, const std::string& why) {
    const auto id = make(to);
    DeliveryFact delivered;
    delivered.delivery = ids_.next<DeliveryId>();
    delivered.channel = "network";
    delivered.receiver = to;
    appendTo(id, {{EventType::delivered, {}, delivered}});
    appendTo(id, {{EventType::rejected, {}, NoteFact{why}}});
    return id;
  };
  const auto open = [&](DocumentId id, CompanyId by) {
    appendTo(id, {{EventType::opened, amina, AccessFact{by, "copy", {}, {}}}});
    appendTo(id, {{EventType::fetched, amina, AccessFact{by, "original", {}, {}}}});
  };
  const auto returned = stop(EventType::stopped), held = stop(EventType::held);
  appendTo(returned, {{EventType::returned, {}, NoteFact{}}});
  const auto rejected = reject(receiver, "wrong-amount"), alike = reject(receiver, "wrong-amount");
  reject(receiver, "not-ours");
  reject(other, "wrong-amount");
  for (const auto id : {returned, rejected, alike}) open(id, receiver);
  appendTo(held, {{EventType::fetched, amina, AccessFact{receiver, "original", {}, {}}}});
  read([&](Reader& reader) -> Outcome {
    for (const auto side : {sender, receiver})
      for (const auto& [id, cause] : {std::pair(returned, "demand-missing:BT-13"),
                                      {held, "demand-missing:BT-13"},
                                      {rejected, "wrong-amount"}}) {
        TRY(const auto row, findDocument(reader, of(side), id));
        EXPECT_EQ(causeOf(row.entry), cause) << side.value;
      }
    TRY(const auto row, findDocument(reader, of(sender), rejected));
    EXPECT_EQ(row.entry.lastEvent, EventType::rejected);
    TRY(const auto found, alikeDocuments(reader, of(sender), row.entry, 100));
    EXPECT_EQ(found.size(), 1U) << "another's rejection is another's";
    for (const auto& entry : found) EXPECT_EQ(entry.document, alike);
    TRY(const auto stopped, findDocument(reader, of(sender), returned));
    TRY(const auto others, alikeDocuments(reader, of(sender), stopped.entry, 100));
    EXPECT_EQ(others.size(), 1U);
    for (const auto& entry : others) EXPECT_EQ(entry.document, held);
    return {};
  });
}

TEST_P(TicketsBeside, KnowACounterpartThatHasNoElectronicIdentifier) {
  const auto sender = company(1);
  const std::string long_number(300, '7');
  for (const auto& number : {std::string("10284"), long_number}) {
    const auto stop = [&](const std::string& finding) {
      const auto id = received(sender);
      auto facts = invoiceFacts(sender, company(2), "F" + id.text().substr(30));
      facts.buyer = {"", "Åsa Öst", number, true, ""};
      StoppedFact stopped;
      if (!finding.empty()) stopped.findings = {{finding, "error", "BT-13", "", "", "Missing.", "", {}}};
      appendTo(id, {{EventType::recognised, {}, facts}, {EventType::stopped, {}, stopped}});
      return id;
    };
    const auto first = stop(""), second = stop("BR-CO-10");
    std::string identifier;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto row, findDocument(reader, of(sender), first));
      identifier = partnerIdentifierOf(row.entry.receiver);
      TRY(const auto alike, alikeDocuments(reader, of(sender), row.entry, 100));
      EXPECT_EQ(alike.size(), 1U);
      for (const auto& entry : alike) EXPECT_EQ(entry.document, second);
      return {};
    });
    EXPECT_TRUE(identifier.starts_with("customer:" + number.substr(0, 5)));
    auto open = fresh(sender, "Pågår");
    open.counterpart = identifier;
    make(open);
    auto solved = fresh(sender, "Löst förut");
    solved.status = TicketStatus::solved;
    solved.counterpart = identifier;
    make(solved);
    read([&](Reader& reader) -> Outcome {
      TRY(const auto row, findDocument(reader, of(sender), first));
      TRY(const auto similar, similarTickets(reader, as(sender), row.entry, 5));
      EXPECT_EQ(similar.size(), 1U);
      const std::vector<std::string> wanted{identifier};
      TRY(auto facts, partnerFacts(reader, of(sender), sender, wanted));
      EXPECT_EQ(facts[identifier].openTickets, 1);
      return {};
    });
  }
}

TEST_P(TicketsBeside, AreWhatTheirDocumentsAreFoundBy) {
  const auto document = received(company(1));
  const auto kept = make(fresh(company(1)), {about(document)});
  const auto indexed = indexLines(store(), 100);
  ASSERT_TRUE(indexed) << indexed.error().code;
  const auto found = [&](CompanyId as, const std::string& text) {
    EntryQuery query;
    query.text = text;
    return listed(of(as), query).size();
  };
  EXPECT_EQ(found(company(1), ticketNumberText(kept.number)), 1U);
  EXPECT_EQ(found(company(1), std::to_string(kept.number)), 1U);
  EXPECT_EQ(found(company(1), "99999"), 0U);
  EXPECT_EQ(found(company(2), ticketNumberText(kept.number)), 0U);
}

TEST_P(TicketsBeside, SayNothingOfADocumentThatIsErased) {
  const auto gone = received(company(1)), kept = received(company(1));
  auto one = fresh(company(1));
  one.cause = "demand-missing:BT-13";
  auto other = about(kept);
  other.number = "4712";
  const auto ticket = make(one, {about(gone), other});
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(noteTicketChange(tx, ticket.id, {clock_.now(), "document", {}, "4711", "Karin Sund"}));
    CHECK_OK(noteTicketChange(tx, ticket.id, {clock_.now(), "document", {}, "4712", "Karin Sund"}));
    return sql::eraseDocument(tx.connection(), gone, "test", clock_.now());
  });
  EXPECT_EQ(find(ticket.id).cause, "");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto changes, ticketChanges(reader, ticket.id));
    EXPECT_EQ(changes.size(), 2U);
    if (changes.size() == 2) {
      EXPECT_EQ(changes[0].after, "");
      EXPECT_EQ(changes[1].after, "4712") << "that one is still there";
    }
    return {};
  });
}

TEST_P(TicketsBeside, StandWhereTheyStandWithNotesAndWithout) {
  const auto stand = [&](const Ticket& ticket) {
    TicketStand found;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto stands, ticketStandsSince(reader, ticket.createdAt, 10));
      EXPECT_EQ(stands.size(), 1U);
      if (!stands.empty()) found = stands.front();
      TRY(const auto newest, newestTicketChange(reader));
      EXPECT_EQ(newest, found.changedAt);
      TRY(const auto later, ticketStandsSince(reader, newest.plusSeconds(1), 10));
      EXPECT_TRUE(later.empty());
      return {};
    });
    return found;
  };
  const auto say = [&](Ticket& ticket, bool internal) {
    clock_.advanceSeconds(60);
    ++ticket.changes;
    ticket.changedAt = clock_.now();
    TicketMessage message;
    message.id = ids_.next<TicketMessageId>();
    message.ticket = ticket.id;
    message.at = clock_.now();
    message.internal = internal;
    message.text = "Ordernumret finns.";
    write([&](Transaction& tx) -> Outcome {
      CHECK_OK(addTicketMessage(tx, message));
      return updateTicket(tx, ticket);
    });
  };
  const auto owner = company(1);
  clock_.advanceSeconds(3600);
  auto ticket = make(fresh(owner));
  EXPECT_EQ(stand(ticket).told, 0);
  say(ticket, false);
  const auto told = stand(ticket);
  EXPECT_EQ(told.told, 1);
  EXPECT_EQ(told.toldAt, clock_.now());
  say(ticket, true);
  const auto noted = stand(ticket);
  EXPECT_EQ(noted.changes, told.changes + 1);
  EXPECT_EQ(noted.changedAt, clock_.now());
  EXPECT_EQ(noted.told, told.told);
  EXPECT_EQ(noted.toldAt, told.toldAt);
  write([&](Transaction& tx) {
    return noteTicketChange(tx, ticket.id, {clock_.now(), "status", "new", "solved", "Olle"});
  });
  EXPECT_EQ(stand(ticket).told, 2);
  EXPECT_EQ(stand(ticket).toldAt, clock_.now());
}

TEST_P(TicketsBeside, CountWhatOneAddressHasMadeByMail) {
  make(fresh(company(1)));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto made, ticketsMailedBy(reader, "karin@nordhamn.example", clock_.now().plusSeconds(-60)));
    EXPECT_EQ(made, 1);
    TRY(const auto later, ticketsMailedBy(reader, "karin@nordhamn.example", clock_.now().plusSeconds(60)));
    EXPECT_EQ(later, 0);
    TRY(const auto nobody, ticketsMailedBy(reader, "", clock_.now().plusSeconds(-60)));
    EXPECT_EQ(nobody, 0);
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
