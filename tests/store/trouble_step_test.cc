// What an earlier version kept as a document's trouble, once somebody had looked at it.
#include "store/sql/session.h"
#include "store/upkeep.h"
#include "tests/store/older_schema.h"
#include "tests/store/ticket_world.h"

namespace postgang::store {
namespace {

constexpr std::int64_t before_troubles = 27;  // a step of sql/migrations.cc

class TroubleStep : public TicketWorld {
 protected:
  DocumentId rejected(CompanyId sender, CompanyId receiver) {
    const auto id = received(sender);
    DeliveryFact delivered;
    delivered.delivery = ids_.next<DeliveryId>();
    delivered.channel = "network";
    delivered.receiver = receiver;
    appendTo(id, {{EventType::recognised, {}, invoiceFacts(sender, receiver, "4711")},
                  {EventType::delivered, {}, delivered}});
    appendTo(id, {{EventType::rejected, {}, NoteFact{"wrong-amount"}}});
    appendTo(id, {{EventType::opened, amina_, AccessFact{receiver, "copy", {}, {}}}});
    return id;
  }
  static std::string damagesOf(Store& store) {
    std::string damages;
    const auto report = verify(store);
    EXPECT_TRUE(report);
    if (report)
      for (const auto& damage : report->damages)
        if (damage.detail.find("bytes") == std::string::npos)  // these documents' were never kept
          damages += damage.what + " " + damage.detail + "\n";
    return damages;
  }

  const Actor amina_{ActorKind::person, "", "Amina Norlin"};
};
INSTANTIATE_BOTH_STORES(TroubleStep);

TEST_P(TroubleStep, NamesItAgainWhereThePersonWhoLookedStoodInstead) {
  const auto sender = company(1), receiver = company(2);
  const auto document = rejected(sender, receiver);
  auto asked = fresh(sender);
  asked.cause = amina_.name;
  auto said = fresh(sender);
  said.cause = "demand-missing:BT-13";
  const auto wrong = make(asked, {about(document)}), right = make(said, {about(document)});
  write([&](Transaction& tx) {
    return tx.connection().later(
        "UPDATE entries SET last_event = 'opened', last_event_detail = ?2 WHERE document = ?1",
        {document, amina_.name});
  });
  EXPECT_NE(damagesOf(store()), "");

  TemporaryFolder folder;
  auto older = options();
  older.dataFolder = folder.path();
  if (!older.databaseUrl.empty()) older.databaseUrl = newPostgresDatabase().value_or("");
  fillOlder(options(), older, before_troubles);
  const auto opened = Store::open(older, clock_);
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(damagesOf(**opened), "");
  EXPECT_TRUE((*opened)->read([&](Reader& reader) -> Outcome {
    for (const auto side : {sender, receiver}) {
      TRY(const auto row, findDocument(reader, of(side), document));
      EXPECT_EQ(row.entry.lastEvent, EventType::rejected);
      EXPECT_EQ(row.entry.lastEventDetail, "wrong-amount");
    }
    TRY(const auto again, ticket(reader, ticketSystem(), wrong.id));
    EXPECT_EQ(again.cause, "wrong-amount");
    TRY(const auto other, ticket(reader, ticketSystem(), right.id));
    EXPECT_EQ(other.cause, "demand-missing:BT-13") << "what it was when it was asked";
    return {};
  }));
}

}  // namespace
}  // namespace postgang::store
