// Who sees which tickets, over random trees, memberships, grants and tickets, held against a model that knows
// nothing but the tree, the grants and what each ticket is about. As insight_test.cc, of another way out.
#include <algorithm>
#include <random>

#include "access/visibility.h"
#include "store/tickets.h"
#include "tests/access/random_group.h"
#include "tests/store/both_stores.h"

namespace postgang::access {
namespace {

using store::Reader;
using store::Ticket;
using store::TicketStatus;

class InsightOfTickets : public RandomGroup<store::BothStores> {
 protected:
  void happen(unsigned seed) {
    plant(seed, 8, 12);
    for (int i = 0; i < 60; ++i) ask(i);
  }

  // A ticket about none, one or two documents, with a note in it.
  void ask(int number) {
    Ticket ticket;
    ticket.id = ids_.next<store::TicketId>();
    ticket.company = any();
    if (some(2) == 0) ticket.desk = some(2) == 0 ? ticket.company : any();
    ticket.subject = "Fråga " + std::to_string(number);
    ticket.status = static_cast<TicketStatus>(some(5));
    ticket.mailKey = "key" + ticket.id.text();
    ticket.createdAt = ticket.changedAt = clock_.now();
    ticket.answerDue = ticket.solutionDue = clock_.now().plusSeconds(3600);
    for (int i = some(3); i > 0; --i) {
      store::TicketDocument document;
      document.document = ids_.next<DocumentId>();
      document.direction = some(2) == 0 ? Direction::sent : Direction::received;
      document.kind = some(3) == 0 ? Kind::credit_note : Kind::invoice;
      document.attachedAt = clock_.now();
      ticket.documents.push_back(document);
    }
    write([&](store::Transaction& tx) -> Outcome {
      TRY(ticket.number, store::createTicket(tx, ticket));
      for (const auto& document : ticket.documents) CHECK_OK(store::attachDocument(tx, ticket.id, document));
      for (const bool internal : {false, true}) {
        store::TicketMessage message;
        message.id = ids_.next<store::TicketMessageId>();
        message.ticket = ticket.id;
        message.at = clock_.now();
        message.internal = internal;
        message.text = internal ? "Bara vi" : "Hej";
        CHECK_OK(store::addTicketMessage(tx, message));
      }
      return {};
    });
    tickets_.push_back(ticket);
    clock_.advanceSeconds(some(3));  // some at one instant
  }

  bool whole(const Asker& as, CompanyId company, bool toAct) const {
    std::set<CompanyId> own{as.company};
    if (as.everything) own.merge(model_.mayActFor(as.user));
    return std::ranges::any_of(own, [&](CompanyId each) {
      return (!toAct || model_.rank(as.user, each) >= rankOfRole("support")) &&
             model_.beneath(each).contains(company);
    });
  }
  bool sees(const Asker& as, const Ticket& ticket, bool toAct = false) const {
    if (whole(as, ticket.company, toAct)) return true;
    return !ticket.documents.empty() && std::ranges::all_of(ticket.documents, [&](const auto& document) {
      return model_.sees(as.user, as.company, as.everything, ticket.company, document.direction,
                         document.kind, toAct);
    });
  }
  bool isDesk(const Asker& as, const Ticket& ticket) const {
    if (!ticket.desk || model_.rank(as.user, as.company) < rankOfRole("support")) return false;
    return *ticket.desk == as.company || (!whole(as, ticket.company, false) && sees(as, ticket, true));
  }

  store::User someone() {
    store::User user;
    user.id = ids_.next<UserId>();
    constexpr const char* roles[] = {"reader", "support", "clerk", "administrator"};
    for (int i = 0; i <= some(3); ++i) user.memberships.push_back({any(), roles[some(4)]});
    return user;
  }

