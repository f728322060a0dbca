#include "flow/statistics_mail.h"

#include <boost/json.hpp>

#include "access/visibility.h"
#include "base/bytes.h"
#include "base/calendar.h"
#include "flow/house_mail.h"
#include "flow/statistics_table.h"
#include "net/mail.h"
#include "render/statistics_mail.h"
#include "store/companies.h"
#include "store/news.h"
#include "store/sql/session.h"

namespace postgang::flow {
namespace {

namespace json = boost::json;
using net::SmtpResult;
using store::StatisticsSchedule;

constexpr int morning_minute = 6 * 60;
constexpr std::int64_t try_again_seconds = 600;
constexpr int tries_max = 12;  // two hours
constexpr std::size_t shown_rows_max = 12;
constexpr std::string_view lost_right = "recipient-lost-right";

struct JobFacts {
  std::optional<store::StatisticsScheduleId> schedule;
  int tries = 0;
  int sent = 0;  // to so many recipients, from the first
};

JobFacts factsIn(const store::Job& job) {
  JobFacts facts;
  boost::system::error_code error;
  const auto payload = json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  if (!object) return facts;
  if (const auto* id = object->if_contains("schedule"); id && id->is_string())
    facts.schedule = store::StatisticsScheduleId::parse(std::string_view(id->get_string()));
  const auto number = [&](std::string_view member) {
    const auto* value = object->if_contains(member);
    return value && value->is_int64() ? static_cast<int>(value->get_int64()) : 0;
  };
  facts.tries = number("tries");
  facts.sent = number("sent");
  return facts;
}

store::NewJob jobOf(const StatisticsSchedule& schedule, Instant at, int tries, int sent) {
  store::NewJob job;
  job.kind = "statistics-report";
  job.key = "statistics-report:" + schedule.id.text() + ":" + at.text();
  job.company = schedule.company;
  job.runAt = at;
  job.payload =
      json::serialize(json::object{{"schedule", schedule.id.text()}, {"tries", tries}, {"sent", sent}});
  return job;
}

// Everybody that it goes to; nullopt where one of them may not see it any longer.
Result<std::optional<std::vector<store::User>>> recipientsOf(store::Reader& reader,
                                                             const StatisticsSchedule& schedule) {
  TRY(const auto maker, store::user(reader, schedule.createdBy));
  const bool staffToo = maker && maker->active && maker->staff;
  std::vector<store::User> users;
  for (const auto id : schedule.recipients) {
    TRY(const auto user, store::user(reader, id));
    if (!user) return std::optional<std::vector<store::User>>();
    TRY(const bool may, maySeeStatistics(reader, *user, schedule.company, staffToo));
    if (!may) return std::optional<std::vector<store::User>>();
    users.push_back(*user);
  }
  return std::optional(std::move(users));
}

render::StatisticsMail::Row shownRow(const std::vector<formats::WorkbookCell>& row, Language language) {
  render::StatisticsMail::Row shown;
  for (const auto& cell : row) shown.push_back(shownCell(cell, language));
  return shown;
}

class Composing {
 public:
  Composing(const Tools& tools, store::Reader& reader, const StatisticsSchedule& schedule)
      : tools_(tools), reader_(reader), schedule_(schedule), today_(dateInStockholm(schedule.nextAt)) {}

  Result<std::string> message(const store::User& user) {
    const auto language = languageFromTag(user.language);
    TRY(const auto company, store::company(reader_, schedule_.company));
    TRY(const auto viewer, access::viewerOf(reader_, user, company, schedule_.everything));
    TRY(auto asked, statisticsQuestion(wordsFrom(schedule_.question), today_));
    if (!asked.company.empty()) {
      TRY(const auto found, store::companyByIdentifier(reader_, asked.company));
      // Of a company that is gone, or not seen, there is nothing.
      asked.question.query.company = found ? found->id : CompanyId{};
    }
    TRY(const auto table, statisticsTable(reader_, viewer, asked, language, today_));
    net::Mail mail;
    mail.to = {{user.name, user.email}};
    mail.language = language;
    mail.date = schedule_.nextAt;
    const auto which = schedule_.id.text() + today_.text() + user.id.text();
    mail.messageId = "report." + hex(view(sha256(which))).substr(0, 32);
    say(table, company.name, mail);
    CHECK_OK(attach(table, company.name, mail));
    return houseMail(*tools_.mailing, std::move(mail));
  }

 private:
  void say(const StatisticsTable& table, const std::string& company, net::Mail& mail) const {
    render::StatisticsMail report;
    report.language = table.language;
    report.company = company;
    report.name = schedule_.name;
    report.title = table.title;
    report.notes = table.notes;
    report.portal = tools_.mailing->publicUrl;
    report.heading = table.heading;
    for (const auto& row : table.rows)
      if (report.rows.size() < shown_rows_max || &row == &table.rows.back())
        report.rows.push_back(shownRow(row, table.language));
    report.more = table.rows.size() - report.rows.size();
    const auto words = render::statisticsMail(report);
    mail.subject = words.subject;
    mail.html = words.html;
    mail.text = words.text;
  }

