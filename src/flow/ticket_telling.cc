#include "flow/ticket_telling.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "channels/mailing.h"
#include "flow/ticket_requester.h"
#include "flow/ticket_webhooks.h"
#include "flow/tickets.h"
#include "store/companies.h"
#include "store/news.h"
#include "store/sql/session.h"

namespace postgang::flow {
namespace {

namespace json = boost::json;
using store::Ticket;
using store::TicketStatus;

constexpr std::size_t desk_told_max = 50;

constexpr std::array happening_names = {std::string_view("created"), std::string_view("replied"),
                                        std::string_view("noted"), std::string_view("assigned"),
                                        std::string_view("moved")};

std::string_view nameOf(TicketHappening happening) {
  return happening_names[static_cast<std::size_t>(happening)];
}

std::string member(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(std::string_view(value->get_string())) : std::string();
}

struct Telling {
  std::optional<store::TicketId> ticket;
  std::int64_t place = 0;
  Instant at;
  TicketStatus status{};
  TicketTold told;
  bool has(TicketHappening happening) const {
    return std::ranges::find(told.happenings, happening) != told.happenings.end();
  }
};

Telling tellingIn(const store::Job& job) {
  Telling telling;
  boost::system::error_code error;
  const auto payload = json::parse(job.payload, error);
  if (error || !payload.is_object()) return telling;
  const auto& object = payload.get_object();
  telling.ticket = store::TicketId::parse(member(object, "ticket"));
  telling.told.message = store::TicketMessageId::parse(member(object, "message"));
  telling.told.by = UserId::parse(member(object, "by"));
  telling.status = store::ticketStatusFromName(member(object, "status")).value_or(TicketStatus::fresh);
  if (const auto* place = object.if_contains("place"); place && place->is_int64())
    telling.place = place->get_int64();
  if (const auto* at = object.if_contains("at"); at && at->is_int64()) telling.at = Instant{at->get_int64()};
  if (const auto* desk = object.if_contains("byDesk"); desk && desk->is_bool())
    telling.told.byDesk = desk->get_bool();
  const auto* happenings = object.if_contains("happenings");
  if (!happenings || !happenings->is_array()) return telling;
  for (const auto& value : happenings->get_array()) {
    const auto word = value.is_string() ? std::string_view(value.get_string()) : std::string_view();
    const auto found = std::ranges::find(happening_names, word);
    if (found != happening_names.end())
      telling.told.happenings.push_back(static_cast<TicketHappening>(found - happening_names.begin()));
  }
  return telling;
}

// Who is told, and of what: each person once.
class NewsOf {
 public:
  NewsOf(const Ticket& ticket, const Telling& telling, const std::vector<DeskPerson>& desk, bool mailed)
      : ticket_(ticket), telling_(telling), desk_(desk), mailed_(mailed) {}

  std::vector<store::News> all() {
    if (telling_.has(TicketHappening::created)) toDesk("created");
    if (telling_.has(TicketHappening::assigned)) toAssignee("assigned");
    if (telling_.has(TicketHappening::noted)) toAssignee("noted");
    if (telling_.has(TicketHappening::replied)) {
      if (telling_.told.byDesk)
        toRequester(wordOfStatus("replied"));
      else if (ticket_.assignee)
        toAssignee("replied");
      else
        toDesk("replied");
    } else if (telling_.has(TicketHappening::moved) && telling_.told.byDesk) {
      if (const auto word = wordOfStatus({}); !word.empty()) toRequester(word);
    }
    return std::move(news_);
  }

 private:
  std::string wordOfStatus(std::string otherwise) const {
    if (!telling_.has(TicketHappening::moved)) return otherwise;
    if (telling_.status == TicketStatus::solved) return "solved";
    if (telling_.status == TicketStatus::waiting) return "waiting";
    return otherwise;
  }
  void add(UserId person, const std::string& what, bool mailed = false) {
    if (telling_.told.by == person) return;
    store::News news;
    news.kind = "ticket";
    news.company = ticket_.company;
    if (!ticket_.documents.empty()) news.document = ticket_.documents.front().document;
    news.path = "/tickets/" + ticket_.id.text();
    news.words = {
        {"number", store::ticketNumberText(ticket_.number)}, {"subject", ticket_.subject}, {"what", what}};
    news.only = person;
    news.by = telling_.told.by;
    news.key = ticket_.id.text() + ":" + std::to_string(telling_.place) + ":" + what + ":" + person.text();
    news.mailed = mailed;
    // They come as they come; an answer waits for somebody.
    if (what == "created") news.desk = deskOf(person);
    news_.push_back(std::move(news));
  }
  std::optional<CompanyId> deskOf(UserId person) const {
    const auto found = std::ranges::find_if(desk_, [&](const auto& each) { return each.user.id == person; });
    return found == desk_.end() || found->company.value == 0 ? std::nullopt : std::optional(found->company);
  }
  void toDesk(const std::string& what) {
    for (std::size_t i = 0; i < desk_.size() && i < desk_told_max; ++i) add(desk_[i].user.id, what);
  }
  void toAssignee(const std::string& what) {
    if (ticket_.assignee) add(*ticket_.assignee, what);
  }
  void toRequester(const std::string& what) {
    if (ticket_.requester) add(*ticket_.requester, what, mailed_);
  }

