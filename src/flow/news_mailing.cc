#include "flow/news_mailing.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "access/hearing.h"
#include "base/bytes.h"
#include "base/calendar.h"
#include "base/log.h"
#include "channels/mailing.h"
#include "flow/house_mail.h"
#include "net/mail.h"
#include "render/news_mail.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

namespace json = boost::json;
using net::SmtpResult;

constexpr std::array<std::int64_t, 5> waits_seconds = {60, 600, 1800, 7200, 6 * 3600};
constexpr std::string_view context = "news-unsubscribe";

json::object payloadOf(const store::Job& job) {
  boost::system::error_code error;
  auto payload = json::parse(job.payload, error);
  return !error && payload.is_object() ? payload.get_object() : json::object();
}

template <typename T>
std::optional<T> idIn(const json::object& payload, std::string_view name) {
  const auto* value = payload.if_contains(name);
  return value && value->is_string() ? T::parse(std::string_view(value->get_string())) : std::nullopt;
}

int hourIn(const json::object& payload) {
  const auto* value = payload.if_contains("hour");
  return value && value->is_int64() ? static_cast<int>(std::clamp<std::int64_t>(value->get_int64(), 0, 23))
                                    : store::digest_hour;
}

Decision onlyComplete(const store::Job& job) {
  return {[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
}

struct Reading {
  store::User user;
  store::OwnSettings settings;
  store::Hearer hearer;
};

// nullopt: there is nobody to mail to any longer.
Result<std::optional<Reading>> readingOf(store::Reader& reader, const std::optional<UserId>& id) {
  if (!id) return std::optional<Reading>();
  TRY(auto user, store::user(reader, *id));
  if (!user || !user->active || !net::isMailAddress(user->email)) return std::optional<Reading>();
  TRY(auto settings, store::ownSettings(reader, *id));
  TRY(auto hearer, access::hearerOf(reader, *user));
  return std::optional(Reading{std::move(*user), std::move(settings), std::move(hearer)});
}

// It has chosen else since.
bool stillWants(const store::OwnSettings& settings, const store::Notification& row) {
  const auto chosen = settings.notices.find(row.kind);
  return chosen == settings.notices.end() || chosen->second == row.mail;
}

Result<render::NewsLine> lineOf(store::Reader& reader, const store::Notification& row) {
  TRY(const auto company, store::company(reader, row.company));
  render::NewsLine line;
  line.kind = row.kind;
  if (row.type) line.type = document::name(*row.type);
  line.count = row.count;
  line.company = company.name;
  line.words = row.words;
  return line;
}

struct Letter {
  std::string to;
  render::NewsMail words;
  std::string unsubscribe;  // for the mail program itself
  std::vector<store::NotificationId> rows;
};

Result<Letter> letterOf(const Tools& tools, store::Reader& reader, const Reading& reading,
                        const std::vector<store::Notification>& rows, bool digest) {
  const auto& home = tools.mailing->publicUrl;
  Letter letter;
  letter.to = reading.user.email;
  letter.words.language = languageFromTag(reading.user.language);
  letter.words.name = reading.user.name;
  letter.words.digest = digest;
  for (const auto& row : rows) {
    TRY(auto line, lineOf(reader, row));
    letter.words.lines.push_back(std::move(line));
    letter.rows.push_back(row.id);
  }
  letter.words.link = home + (digest ? std::string("/notifications") : rows.front().path);
  letter.words.settings = home + "/account#notices";
  if (!tools.vault) return letter;
  const auto token = unsubscribeToken(*tools.vault, reading.user.id, digest ? of_digest : rows.front().kind,
                                      dateInStockholm(tools.clock.now()));
  letter.words.unsubscribe = home + "/unsubscribe#" + token;
  letter.unsubscribe = home + "/api/v1/unsubscribe/" + token;
  return letter;
}

Result<std::string> composedMail(const channels::Mailing& mailing, const Letter& letter,
                                 const store::Job& job, Instant now) {
  const auto said = render::newsMail(letter.words);
  net::Mail mail;
  mail.to = {{"", letter.to}};
  mail.subject = said.subject;
  mail.text = said.text;
  mail.html = said.html;
  // The same at every try: whoever gets it twice sees one.
  const auto about = job.key + ":" + letter.rows.front().text();
  mail.messageId = "news." + hex(view(sha256(about))).substr(0, 32);
  mail.date = now;
  mail.language = letter.words.language;
  mail.unsubscribe = letter.unsubscribe;
  return houseMail(mailing, std::move(mail));
}

// Given up after the last wait: it stands in the portal all the same.
Outcome sendNow(const Tools& tools, const store::Job& job, const Letter& letter) {
  const auto now = tools.clock.now();
  const auto bytes = composedMail(*tools.mailing, letter, job, now);
  net::SmtpAnswer said{SmtpResult::refused, bytes ? "" : bytes.error().detail, {}, {}};
  if (bytes) said = tools.mailing->send({tools.mailing->from, {letter.to}}, *bytes);
  const auto tries = static_cast<std::size_t>(std::max(job.attempts, 1));
  const bool again = said.result == SmtpResult::later && tries <= waits_seconds.size();
  if (said.result != SmtpResult::accepted)
    log::info("a mail of news did not go", {{"again", again ? "yes" : "no"}, {"said", said.words}});
  return tools.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    if (again) return store::postpone(tx, job, now.plusSeconds(waits_seconds[tries - 1]), said.words);
    CHECK_OK(store::complete(tx, job));
    return store::markMailed(tx, letter.rows, now);
  });
}