  store::TicketViewer viewerFor(const Asker& as) {
    store::TicketViewer viewer;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto company, companyToActFor(reader, as.user, as.company));
      TRY(viewer.viewer, viewerOf(reader, as.user, company, as.everything));
      return {};
    });
    viewer.acting = viewer.viewer.acting();
    viewer.company = as.company;
    viewer.user = as.user.id;
    viewer.answers = model_.rank(as.user, as.company) >= rankOfRole("support");
    return viewer;
  }

  std::multiset<std::string> listed(const store::TicketViewer& viewer, store::TicketQuery query) {
    std::multiset<std::string> all;
    query.limit = 4;
    read([&](Reader& reader) -> Outcome {
      for (int pages = 0; pages < 100; ++pages) {
        TRY(const auto page, store::listTickets(reader, viewer, query));
        for (const auto& ticket : page.items) all.insert(ticket.subject);
        if (!page.nextCursor) break;
        query.cursor = *page.nextCursor;
      }
      return {};
    });
    return all;
  }
  std::multiset<std::string> wanted(const std::function<bool(const Ticket&)>& take) const {
    std::multiset<std::string> all;
    for (const auto& ticket : tickets_)
      if (take(ticket)) all.insert(ticket.subject);
    return all;
  }

  void expectAll(const Asker& as, const store::TicketViewer& viewer);

  std::vector<Ticket> tickets_;
};
INSTANTIATE_BOTH_STORES(InsightOfTickets);

void InsightOfTickets::expectAll(const Asker& as, const store::TicketViewer& viewer) {
  const auto seen = [&](const Ticket& ticket) { return sees(as, ticket); };
  EXPECT_EQ(listed(viewer, {}), wanted(seen));
  store::TicketQuery waiting;
  waiting.statuses = {TicketStatus::waiting};
  EXPECT_EQ(listed(viewer, waiting), wanted([&](const Ticket& ticket) {
              return seen(ticket) && ticket.status == TicketStatus::waiting;
            }));
  store::TicketQuery ofOne;
  ofOne.company = any();
  EXPECT_EQ(listed(viewer, ofOne),
            wanted([&](const Ticket& ticket) { return seen(ticket) && ticket.company == ofOne.company; }));
  store::TicketQuery mine;
  mine.needsMe = true;
  EXPECT_EQ(listed(viewer, mine), wanted([&](const Ticket& ticket) {
              return seen(ticket) && ticket.status == TicketStatus::fresh && isDesk(as, ticket);
            }));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto facets, store::ticketFacets(reader, viewer, {}));
    EXPECT_EQ(facets.tickets, static_cast<std::int64_t>(wanted(seen).size()));
    std::int64_t counted = 0;
    for (const auto& count : facets.status) counted += count.tickets;
    EXPECT_EQ(counted, facets.tickets);
    for (const auto& ticket : tickets_) {
      const auto found = store::ticket(reader, viewer, ticket.id);
      EXPECT_EQ(found.has_value(), seen(ticket)) << ticket.subject;
      if (!found) continue;
      EXPECT_TRUE(viewer.sees(*found));
      EXPECT_EQ(viewer.isDeskOf(*found), isDesk(as, ticket)) << ticket.subject;
      EXPECT_EQ(viewer.mayWriteIn(*found), whole(as, ticket.company, false) || sees(as, ticket, true));
      TRY(const auto messages, store::messagesOf(reader, viewer, *found));
      EXPECT_EQ(messages.size(), isDesk(as, ticket) ? 2U : 1U) << "notes are the desk's";
    }
    return {};
  });
}

TEST_P(InsightOfTickets, IsWhatTheTreeAndTheGrantsSay) {
  happen(3);
  for (int i = 0; i < 25 && !HasFailure(); ++i) {
    Asker as{someone(), {}, some(2) == 0};
    const auto mayActFor = model_.mayActFor(as.user);
    as.company = *std::next(mayActFor.begin(), some(static_cast<int>(mayActFor.size())));
    SCOPED_TRACE("user " + std::to_string(i));
    expectAll(as, viewerFor(as));
  }
}

TEST_P(InsightOfTickets, StaffSeeEveryCompanysAndItsNotes) {
  happen(4);
  store::TicketViewer staff;
  staff.viewer = store::Viewer::ofStaff({store::ActorKind::person, "", "Olle"}, company(9));
  staff.acting = staff.viewer.acting();
  staff.company = company(9);
  staff.staff = true;
  EXPECT_EQ(listed(staff, {}).size(), tickets_.size());
  read([&](Reader& reader) -> Outcome {
    for (const auto& ticket : tickets_) {
      TRY(const auto found, store::ticket(reader, staff, ticket.id));
      EXPECT_EQ(staff.isDeskOf(found), !ticket.desk.has_value());
      EXPECT_EQ(staff.mayWriteIn(found), !ticket.desk.has_value()) << "another desk answers";
      TRY(const auto messages, store::messagesOf(reader, staff, found));
      EXPECT_EQ(messages.size(), 2U);
    }
    return {};
  });
}

}  // namespace
}  // namespace postgang::access
