#include "flow/morning_list.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/calendar.h"
#include "channels/mailing.h"
#include "flow/house_mail.h"
#include "render/morning_mail.h"
#include "store/companies.h"
#include "store/documents.h"
#include "store/handovers.h"
#include "store/own_settings.h"
#include "store/smartmail.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

namespace json = boost::json;
using net::SmtpResult;
using store::Status;

constexpr int minutes_of_day = 1440;
constexpr std::int64_t try_again_seconds = 600;
constexpr int tries_max = 12;  // two hours
constexpr std::int64_t soon_seconds = 48 * 3600;

struct Kind {
  std::string_view name;
  store::Direction direction;
  std::vector<Status> statuses;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {"failed", store::Direction::sent, {Status::failed}},
      {"stopped", store::Direction::sent, {Status::stopped, Status::returned}},
      {"rejected", store::Direction::sent, {Status::rejected}},
      {"held", store::Direction::received, {Status::held}},
  };
  return all;
}

// Why, in words: a problem's, a finding's, or nothing. A demand's cause comes with its term,
// "demand-missing:BT-13".
std::string whyOf(const store::Entry& entry, Language language) {
  const auto& texts = Texts::of(language);
  const auto colon = entry.lastEventDetail.find(':');
  const auto cause = entry.lastEventDetail.substr(0, colon);
  if (colon != std::string::npos) {
    const auto term = "portal.reasonTerm." + entry.lastEventDetail.substr(colon + 1);
    const auto sentence = "portal.reasonOf." + cause;
    if (texts.has(term) && texts.has(sentence))
      return texts.sentence(sentence, {{"term", std::string(texts.word(term))}});
  }
  for (const std::string prefix : {"portal.reason.", "finding.", "problem."}) {
    const auto key = prefix + cause;
    // A sentence with gaps says less than none.
    if (texts.has(key) && texts.word(key).find("{{") == std::string_view::npos)
      return std::string(texts.word(key));
  }
  return {};
}

Result<render::MorningGroup> groupOf(store::Reader& reader, const store::Viewer& viewer, const Kind& kind,
                                     Language language) {
  store::EntryQuery query;
  query.direction = kind.direction;
  query.statuses = kind.statuses;
  query.limit = 200;
  render::MorningGroup group;
  group.kind = kind.name;
  TRY(const auto counted, store::facets(reader, viewer, query));
  group.total = counted.documents;
  TRY(const auto page, store::listEntries(reader, viewer, query));
  for (const auto& entry : page.items) {
    if (group.documents.size() == render::morning_documents_max) break;
    group.documents.push_back({entry.number, entry.counterpartName, entry.amount, entry.currency,
                               entry.dueDate, whyOf(entry, language)});
  }
  return group;
}

// Mails that nobody has opened and that go to paper before the day after tomorrow.
Result<render::MorningGroup> unopened(store::Reader& reader, const store::Viewer& viewer, Instant now,
                                      Language language) {
  store::SmartmailQuery query;
  query.states = {"waiting"};
  query.sort = store::SmartmailSort::deadline;
  query.limit = 200;
  render::MorningGroup group;
  group.kind = "unopened";
  TRY(const auto page, store::listSmartmail(reader, viewer, query));
  for (const auto& row : page.items) {
    const auto& deadline = row.delivery.road.deadline;
    if (!deadline || *deadline > now.plusSeconds(soon_seconds)) continue;
    ++group.total;
    if (group.documents.size() == render::morning_documents_max) continue;
    const auto words =
        Texts::of(language).sentence("morningMail.paperOn", {{"date", dateInStockholm(*deadline).text()}});
    group.documents.push_back({row.number, row.buyer.name, row.amount, row.currency, row.dueDate, words});
  }
  return group;
}

// Handed over to a system that has neither taken nor confirmed it in time: ours, or a receiver's.
Result<render::MorningGroup> notFetched(store::Reader& reader, const store::Viewer& viewer,
                                        store::Direction direction) {
  render::MorningGroup group;
  group.kind = direction == store::Direction::received ? "not-fetched" : "not-fetched-sent";
  TRY(auto overdue, store::overdueHandovers(reader, viewer, direction, render::morning_documents_max));
  group.total = overdue.documents;
  for (auto& one : overdue.shown)
    group.documents.push_back({one.number, one.counterpart, one.amount, one.currency, one.dueDate, {}});
  return group;
}

Result<render::MorningList> listFor(store::Reader& reader, CompanyId company,
                                    const MorningListSettings& settings, std::string_view portal,
                                    Instant now) {
  render::MorningList list;
  list.language = settings.language;
  list.date = dateInStockholm(now);
  list.portal = portal;
  TRY(const auto of, store::company(reader, company));
  list.company = of.name;
  const auto viewer = store::Viewer::ofCompanies({company}, {});
  for (const auto& kind : kinds()) {
    TRY(auto group, groupOf(reader, viewer, kind, settings.language));
    if (group.total > 0) list.groups.push_back(std::move(group));
  }
  TRY(auto waiting, unopened(reader, viewer, now, settings.language));
  if (waiting.total > 0) list.groups.push_back(std::move(waiting));
  for (const auto direction : {store::Direction::received, store::Direction::sent}) {
    TRY(auto overdue, notFetched(reader, viewer, direction));
    if (overdue.total > 0) list.groups.push_back(std::move(overdue));
  }
  for (auto& group : list.groups)
    std::ranges::stable_sort(group.documents, {}, &render::MorningDocument::number);
  return list;
}

int numberIn(const store::Job& job, std::string_view member) {
  boost::system::error_code error;
  const auto payload = json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  const auto* number = object ? object->if_contains(member) : nullptr;
  return number && number->is_int64() ? static_cast<int>(number->get_int64()) : 0;
}
int triesIn(const store::Job& job) {
  return numberIn(job, "tries");
}