Decision sending(const Tools& tools, const store::Job& job, Letter letter) {
  return {[](store::Transaction&) { return Outcome(); },
          [&tools, job, letter = std::move(letter)] { return sendNow(tools, job, letter); }};
}

bool isMailOn(const Tools& tools) {
  return tools.mailing && tools.mailing->isOn();
}

}  // namespace

store::NewJob newsMailJob(UserId user, store::NotificationId notification, CompanyId company, Instant runAt) {
  store::NewJob job;
  job.kind = "news-mail";
  job.key = "news-mail:" + notification.text();
  job.company = company;
  job.runAt = runAt;
  job.payload = json::serialize(json::object{{"user", user.text()}, {"notification", notification.text()}});
  return job;
}

Instant nextDigest(int hour, Instant now) {
  const auto today = dateInStockholm(now);
  const auto at = inStockholm(today, hour * 60);
  return at > now ? at : inStockholm(Date{today.daysSinceEpoch + 1}, hour * 60);
}

store::NewJob newsDigestJob(UserId user, int hour, Instant now) {
  store::NewJob job;
  job.kind = "news-digest";
  job.key = "news-digest:" + user.text() + ":" + std::to_string(hour);
  job.runAt = nextDigest(hour, now);
  job.payload = json::serialize(json::object{{"user", user.text()}, {"hour", hour}});
  return job;
}

Result<Decision> sendNewsMail(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto payload = payloadOf(job);
  const auto id = idIn<store::NotificationId>(payload, "notification");
  TRY(const auto reading, readingOf(reader, idIn<UserId>(payload, "user")));
  if (!reading || !id || !isMailOn(tools)) return onlyComplete(job);
  TRY(const auto row, store::toMail(reader, reading->hearer, *id));
  if (!row || !stillWants(reading->settings, *row)) return onlyComplete(job);
  TRY(auto letter, letterOf(tools, reader, *reading, {*row}, false));
  return sending(tools, job, std::move(letter));
}

Result<Decision> sendNewsDigest(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto payload = payloadOf(job);
  TRY(const auto reading, readingOf(reader, idIn<UserId>(payload, "user")));
  if (!reading || !isMailOn(tools)) return onlyComplete(job);
  // Another hour has been chosen since: what waits, waits for that one.
  if (const int hour = reading->settings.digestHour; hour != hourIn(payload))
    return Decision{[job, hour, user = reading->user.id](store::Transaction& tx) -> Outcome {
                      CHECK_OK(store::complete(tx, job));
                      return store::enqueue(tx, newsDigestJob(user, hour, tx.clock().now()));
                    },
                    {}};
  TRY(auto rows, store::toMail(reader, reading->hearer, of_digest));
  std::erase_if(rows, [&](const auto& row) { return !stillWants(reading->settings, row); });
  if (rows.empty()) return onlyComplete(job);
  TRY(auto letter, letterOf(tools, reader, *reading, rows, true));
  return sending(tools, job, std::move(letter));
}

std::string unsubscribeToken(const Vault& vault, UserId user, std::string_view kind, Date day) {
  return base64Url(vault.seal(user.text() + " " + std::string(kind) + " " + day.text(), context));
}

std::optional<Unsubscribing> unsubscribingIn(const Vault& vault, std::string_view token, Date today) {
  const auto sealed = fromBase64Url(token);
  if (!sealed) return std::nullopt;
  const auto plain = vault.unseal(*sealed, context);
  if (!plain) return std::nullopt;
  const auto parts = split(*plain, ' ');
  const auto user = UserId::parse(parts.front());
  if (parts.size() != 3 || !user) return std::nullopt;
  const auto day = Date::parse(parts[2]);
  if (!day || day->plusDays(unsubscribe_days) < today) return std::nullopt;
  if (parts[1] != of_digest && !store::newsKind(parts[1])) return std::nullopt;
  return Unsubscribing{*user, std::string(parts[1])};
}

}  // namespace postgang::flow
