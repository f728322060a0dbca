#include "flow/tell_people.h"

#include <algorithm>
#include <set>

#include "access/hearing.h"
#include "flow/news_mailing.h"
#include "flow/notice_ways.h"
#include "store/access_rows.h"
#include "store/documents.h"
#include "store/listeners.h"
#include "store/news.h"
#include "store/notices.h"
#include "store/notifications.h"
#include "store/sandboxes.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::int64_t joins_seconds = 600, row_seconds_max = 3600;
constexpr std::int64_t crowd_seconds = 120, pause_seconds = 1800;
constexpr std::size_t words_max = 12, word_points_max = 200, path_bytes_max = 300;

struct Told {
  store::News news;
  const store::NewsKind* kind = nullptr;
  std::vector<store::Notification> rows;  // without ids
  std::vector<int> digestHours;           // of each
};

// Within the portal, and nothing that a browser reads as elsewhere.
bool isPath(std::string_view path) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/-_.~?=&%,:+").find(c) != std::string_view::npos;
  };
  return path.size() <= path_bytes_max && path.starts_with('/') && !path.starts_with("//") &&
         std::ranges::all_of(path, plain);
}

// Where all of the kind stand, for a row that is about many.
std::string pathOfMany(const store::NewsKind& kind, const std::string& ofOne) {
  if (kind.name == "failed") return "/documents/sent?status=failed";
  if (kind.name == "stopped") return "/documents/sent?status=stopped,returned";
  if (kind.name == "rejected") return "/documents/sent?status=rejected";
  if (kind.name == "reachable") return "/partners";
  if (kind.name == "ticket") return "/tickets?status=new";
  return ofOne;
}

// Which of the kind's sentences it is: nothing of any one.
store::NewsWords wordsOfMany(const store::Notification& row) {
  const auto what = row.words.find("what");
  if (!row.desk || what == row.words.end()) return {};
  return {{"what", what->second}};
}

void keepBounded(store::NewsWords& words) {
  while (words.size() > words_max) words.erase(std::prev(words.end()));
  for (auto& [name, value] : words) value = truncated(collapsed(withoutControls(value)), word_points_max);
}

// False: the document is gone.
Result<bool> describe(store::Reader& reader, store::News& news, store::Notification& row) {
  if (news.document) {
    const auto found = store::findDocument(reader, store::Viewer::system(), *news.document, news.company);
    if (!found && found.error().kind == ProblemKind::not_found) return false;
    if (!found) return fail(found.error());
    row.document = news.document;
    row.direction = found->entry.direction;
    row.type = found->entry.kind;
    news.words.try_emplace("number", found->entry.number.empty() ? found->fileName : found->entry.number);
    news.words.try_emplace("counterpart", found->entry.counterpartName);
  }
  keepBounded(news.words);
  row.kind = news.kind;
  row.company = news.company;
  row.path = isPath(news.path) ? news.path : "/notifications";
  row.words = news.words;
  row.personal = news.only.has_value();
  row.desk = news.desk;
  return true;
}

// Those to whom the notice of a return is mailed. nullopt: it goes to the company's own address for that,
// which its people have chosen instead of their own.
Result<std::optional<std::set<std::string>>> mailedAlready(store::Reader& reader, CompanyId company) {
  TRY(const auto settings, store::noticeSettings(reader, company));
  if (!settings.email.empty()) return std::optional<std::set<std::string>>();
  std::set<std::string> addresses;
  TRY(const auto members, store::membersOf(reader, company, notice_members_max));
  for (const auto& member : members) addresses.insert(member.email);
  return std::optional(std::move(addresses));
}

class Audience {
 public:
  Audience(store::Reader& reader, const Told& told, const store::Notification& row)
      : reader_(reader), told_(told), row_(row) {}

  Result<std::vector<store::Listener>> all() {
    const auto& news = told_.news;
    if (told_.kind->staff) return store::staffListeners(reader_, news.kind);
    if (!news.only) return store::listenersOf(reader_, news.company, news.kind);
    std::vector<store::Listener> one;
    TRY(auto found, store::listener(reader_, *news.only, news.kind));
    if (found) one.push_back(std::move(*found));
    return one;
  }

  Result<bool> may(const store::Listener& listener) {
    if (told_.news.by && *told_.news.by == listener.user) return false;
    if (told_.kind->staff) return true;
    if (!told_.news.only && listener.own)
      return !told_.kind->administrators || listener.role == "administrator";
    TRY(const auto user, store::user(reader_, listener.user));
    if (!user) return false;
    TRY(const auto hearer, access::hearerOf(reader_, *user));
    if (told_.kind->administrators && !std::ranges::binary_search(hearer.administers, row_.company))
      return false;
    if (row_.direction) return hearer.viewer.sees(row_.company, *row_.direction, *row_.type);
    return told_.news.only ? hearer.viewer.seesAnyOf(row_.company) : hearer.viewer.sees(row_.company);
  }

