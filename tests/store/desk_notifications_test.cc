// What comes to a desk, told to each by name, on both stores: rows join whosever they are.
#include "tests/store/told_people.h"

namespace postgang::store {
namespace {

class DeskNotifications : public ToldPeople {
 protected:
  Notification ticketOf(UserId user, CompanyId company, CompanyId desk) {
    Notification row;
    row.user = user;
    row.kind = "ticket";
    row.company = company;
    row.path = "/tickets/1";
    row.words = {{"number", "A-1"}, {"subject", "Fakturan stoppas"}, {"what", "created"}};
    row.personal = true;
    row.desk = desk;
    row.mail = "each";
    return row;
  }
  // What it would join, and whether it did.
  std::optional<NotificationId> join(const Notification& other) {
    std::optional<NotificationId> into;
    write([&](Transaction& tx) -> Outcome {
      const auto now = clock_.now();
      TRY(into, notificationToJoin(tx, other, now.plusSeconds(-600), now.plusSeconds(-3600)));
      if (!into) return {};
      TRY(const bool joined, joinNotification(tx, *into, "/tickets?status=new", now, {{"what", "created"}}));
      EXPECT_TRUE(joined);
      return {};
    });
    return into;
  }
};
INSTANTIATE_BOTH_STORES(DeskNotifications);

TEST_P(DeskNotifications, AreOneRowWhosesoeverTheyAre) {
  const auto desk = company(3), first = company(1), second = company(2), elsewhere = company(4);
  const auto user = person("olle@x.example", {{desk, "support"}});
  auto named = ticketOf(user, first, desk);
  named.desk.reset();
  put(named);
  auto about = ticketOf(user, first, desk);
  about.direction = Direction::sent;
  about.type = document::Kind::invoice;
  about.document = ids_.next<DocumentId>();
  const auto row = put(about);
  EXPECT_FALSE(join(ticketOf(user, first, elsewhere))) << "another desk's";
  EXPECT_EQ(join(ticketOf(user, second, desk)), row);
  EXPECT_FALSE(join(named)) << "what is said of one ticket stays by itself";
  read([&](Reader& reader) -> Outcome {
    TRY(const auto page, listNotifications(reader, {user, Viewer::ofCompanies({desk}, {})}, {}));
    EXPECT_EQ(page.items.size(), 1U) << "it is the desk's now, the other one is not";
    if (page.items.empty()) return {};
    const auto& kept = page.items.front();
    EXPECT_EQ(kept.count, 2);
    EXPECT_EQ(kept.company, desk);
    EXPECT_EQ(kept.desk, desk);
    EXPECT_FALSE(kept.direction || kept.type || kept.document);
    EXPECT_EQ(kept.words, (NewsWords{{"what", "created"}}));
    EXPECT_EQ(kept.path, "/tickets?status=new");
    return {};
  });
}

TEST_P(DeskNotifications, OneMailOfADeskHoldsBackTheNextOfThatDeskAlone) {
  const auto desk = company(3), customer = company(1);
  const auto user = person("olle@x.example", {{desk, "support"}});
  const auto lastOf = [&](const Notification& like) {
    std::optional<Instant> at;
    read([&](Reader& reader) -> Outcome {
      TRY(at, lastMailedAt(reader, like));
      return {};
    });
    return at;
  };
  auto answer = ticketOf(user, customer, desk);
  answer.desk.reset();
  const auto answered = put(answer), made = put(ticketOf(user, customer, desk));
  const auto at = clock_.now();
  write([&](Transaction& tx) { return markMailed(tx, {answered}, at); });
  EXPECT_FALSE(lastOf(ticketOf(user, customer, desk))) << "an answer is no crowd";
  write([&](Transaction& tx) { return markMailed(tx, {made}, at); });
  EXPECT_EQ(lastOf(ticketOf(user, customer, desk)), at);
  EXPECT_FALSE(join(ticketOf(user, customer, desk))) << "what was mailed does not grow";
}

}  // namespace
}  // namespace postgang::store