store::NewJob again(const store::Job& job, int tries, Instant at) {
  store::NewJob next;
  next.kind = job.kind;
  next.key = job.key + ":" + std::to_string(tries);
  next.company = job.company;
  next.runAt = at;
  next.payload = json::serialize(json::object{{"minute", numberIn(job, "minute")}, {"tries", tries}});
  return next;
}

// Done with this morning; the next one is laid when this was its first try.
Outcome conclude(store::Transaction& tx, const store::Job& job, const MorningListSettings& settings,
                 Instant now) {
  CHECK_OK(store::complete(tx, job));
  if (settings.addresses.empty() || triesIn(job) > 0) return {};
  return store::enqueue(tx, morningListJob(job.company, settings, nextMorning(settings, now)));
}

Result<std::string> messageOf(const channels::Mailing& mailing, const MorningListSettings& settings,
                              const render::MorningList& list, CompanyId company) {
  const auto said = render::morningMail(list);
  net::Mail mail;
  for (const auto& address : settings.addresses) mail.to.push_back({"", address});
  mail.subject = said.subject;
  mail.text = said.text;
  mail.html = said.html;
  mail.messageId = "morning." + std::to_string(company.value) + "." + list.date.text();
  mail.date = inStockholm(list.date, settings.minuteOfDay);
  mail.language = list.language;
  return houseMail(mailing, std::move(mail));
}

}  // namespace

MorningListSettings morningListFrom(std::string_view text) {
  MorningListSettings settings;
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  const auto* object = error ? nullptr : value.if_object();
  if (!object) return settings;
  if (const auto* list = object->if_contains("addresses"); list && list->is_array())
    for (const auto& address : list->get_array())
      if (address.is_string()) settings.addresses.emplace_back(std::string_view(address.get_string()));
  if (const auto* minute = object->if_contains("minuteOfDay"); minute && minute->is_int64())
    settings.minuteOfDay =
        static_cast<int>(std::clamp<std::int64_t>(minute->get_int64(), 0, minutes_of_day - 1));
  if (const auto* days = object->if_contains("bankDaysOnly"); days && days->is_bool())
    settings.bankDaysOnly = days->get_bool();
  if (const auto* language = object->if_contains("language"); language && language->is_string())
    settings.language = languageFromTag(std::string_view(language->get_string()));
  return settings;
}

std::string serialized(const MorningListSettings& settings) {
  if (settings.addresses.empty()) return {};
  json::array addresses;
  for (const auto& address : settings.addresses) addresses.emplace_back(address);
  return json::serialize(json::object{{"addresses", std::move(addresses)},
                                      {"minuteOfDay", settings.minuteOfDay},
                                      {"bankDaysOnly", settings.bankDaysOnly},
                                      {"language", code(settings.language)}});
}

Instant nextMorning(const MorningListSettings& settings, Instant now) {
  auto date = dateInStockholm(now);
  while (inStockholm(date, settings.minuteOfDay) <= now || (settings.bankDaysOnly && !isBankDay(date)))
    date = date.plusDays(1);
  return inStockholm(date, settings.minuteOfDay);
}

store::NewJob morningListJob(CompanyId company, const MorningListSettings& settings, Instant at) {
  store::NewJob job;
  job.kind = "morning-list";
  job.key = "morning-list:" + std::to_string(company.value) + ":" + at.text();
  job.company = company;
  job.runAt = at;
  job.payload = json::serialize(json::object{{"minute", settings.minuteOfDay}});
  return job;
}

Outcome keepMorningList(store::Transaction& tx, CompanyId company, const MorningListSettings& settings,
                        Instant now) {
  CHECK_OK(store::setMorningList(tx, company, serialized(settings)));
  if (settings.addresses.empty()) return {};
  return store::enqueue(tx, morningListJob(company, settings, nextMorning(settings, now)));
}

Result<Decision> sendMorningList(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto now = tools.clock.now();
  TRY(const auto kept, store::morningList(reader, job.company));
  const auto settings = morningListFrom(kept);
  const auto concluded = [job, settings, now](store::Transaction& tx) {
    return conclude(tx, job, settings, now);
  };
  // Of a time that has been changed since: the job of the new time stands beside it.
  if (numberIn(job, "minute") != settings.minuteOfDay)
    return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  // Users among them who want none get none.
  auto to = settings;
  to.addresses.clear();
  for (const auto& address : settings.addresses) {
    TRY(const bool wanted, store::wantsEach(reader, lowered(address), "morning-list"));
    if (wanted) to.addresses.push_back(address);
  }
  const bool isOn = !to.addresses.empty() && tools.mailing && tools.mailing->isOn();
  const bool isDay = !settings.bankDaysOnly || isBankDay(dateInStockholm(now));
  if (!isOn || !isDay) return Decision{concluded, {}};
  TRY(const auto list, listFor(reader, job.company, settings, tools.mailing->publicUrl, now));
  if (list.groups.empty()) return Decision{concluded, {}};
  TRY(auto message, messageOf(*tools.mailing, to, list, job.company));
  Decision decision;
  decision.commit = [](store::Transaction&) -> Outcome { return {}; };
  decision.after = [&tools, job, settings, now, addresses = to.addresses,
                    message = std::move(message)]() -> Outcome {
    const auto answer = tools.mailing->send({tools.mailing->from, addresses}, message);
    return tools.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      const auto tries = triesIn(job) + 1;
      if (answer.result == SmtpResult::later && tries < tries_max)
        CHECK_OK(store::enqueue(tx, again(job, tries, now.plusSeconds(try_again_seconds))));
      return conclude(tx, job, settings, now);
    });
  };
  return decision;
}

}  // namespace postgang::flow
