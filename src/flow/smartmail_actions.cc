#include "flow/smartmail_actions.h"

#include <algorithm>

#include "base/calendar.h"
#include "channels/smartmail_settings.h"
#include "flow/decide.h"
#include "flow/deliver.h"
#include "flow/document_news.h"
#include "flow/remind.h"
#include "flow/retries.h"
#include "flow/smartmail.h"
#include "flow/words.h"
#include "store/sql/session.h"

namespace postgang::flow {

using document::DeliveryStatus;
using store::EventType;

namespace {

constexpr std::pair<SmartmailVerb, std::string_view> verb_names[] = {{SmartmailVerb::remind, "remind"},
                                                                     {SmartmailVerb::extend, "extend"},
                                                                     {SmartmailVerb::post_now, "post-now"},
                                                                     {SmartmailVerb::stop, "stop"}};

// A mail with what its document's events say of it.
struct Mail {
  Progress progress;
  store::Delivery delivery;
  std::optional<Date> dueDate;
  std::optional<Instant> remindedAt;
  const Tried* tried() const {
    const auto found = std::ranges::find(progress.tried, delivery.id, &Tried::delivery);
    return found == progress.tried.end() ? nullptr : &*found;
  }
};

Mail mailOf(const std::vector<store::Event>& events, store::Delivery delivery, std::optional<Date> dueDate) {
  Mail mail{progressOf(events), std::move(delivery), dueDate, {}};
  for (const auto& event : events)
    if (const auto* fact = std::get_if<store::SmartmailFact>(&event.fact);
        fact && event.type == EventType::reminded && fact->delivery == mail.delivery.id)
      mail.remindedAt = event.at;
  return mail;
}

// Why nothing at all can be done about it.
std::string_view whyNothing(const Mail& mail) {
  const auto* tried = mail.tried();
  if (!tried) return "smartmail-none";
  if (hasEnded(mail.progress.status)) return "smartmail-ended";
  if (tried->expired) return "smartmail-on-paper";
  if (mail.delivery.road.openedAt) return "smartmail-opened";
  if (tried->status == DeliveryStatus::bounced) return "smartmail-bounced";
  if (tried->status == DeliveryStatus::failed) return "smartmail-failed";
  if (tried != &mail.progress.tried.back()) return "smartmail-sent-again";
  return isWaiting(*tried) ? std::string_view() : "smartmail-not-sent";
}

std::string_view whyNotRemind(const Mail& mail, Instant now) {
  if (mail.remindedAt && now < mail.remindedAt->plusSeconds(reminder_pause_seconds))
    return "smartmail-reminded-lately";
  return {};
}

// The last day on which its deadline may be.
std::optional<Date> latestDay(const Mail& mail) {
  if (mail.dueDate) return mail.dueDate;
  if (!mail.delivery.road.sentAt) return std::nullopt;
  return dateInStockholm(*mail.delivery.road.sentAt).plusDays(deadline_days_max);
}

std::string_view whyNotExtend(const Mail& mail) {
  if (!mail.delivery.road.deadline) return "smartmail-no-deadline";
  const auto latest = latestDay(mail);
  return latest && dateInStockholm(*mail.delivery.road.deadline) >= *latest ? "smartmail-at-due-date"
                                                                            : std::string_view();
}

std::string_view whyNotPost(const Mail& mail) {
  if (!mail.progress.route) return "smartmail-no-print";
  if (std::holds_alternative<Attempt>(nextOf(expired(mail.progress, mail.delivery.id), {}))) return {};
  const auto& plan = mail.progress.route->plan;
  const auto print = std::ranges::find(plan, "print", &store::PlanStep::channel);
  const bool noHouse = print == plan.end() || print->reason == "print-off";
  return noHouse ? "smartmail-no-print" : "smartmail-no-postal-address";
}

std::string_view whyNotStop(const Mail& mail) {
  return mail.delivery.road.deadline ? std::string_view() : "smartmail-no-deadline";
}

SmartmailChoices choicesOf(const Mail& mail, Instant now) {
  const std::string nothing(whyNothing(mail));
  if (!nothing.empty()) return {nothing, nothing, nothing, nothing};
  return {std::string(whyNotRemind(mail, now)), std::string(whyNotExtend(mail)),
          std::string(whyNotPost(mail)), std::string(whyNotStop(mail))};
}

std::string_view choiceOf(const SmartmailChoices& choices, SmartmailVerb verb) {
  switch (verb) {
    case SmartmailVerb::remind:
      return choices.remind;
    case SmartmailVerb::extend:
      return choices.extend;
    case SmartmailVerb::post_now:
      return choices.postNow;
    case SmartmailVerb::stop:
      return choices.stop;
  }
  return {};
}

// Whether it is so already, by the same wish earlier.
bool isDone(const Mail& mail, SmartmailVerb verb, std::string_view why) {
  if (verb == SmartmailVerb::stop) return why == "smartmail-no-deadline";
  return verb == SmartmailVerb::post_now && why == "smartmail-on-paper" && mail.delivery.evidence == "asked";
}

tl::unexpected<Problem> notPossible(const Mail& mail, std::string_view why) {
  Parameters parameters;
  if (mail.dueDate) parameters["dueDate"] = mail.dueDate->text();
  if (mail.remindedAt) parameters["at"] = mail.remindedAt->text();
  return fail(problem(ProblemKind::conflict, why, std::move(parameters)));
}

// What one of them leaves to be written.
struct Written {
  DocumentId document;
  std::int64_t sequence = 0;
  Following following;
  std::optional<Instant> deadline;
};

Written moved(const Mail& mail, std::optional<Instant> deadline, std::string_view why,
              const store::Actor& actor) {
  store::SmartmailFact fact;
  fact.delivery = mail.delivery.id;
  fact.deadline = deadline;
  fact.detail = why;
  Written written;
  written.following.events.push_back({EventType::deadline_moved, actor, fact});
  written.deadline = deadline;
  return written;
}

// The same time of day, so many days later; counted from now where the deadline has just passed.
Result<Written> extended(store::Reader& reader, const store::DocumentRow& row, const Mail& mail, int days,
                         Instant now, const store::Actor& actor) {
  TRY(const auto settings,
      channels::smartmailSettingsFor(reader, row.entry.company, row.entry.receiver.identifier));
  const auto before = *mail.delivery.road.deadline;
  const auto from = dateInStockholm(std::max(before, now));
  const auto day = settings.bankDays ? plusBankDays(from, days) : from.plusDays(days);
  if (const auto latest = latestDay(mail); latest && day > *latest)
    return fail(problem(ProblemKind::conflict, "smartmail-extended-too-far", {{"latest", latest->text()}}));
  const auto deadline = inStockholm(day, minuteInStockholm(before));
  auto written = moved(mail, deadline, "extended", actor);
  written.following.jobs.push_back(
      deadlineJob(row.entry.document, row.entry.company, mail.delivery.id, deadline));
  return written;
}

// Twice within the pause is once: the job's key is of that time.
store::NewJob reminder(const store::DocumentRow& row, const Mail& mail, Instant now) {
  constexpr std::int64_t pause = reminder_pause_seconds * 1'000'000;
  return remindJob(row.entry.document, row.entry.company, mail.delivery.id, {},
                   Instant{now.microseconds - now.microseconds % pause});
}

Result<Written> written(const Tools& tools, store::Reader& reader, const store::DocumentRow& row,
                        const Mail& mail, const SmartmailRequest& request, const store::Actor& actor) {
  const auto now = tools.clock.now();
  switch (request.verb) {
    case SmartmailVerb::extend:
      return extended(reader, row, mail, request.days, now, actor);
    case SmartmailVerb::stop:
      return moved(mail, std::nullopt, "stopped", actor);
    case SmartmailVerb::remind:
      return Written{{}, 0, {{}, {reminder(row, mail, now)}}, mail.delivery.road.deadline};
    case SmartmailVerb::post_now:
      break;
  }
  TRY(auto following,
      expiryOf(tools, reader, row.entry.document, mail.progress, mail.delivery.id, "asked", actor));
  return Written{{}, 0, std::move(following), mail.delivery.road.deadline};
}

Result<Mail> newestMail(store::Reader& reader, const store::DocumentRow& row) {
  const auto document = row.entry.document;
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), document));
  TRY(auto deliveries, store::deliveriesOf(reader, store::Viewer::system(), document));
  const auto newest = std::find_if(deliveries.rbegin(), deliveries.rend(),
                                   [](const auto& d) { return d.channel == "email"; });
  if (newest == deliveries.rend()) return fail(problem(ProblemKind::conflict, "smartmail-none"));
  return mailOf(events, std::move(*newest), row.entry.dueDate);
}