  Result<bool> hasMail(const store::Listener& listener) {
    if (!told_.news.mailed) return false;
    if (told_.news.kind != "stopped") return true;
    if (!asked_) {
      TRY(mailed_, mailedAlready(reader_, told_.news.company));
      asked_ = true;
    }
    return mailed_ ? mailed_->contains(listener.email) : listener.own;
  }

 private:
  store::Reader& reader_;
  const Told& told_;
  const store::Notification& row_;
  std::optional<std::set<std::string>> mailed_;
  bool asked_ = false;
};

access::Hearing hearingOf(const store::Listener& listener, const store::NewsKind& kind) {
  store::OwnSettings chosen;
  if (listener.mail) chosen.notices[std::string(kind.name)] = *listener.mail;
  if (listener.portal) chosen.portal[std::string(kind.name)] = *listener.portal;
  return access::hearingOf(chosen, kind, listener.role);
}

Outcome choose(store::Reader& reader, Told& told, const store::Notification& like) {
  Audience audience(reader, told, like);
  TRY(const auto listeners, audience.all());
  for (const auto& listener : listeners) {
    const auto hearing = hearingOf(listener, *told.kind);
    if (!hearing.portal && hearing.mail == "none") continue;
    TRY(const bool may, audience.may(listener));
    if (!may) continue;
    auto row = like;
    row.user = listener.user;
    row.shown = hearing.portal;
    row.administrators = told.kind->administrators;
    row.mail = hearing.mail == "none" ? "" : hearing.mail;
    if (row.mail == "each") {
      TRY(const bool hasMail, audience.hasMail(listener));
      if (hasMail) row.mail.clear();
    }
    if (!row.shown && row.mail.empty()) continue;
    told.rows.push_back(std::move(row));
    told.digestHours.push_back(listener.digestHour);
  }
  return {};
}

// What comes to a desk comes in crowds, though each is told by name.
bool isOfCrowd(const Told& told, const store::Notification& row) {
  return row.desk || (told.kind->collapses && !row.personal);
}

// A crowd gathers before it is mailed, and the next one of the kind waits longer.
Result<Instant> mailedAt(store::Transaction& tx, const Told& told, const store::Notification& row,
                         Instant now) {
  if (!told.kind->collapses && !row.desk) return now;
  TRY(const auto last, store::lastMailedAt(tx, row));
  const auto soon = now.plusSeconds(crowd_seconds);
  return last ? std::max(soon, last->plusSeconds(pause_seconds)) : soon;
}

Outcome tellOne(store::Transaction& tx, const Tools& tools, const Told& told, store::Notification row,
                int digestHour) {
  const auto now = tx.clock().now();
  row.firstAt = row.lastAt = now;
  if (isOfCrowd(told, row)) {
    TRY(const auto into, store::notificationToJoin(tx, row, now.plusSeconds(-joins_seconds),
                                                   now.plusSeconds(-row_seconds_max)));
    bool isJoined = false;
    if (into) {
      const auto path = pathOfMany(*told.kind, row.path);
      TRY(isJoined, store::joinNotification(tx, *into, path, now, wordsOfMany(row)));
    }
    if (isJoined) return {};
  }
  row.id = tools.ids.next<store::NotificationId>();
  CHECK_OK(store::createNotification(tx, row));
  if (row.mail == "digest") return store::enqueue(tx, newsDigestJob(row.user, digestHour, now));
  if (row.mail != "each") return {};
  TRY(const auto at, mailedAt(tx, told, row, now));
  return store::enqueue(tx, newsMailJob(row.user, row.id, row.company, at));
}

Outcome commit(store::Transaction& tx, const Tools& tools, const store::Job& job, const Told& told) {
  const auto now = tx.clock().now();
  CHECK_OK(store::complete(tx, job));
  const auto key = told.news.key + (told.news.only ? ":" + told.news.only->text() : std::string());
  TRY(const bool isNew, store::tellOnce(tx, told.news.company, told.news.kind, key, now));
  if (!isNew) return {};
  CHECK_OK(store::forgetNotifications(tx, now.plusSeconds(-store::notifications_kept_seconds)));
  for (std::size_t i = 0; i < told.rows.size(); ++i)
    CHECK_OK(tellOne(tx, tools, told, told.rows[i], told.digestHours[i]));
  return {};
}

Decision onlyComplete(const store::Job& job) {
  return {[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
}

}  // namespace

Result<Decision> tellPeople(const Tools& tools, store::Reader& reader, const store::Job& job) {
  Told told;
  told.news = store::newsIn(job);
  told.kind = store::newsKind(told.news.kind);
  if (!told.kind) return onlyComplete(job);
  TRY(const bool sandbox, store::isSandbox(reader, told.news.company));
  if (sandbox) return onlyComplete(job);
  store::Notification row;
  TRY(const bool isThere, describe(reader, told.news, row));
  if (!isThere) return onlyComplete(job);
  CHECK_OK(choose(reader, told, row));
  if (told.rows.empty()) return onlyComplete(job);
  return Decision{
      [&tools, job, told = std::move(told)](store::Transaction& tx) { return commit(tx, tools, job, told); },
      {}};
}

}  // namespace postgang::flow
