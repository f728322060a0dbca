// A desk that companies share by Delad insyn: who is of it, takes its tickets and hears of them, is who may
// answer them.
#include <gtest/gtest.h>

#include <set>

#include "access/hearing.h"
#include "access/ticket_viewer.h"
#include "channels/company_settings.h"
#include "store/grants.h"
#include "store/notifications.h"
#include "tests/flow/ticketed.h"

namespace postgang::flow {
namespace {

class SharedDesk : public Ticketed {
 protected:
  SharedDesk() {
    nordhamn_ = company("Nordhamn AB", "0007:5599900031");
    lager_ = company("Nordhamn Lager AB", "0007:5599900056", nordhamn_);
    write([&](store::Transaction& tx) -> Outcome {
      CHECK_OK(store::setParent(tx, energi_, nordhamn_));
      return store::setCompanySetting(tx, energi_, channels::ticket_desk_setting, R"("own")", "test");
    });
    sara_ = person("sara@lager.example", "Sara Lager", lager_, "support");
    lars_ = person("lars@lager.example", "Lars Läsare", lager_, "reader");
    maj_ = person("maj@nordhamn.example", "Maj Support", nordhamn_, "support");
  }
  void grant(bool received, bool mayAct) {
    store::Grant given;
    given.owner = energi_;
    given.viewer = lager_;
    given.received = received;
    given.mayAct = mayAct;
    given.changedAt = clock_.now();
    write([&](store::Transaction& tx) { return store::putGrant(tx, given); });
  }
  store::TicketViewer viewerOf(const store::User& user, CompanyId actingFor) {
    store::TicketViewer viewer;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto company, store::company(reader, actingFor));
      TRY(viewer, access::ticketViewerOf(reader, user, company));
      return {};
    }));
    return viewer;
  }
  TicketAuthor sara() {
    auto author = as(sara_, lager_, true);
    author.viewer = viewerOf(sara_, lager_);
    return author;
  }
  store::Ticket about(const std::string& number) {
    Sample sample;
    sample.number = number;
    NewTicket made;
    made.documents = {send(sample)};
    walk();
    const auto ticket = make(karin(), made);
    walk();
    return ticket;
  }
  std::set<std::string> people(const store::Ticket& ticket) {
    std::set<std::string> names;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto found, deskPeople(reader, ticket));
      for (const auto& each : found) EXPECT_TRUE(names.insert(each.user.name).second) << each.user.name;
      return {};
    }));
    return names;
  }
  std::vector<store::Notification> shownTo(const store::User& user) {
    std::vector<store::Notification> rows;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto hearer, access::hearerOf(reader, user));
      TRY(auto page, store::listNotifications(reader, hearer, {.kind = "ticket"}));
      rows = std::move(page.items);
      return {};
    }));
    return rows;
  }
  std::string take(const TicketAuthor& author, const store::Ticket& ticket) {
    TicketPatch patch;
    patch.assignee.emplace(author.viewer.user);
    return change(author, ticket.id, patch);
  }

  using Names = std::set<std::string>;
  CompanyId nordhamn_, lager_;
  store::User sara_, lars_, maj_;
};

TEST_F(SharedDesk, takes_tickets_and_hears_of_them) {
  grant(true, true);
  const auto ticket = about("4711");
  EXPECT_EQ(people(ticket), (Names{"Karin Sund", "Maj Support", "Sara Lager"}));
  ASSERT_EQ(shownTo(sara_).size(), 1U);
  EXPECT_EQ(shownTo(sara_)[0].words.at("what"), "created");
  EXPECT_TRUE(shownTo(lars_).empty());
  EXPECT_EQ(take(sara(), ticket), "");
  EXPECT_EQ(find(ticket.id).assigneeName, "Sara Lager");
  EXPECT_EQ(say(karin(), ticket.id, {}), "") << "who asked";
  walk();
  about("4712");
  about("4713");
  EXPECT_FALSE(shownTo(sara_).empty());
  std::int64_t told = 0;
  for (const auto& row : shownTo(sara_)) told += row.count;
  EXPECT_EQ(told, 4) << "three that are new, as one row of a company that she sees, and an answer";
}

TEST_F(SharedDesk, is_of_who_may_answer_and_nobody_else) {
  const auto expectSame = [&](const store::Ticket& ticket) {
    const auto names = people(ticket);
    for (const auto& [user, actingFor] : {std::pair(karin_, energi_), {sara_, lager_}, {lars_, lager_}})
      EXPECT_EQ(names.contains(user.name), viewerOf(user, actingFor).isDeskOf(ticket)) << user.name;
    return names;
  };
  const auto ticket = about("4711");
  EXPECT_EQ(expectSame(ticket), (Names{"Karin Sund", "Maj Support"})) << "nothing is shared";
  grant(true, false);
  EXPECT_EQ(expectSame(ticket), (Names{"Karin Sund", "Maj Support"})) << "to read";
  grant(false, true);
  EXPECT_TRUE(expectSame(ticket).contains("Sara Lager")) << "it is about what was sent";
  EXPECT_FALSE(expectSame(make(karin())).contains("Sara Lager")) << "about no document";
  EXPECT_EQ(take(sara(), make(karin())), "not-found");
}

}  // namespace
}  // namespace postgang::flow
