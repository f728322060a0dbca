// Who answers, and what nobody has to do: closing what has been solved for long enough.
#include <algorithm>

#include <boost/json.hpp>

#include "access/ticket_viewer.h"
#include "flow/tickets.h"
#include "store/companies.h"
#include "store/grants.h"
#include "store/operator.h"
#include "store/sql/session.h"

namespace postgang::flow {
namespace {

struct Closing {
  std::optional<store::TicketId> ticket;
  std::int64_t solvedAt = 0;
};

Closing closingIn(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = boost::json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  const auto* text = object ? object->if_contains("ticket") : nullptr;
  const auto* solved = object ? object->if_contains("solvedAt") : nullptr;
  Closing closing;
  if (text && text->is_string())
    closing.ticket = store::TicketId::parse(std::string_view(text->get_string()));
  if (solved && solved->is_int64()) closing.solvedAt = solved->get_int64();
  return closing;
}

// Whoever is given a company has what lies beneath it: its people are also those of the companies above.
Result<std::vector<CompanyId>> itselfAndAbove(store::Reader& reader, CompanyId company) {
  std::vector<CompanyId> companies;
  std::optional<CompanyId> at = company;
  for (int level = 0; at && level < 100; ++level) {
    companies.push_back(*at);
    TRY(const auto each, store::company(reader, *at));
    at = each.parent;
  }
  return companies;
}

// Those who are the ticket's desk when they act for this company.
Outcome addPeople(store::Reader& reader, const store::Ticket& ticket, CompanyId id,
                  std::vector<DeskPerson>& people) {
  TRY(const auto company, store::company(reader, id));
  TRY(const auto companies, itselfAndAbove(reader, id));
  TRY(auto users, store::listUsers(reader, store::Viewer::ofCompanies(companies, {})));
  for (auto& user : users) {
    const bool known = std::ranges::any_of(people, [&](const auto& each) { return each.user.id == user.id; });
    if (known || !user.active || user.staff) continue;
    TRY(const auto viewer, access::ticketViewerOf(reader, user, company));
    if (viewer.isDeskOf(ticket)) people.push_back({std::move(user), id});
  }
  return {};
}

}  // namespace

Result<std::vector<DeskPerson>> deskPeople(store::Reader& reader, const store::Ticket& ticket) {
  std::vector<DeskPerson> people;
  if (!ticket.desk) {
    TRY(const auto staff, store::operatorStaff(reader));
    TRY(const auto house, store::operatorCompany(reader));
    for (const auto id : staff) {
      TRY(auto user, store::user(reader, id));
      if (user) people.push_back({std::move(*user), house.value_or(CompanyId{})});
    }
    return people;
  }
  std::vector<CompanyId> answering{*ticket.desk};
  TRY(const auto grants, store::listGrants(reader, store::Viewer::ofCompanies({ticket.company}, {})));
  for (const auto& grant : grants)
    if (grant.owner == ticket.company && grant.mayAct && grant.viewer != *ticket.desk)
      answering.push_back(grant.viewer);
  for (const auto company : answering) CHECK_OK(addPeople(reader, ticket, company, people));
  return people;
}

Result<Decision> closeTicket(const Tools& tools, store::Reader& reader, const store::Job& job) {
  (void)tools;
  (void)reader;
  const auto closing = closingIn(job);
  const auto commit = [job, closing](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::complete(tx, job));
    if (!closing.ticket) return {};
    TicketAuthor author;
    author.viewer = store::ticketSystem();
    author.source = store::TicketSource::system;
    author.actor.name = "Postgång";
    const auto found = store::ticketToChange(tx, author.viewer, *closing.ticket);
    if (!found) return found.error().kind == ProblemKind::not_found ? Outcome() : fail(found.error());
    // Opened again meanwhile, and perhaps solved again: that one has a job of its own.
    const bool isDue = found->status == store::TicketStatus::solved && found->solvedAt &&
                       found->solvedAt->microseconds == closing.solvedAt;
    if (!isDue) return {};
    TicketPatch patch;
    patch.status = store::TicketStatus::closed;
    CHECK_OK(changeTicket(tx, author, *closing.ticket, patch));
    return {};
  };
  return Decision{commit, {}};
}

}  // namespace postgang::flow