  Outcome attach(const StatisticsTable& table, const std::string& company, net::Mail& mail) const {
    const std::string name =
        (table.language == Language::swedish ? "statistik-" : "statistics-") + today_.text();
    for (const auto& format : schedule_.formats) {
      if (format == "pdf") {
        TRY(auto bytes, statisticsPdf(table, company, today_));
        mail.attachments.push_back({name + ".pdf", "application/pdf", std::move(bytes)});
      } else {
        TRY(auto bytes, statisticsWorkbook(table, schedule_.nextAt));
        mail.attachments.push_back({name + ".xlsx",
                                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                    std::move(bytes)});
      }
    }
    return {};
  }

  const Tools& tools_;
  store::Reader& reader_;
  const StatisticsSchedule& schedule_;
  Date today_;  // of the morning that it is of, however late it leaves
};

// This morning is done with, and the next is laid.
Outcome conclude(store::Transaction& tx, const store::Job& job, StatisticsSchedule schedule, bool wasSent) {
  CHECK_OK(store::complete(tx, job));
  const auto now = tx.clock().now();
  if (wasSent) schedule.lastSentAt = now;
  schedule.nextAt = nextReport(schedule.every, now);
  CHECK_OK(store::markStatisticsSchedule(tx, schedule));
  return store::enqueue(tx, statisticsReportJob(schedule));
}

Outcome pause(store::Transaction& tx, const store::Job& job, StatisticsSchedule schedule) {
  CHECK_OK(store::complete(tx, job));
  schedule.pausedReason = lost_right;
  CHECK_OK(store::markStatisticsSchedule(tx, schedule));
  store::News news;
  news.kind = "report";
  news.company = schedule.company;
  news.path = "/statistics";
  news.words = {{"name", schedule.name}};
  if (schedule.createdBy != UserId()) news.only = schedule.createdBy;
  news.key = schedule.id.text();
  return store::enqueue(tx, store::newsJob(news, tx.clock().now()));
}

struct Letter {
  std::string address, message;
};

Decision sending(const Tools& tools, const store::Job& job, const StatisticsSchedule& schedule,
                 std::vector<Letter> letters, const JobFacts& facts) {
  Decision decision;
  decision.commit = [](store::Transaction&) -> Outcome { return {}; };
  decision.after = [&tools, job, schedule, facts, letters = std::move(letters)]() -> Outcome {
    auto sent = facts.sent;
    bool later = false;
    for (const auto& letter : letters) {
      const auto answer = tools.mailing->send({tools.mailing->from, {letter.address}}, letter.message);
      later = answer.result == SmtpResult::later && facts.tries + 1 < tries_max;
      if (later) break;
      ++sent;  // taken, or refused for good: either way it is not sent again
    }
    return tools.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      if (!later) return conclude(tx, job, schedule, true);
      CHECK_OK(store::complete(tx, job));
      const auto at = tx.clock().now().plusSeconds(try_again_seconds);
      return store::enqueue(tx, jobOf(schedule, at, facts.tries + 1, sent));
    });
  };
  return decision;
}

}  // namespace

Instant nextReport(std::string_view every, Instant now) {
  auto date = dateInStockholm(now);
  const auto isDay = [&] { return every == "week" ? date.weekday() == 1 : date.day() == 1; };
  while (!isDay() || inStockholm(date, morning_minute) <= now) date = date.plusDays(1);
  return inStockholm(date, morning_minute);
}

store::NewJob statisticsReportJob(const StatisticsSchedule& schedule) {
  return jobOf(schedule, schedule.nextAt, 0, 0);
}

Result<bool> maySeeStatistics(store::Reader& reader, const store::User& asked, CompanyId company,
                              bool staffToo) {
  if (!asked.active) return false;
  auto user = asked;
  user.staff = asked.staff && staffToo;
  const auto found = access::companyToActFor(reader, user, company);
  if (!found) {
    if (found.error().kind == ProblemKind::not_found) return false;
    return fail(found.error());
  }
  TRY(const auto role, access::roleIn(reader, user, *found));
  return access::scopesOfRole(role).has(access::Scope::statistics_read);
}

Result<Decision> sendStatisticsReport(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto facts = factsIn(job);
  std::optional<StatisticsSchedule> schedule;
  if (facts.schedule) {
    TRY(schedule, store::statisticsSchedule(reader, job.company, *facts.schedule));
  }
  if (!schedule || !schedule->pausedReason.empty())  // removed meanwhile, or paused
    return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  TRY(const auto recipients, recipientsOf(reader, *schedule));
  if (!recipients)
    return Decision{[job, kept = *schedule](store::Transaction& tx) { return pause(tx, job, kept); }, {}};
  if (!tools.mailing || !tools.mailing->isOn())
    return Decision{
        [job, kept = *schedule](store::Transaction& tx) { return conclude(tx, job, kept, false); }, {}};
  Composing composing(tools, reader, *schedule);
  std::vector<Letter> letters;
  for (std::size_t i = static_cast<std::size_t>(facts.sent); i < recipients->size(); ++i) {
    TRY(auto message, composing.message((*recipients)[i]));
    letters.push_back({(*recipients)[i].email, std::move(message)});
  }
  return sending(tools, job, *schedule, std::move(letters), facts);
}

}  // namespace postgang::flow