// nullopt: it is so already.
Result<std::optional<Written>> decideOne(const Tools& tools, store::Reader& reader,
                                         const store::Viewer& viewer, DocumentId document,
                                         const SmartmailRequest& request) {
  TRY(const auto row, documentOf(reader, viewer, document, store::Direction::sent));
  TRY(const auto mail, newestMail(reader, row));
  const auto choices = choicesOf(mail, tools.clock.now());
  if (const auto why = choiceOf(choices, request.verb); !why.empty()) {
    if (isDone(mail, request.verb, why)) return std::nullopt;
    return notPossible(mail, why);
  }
  TRY(auto one, written(tools, reader, row, mail, request, viewer.actor()));
  one.document = document;
  one.sequence = mail.progress.sequence;
  return std::optional(std::move(one));
}

Outcome write(store::Transaction& tx, const Written& one) {
  if (one.following.events.empty()) {
    for (const auto& job : one.following.jobs) CHECK_OK(store::enqueue(tx, job));
    return {};
  }
  return appendAndTell(tx, one.document, one.sequence, one.following.events, one.following.jobs);
}

// Everything is decided before anything is written: what one of them cannot, leaves nothing behind.
Result<std::vector<SmartmailDone>> attempt(const Tools& tools, store::Transaction& tx,
                                           const store::Viewer& viewer,
                                           const std::vector<DocumentId>& documents,
                                           const SmartmailRequest& request) {
  std::vector<SmartmailDone> done;
  std::vector<Written> toWrite;
  for (auto at = documents.begin(); at != documents.end(); ++at) {
    const auto document = *at;
    if (const auto same = std::find(documents.begin(), at, document); same != at) {
      done.push_back(done[static_cast<std::size_t>(same - documents.begin())]);
      continue;
    }
    auto one = decideOne(tools, tx, viewer, document, request);
    auto& said = done.emplace_back();
    if (!one) {
      if (one.error().kind == ProblemKind::unavailable || one.error().kind == ProblemKind::internal)
        return fail(std::move(one.error()));
      said.problem = std::move(one.error());
    } else if (*one) {
      said.deadline = (*one)->deadline;
      toWrite.push_back(std::move(**one));
    }
  }
  for (const auto& one : toWrite) CHECK_OK(write(tx, one));
  return done;
}

}  // namespace

std::string_view name(SmartmailVerb verb) {
  for (const auto& [value, text] : verb_names)
    if (value == verb) return text;
  return {};
}

std::optional<SmartmailVerb> smartmailVerbFromName(std::string_view name) {
  for (const auto& [value, text] : verb_names)
    if (text == name) return value;
  return std::nullopt;
}

Result<SmartmailChoices> smartmailChoices(store::Reader& reader, DocumentId document,
                                          const store::Delivery& delivery, std::optional<Date> dueDate,
                                          Instant now) {
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), document));
  return choicesOf(mailOf(events, delivery, dueDate), now);
}

Result<std::vector<SmartmailDone>> actOnSmartmail(const Tools& tools, const store::Viewer& viewer,
                                                  const std::vector<DocumentId>& documents,
                                                  const SmartmailRequest& request) {
  std::vector<SmartmailDone> done;
  CHECK_OK(retried([&] {
    return tools.store.write(store::Priority::intake, [&](store::Transaction& tx) -> Outcome {
      TRY(done, attempt(tools, tx, viewer, documents, request));
      return {};
    });
  }));
  return done;
}

}  // namespace postgang::flow