  const Ticket& ticket_;
  const Telling& telling_;
  const std::vector<DeskPerson>& desk_;
  const bool mailed_;
  std::vector<store::News> news_;
};

store::NewJob mailJob(const Ticket& ticket, store::TicketMessageId message, Instant now) {
  store::NewJob job;
  job.kind = "ticket-mail";
  job.key = "ticket-mail:" + message.text() + ":0";
  job.company = ticket.company;
  job.runAt = now;
  job.payload =
      json::serialize(json::object{{"ticket", ticket.id.text()}, {"message", message.text()}, {"tries", 0}});
  return job;
}

std::vector<std::string_view> eventsIn(const Telling& telling) {
  std::vector<std::string_view> types;
  if (telling.has(TicketHappening::created)) types.push_back(ticket_created);
  if (telling.has(TicketHappening::replied)) types.push_back(ticket_replied);
  if (telling.has(TicketHappening::moved)) types.push_back(ticket_status_changed);
  return types;
}

}  // namespace

store::NewJob ticketToldJob(const Ticket& ticket, const TicketTold& told, Instant now) {
  json::array happenings;
  for (const auto happening : told.happenings) happenings.push_back(json::value(nameOf(happening)));
  store::NewJob job;
  job.kind = "ticket-told";
  job.key = "ticket-told:" + ticket.id.text() + ":" + std::to_string(ticket.changes);
  job.company = ticket.company;
  job.runAt = now;
  job.payload = json::serialize(json::object{{"ticket", ticket.id.text()},
                                             {"place", ticket.changes},
                                             {"at", now.microseconds},
                                             {"status", store::name(ticket.status)},
                                             {"happenings", std::move(happenings)},
                                             {"message", told.message ? told.message->text() : ""},
                                             {"by", told.by ? told.by->text() : ""},
                                             {"byDesk", told.byDesk}});
  return job;
}

std::string ticketMailId(store::TicketMessageId message, std::string_view domain) {
  return "ticket." + message.text() + "@" + std::string(domain);
}

Result<Decision> tellOfTicket(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto telling = tellingIn(job);
  const auto done = [job](store::Transaction& tx) { return store::complete(tx, job); };
  if (!telling.ticket) return Decision{done, {}};
  const auto found = store::ticket(reader, store::ticketSystem(), *telling.ticket);
  if (!found && found.error().kind == ProblemKind::not_found) return Decision{done, {}};
  if (!found) return fail(found.error());
  const auto now = tools.clock.now();
  const bool answered = telling.has(TicketHappening::replied) && telling.told.byDesk;
  TRY(const auto address, requesterAddress(reader, *found));
  const bool mails = answered && telling.told.message && !address.empty();
  TRY(const auto desk, deskPeople(reader, *found));
  std::vector<store::NewJob> jobs;
  for (const auto& news : NewsOf(*found, telling, desk, mails).all())
    jobs.push_back(store::newsJob(news, now));
  if (mails) jobs.push_back(mailJob(*found, *telling.told.message, now));
  std::vector<store::WebhookMessage> messages;
  for (const auto type : eventsIn(telling)) {
    TRY(auto some, ticketMessages(tools, reader, *found, {type, telling.status, telling.at, telling.place}));
    for (auto& message : some) messages.push_back(std::move(message));
  }
  return Decision{[job, jobs, messages, now](store::Transaction& tx) -> Outcome {
                    CHECK_OK(store::complete(tx, job));
                    for (const auto& each : jobs) CHECK_OK(store::enqueue(tx, each));
                    return sendMessages(tx, messages, now);
                  },
                  {}};
}

}  // namespace postgang::flow
