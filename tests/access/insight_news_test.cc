// What a person's notifications still show, over random trees, memberships and grants, and whom leads are
// shown to. A row stays where it is when the right to see what it is about goes: every reading asks anew. As
// insight_test.cc, of other ways out.
#include <map>

#include "access/hearing.h"
#include "store/leads.h"
#include "tests/access/random_traffic.h"

namespace postgang::access {
namespace {

using store::Notification;
using store::Reader;

class InsightOfNews : public RandomTraffic {
 protected:
  // About one side of a document, about a company, told one alone, or told administrators.
  void tell(const store::User& user, int number) {
    Notification told;
    told.id = ids_.next<store::NotificationId>();
    told.user = user.id;
    told.kind = some(2) == 0 ? "failed" : "ticket";
    told.company = any();
    if (some(2) == 0) {
      told.direction = some(2) == 0 ? Direction::sent : Direction::received;
      told.type = some(3) == 0 ? Kind::credit_note : Kind::invoice;
      if (some(2) == 0) told.document = ids_.next<DocumentId>();
    }
    told.personal = some(3) == 0;
    told.administrators = some(4) == 0;
    told.shown = some(5) != 0;
    told.mail = some(2) == 0 ? "digest" : "each";
    told.path = "/notifications/" + std::to_string(number);
    told.firstAt = told.lastAt = clock_.now();
    write([&](store::Transaction& tx) { return store::createNotification(tx, told); });
    told_.push_back(told);
    clock_.advanceSeconds(some(3));
  }

  bool administers(const store::User& user, CompanyId company) const {
    return std::ranges::any_of(user.memberships, [&](const auto& own) {
      return own.role == "administrator" && model_.beneath(own.company).contains(company);
    });
  }
  // In whatever company the person could act for.
  bool hears(const store::User& user, const Notification& told) const {
    if (told.user != user.id) return false;
    if (told.administrators && !administers(user, told.company)) return false;
    const auto own = model_.mayActFor(user);
    if (own.contains(told.company)) return true;
    const auto seesSide = [&](Direction direction, Kind kind) {
      return model_.sees(user, *own.begin(), true, told.company, direction, kind, false);
    };
    if (told.direction) return seesSide(*told.direction, *told.type);
    if (!told.personal) return false;
    for (const auto direction : {Direction::sent, Direction::received})
      for (const auto kind : {Kind::invoice, Kind::credit_note})
        if (seesSide(direction, kind)) return true;
    return false;
  }
  std::set<std::string> wanted(const store::User& user,
                               const std::function<bool(const Notification&)>& take) const {
    std::set<std::string> all;
    for (const auto& told : told_)
      if (hears(user, told) && take(told)) all.insert(told.path);
    return all;
  }
  static std::set<std::string> paths(const std::vector<Notification>& rows) {
    std::set<std::string> all;
    for (const auto& row : rows) all.insert(row.path);
    return all;
  }

  void expectNews(const store::User& user);
  void expectLeads(const store::Viewer& viewer, bool isStaff);

  std::vector<Notification> told_;
  std::vector<store::LeadId> leads_;
};
INSTANTIATE_BOTH_STORES(InsightOfNews);

void InsightOfNews::expectNews(const store::User& user) {
  read([&](Reader& reader) -> Outcome {
    TRY(const auto hearer, hearerOf(reader, user));
    const auto shown = wanted(user, [](const auto& told) { return told.shown; });
    std::set<std::string> listed;
    store::NotificationQuery query;
    query.limit = 3;
    for (int pages = 0; pages < 100; ++pages) {
      TRY(const auto page, store::listNotifications(reader, hearer, query));
      listed.merge(paths(page.items));
      if (!page.nextCursor) break;
      query.cursor = *page.nextCursor;
    }
    EXPECT_EQ(listed, shown);
    std::size_t unread = 0;
    TRY(const auto counts, store::countNotifications(reader, hearer));
    for (const auto& count : counts) unread += static_cast<std::size_t>(count.unread);
    EXPECT_EQ(unread, shown.size());
    for (const std::string mail : {"digest", "each"}) {
      TRY(const auto waiting, store::toMail(reader, hearer, mail));
      EXPECT_EQ(paths(waiting), wanted(user, [&](const auto& told) { return told.mail == mail; })) << mail;
    }
    for (const auto& told : told_) {
      TRY(const auto one, store::toMail(reader, hearer, told.id));
      EXPECT_EQ(one.has_value(), told.mail == "each" && hears(user, told)) << told.path;
    }
    return {};
  });
}

void InsightOfNews::expectLeads(const store::Viewer& viewer, bool isStaff) {
  read([&](Reader& reader) -> Outcome {
    TRY(const auto page, store::listLeads(reader, viewer, {}));
    EXPECT_EQ(page.items.size(), isStaff ? leads_.size() : 0U);
    TRY(const auto found, store::listLeads(reader, viewer, {.text = "kund"}));
    EXPECT_EQ(found.items.size(), isStaff ? leads_.size() : 0U) << "by search, which every address answers";
    TRY(const auto counts, store::countLeads(reader, viewer, {}));
    std::int64_t counted = 0;
    for (const auto& [state, leads] : counts) counted += leads;
    EXPECT_EQ(counted, isStaff ? static_cast<std::int64_t>(leads_.size()) : 0);
    for (const auto id : leads_) {
      TRY(const auto one, store::lead(reader, viewer, id));
      EXPECT_EQ(one.has_value(), isStaff);
      TRY(const auto notes, store::leadNotes(reader, viewer, id));
      EXPECT_EQ(!notes.empty(), isStaff);
    }
    return {};
  });
  write([&](store::Transaction& tx) -> Outcome {
    for (const auto id : leads_) {
      TRY(const auto one, store::leadToChange(tx, viewer, id));
      EXPECT_EQ(one.has_value(), isStaff);
    }
    return {};
  });
}

TEST_P(InsightOfNews, IsShownAsLongAsWhatItIsAboutIsSeen) {
  plant(8, 8, 10);
  std::vector<store::User> people;
  for (int i = 0; i < 12; ++i) people.push_back(someone());
  int number = 0;
  for (const auto& user : people)
    for (int i = 0; i < 16; ++i) tell(user, ++number);
  // The companies move, and more is given: the same rows, other rights.
  for (const unsigned seed : {8U, 9U, 10U}) {
    if (seed != 8U) plant(seed, 8, 6);
    for (const auto& user : people) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", " + std::to_string(user.memberships.size()) +
                   " memberships");
      expectNews(user);
      if (HasFailure()) return;
    }
  }
  for (const auto& grant : model_.grants)
    write([&](store::Transaction& tx) { return store::removeGrant(tx, grant.owner, grant.viewer); });
  model_.grants.clear();
  for (const auto& user : people) expectNews(user);
}

TEST_P(InsightOfNews, OfLeadsIsTheOperatorsStaffsAlone) {
  plant(11, 6, 20);
  store::Company house;
  house.name = "Driften AB";
  house.identifier = "0007:5599900999";
  house.identifiers = {house.identifier};
  house.isOperator = true;
  CompanyId operatorId;
  write([&](store::Transaction& tx) -> Outcome {
    TRY(operatorId, store::createCompany(tx, house));
    for (int i = 0; i < 4; ++i) {
      store::Lead lead;
      lead.id = ids_.next<store::LeadId>();
      lead.name = "Lena " + std::to_string(i);
      lead.email = "lena" + std::to_string(i) + "@kund.example";
      lead.createdAt = lead.lastAt = lead.stateAt = clock_.now();
      CHECK_OK(store::hearLead(tx, lead));
      CHECK_OK(store::addLeadNote(tx, lead.id, {.at = clock_.now(), .kind = "note", .text = "Ringde"}));
      leads_.push_back(lead.id);
    }
    return {};
  });
  for (int i = 0; i < 15 && !HasFailure(); ++i) expectLeads(viewerFor(anybody()), false);
  Asker staff;
  staff.user.id = ids_.next<UserId>();
  staff.user.staff = true;
  for (const auto company : companies_) {
    staff.company = company;
    expectLeads(viewerFor(staff), false);  // as the customer's administrator
  }
  staff.company = operatorId;
  expectLeads(viewerFor(staff), true);
  // Who belongs to the operator's company and is no staff is as anybody else.
  Asker clerk;
  clerk.user.id = ids_.next<UserId>();
  clerk.user.memberships = {{operatorId, "administrator"}};
  clerk.company = operatorId;
  expectLeads(viewerFor(clerk), false);
}

}  // namespace
}  // namespace postgang::access
