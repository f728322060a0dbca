// What each person has been told: a row for a person and a thing, or for many things of one kind within
// minutes. A person sees a row as long as it may see what the row is about; that is asked at every reading,
// so that a right that was lost takes old words with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/business_document.h"
#include "store/news.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

using NotificationId = Id<struct NotificationNoun>;

// A person, with all that it may see in whatever company (access/hearing.h).
struct Hearer {
  UserId user;
  Viewer viewer;
  std::vector<CompanyId> administers = {};
};

struct Notification {
  NotificationId id;
  UserId user;
  std::string kind;  // news_kinds.h
  CompanyId company;
  std::optional<Direction> direction = {};  // of the document that it is about
  std::optional<document::Kind> type = {};
  std::optional<DocumentId> document = {};  // absent where it stands for several
  std::string path;
  NewsWords words = {};                // empty where it stands for several
  std::int64_t count = 1;              // how many it stands for
  bool personal = false;               // told this one alone
  bool administrators = false;         // seen by administrators of the company alone
  std::optional<CompanyId> desk = {};  // whose desk's (news.h): rows of it join, whosever they are
  bool shown = true;                   // in the portal; else it waits for a mail alone
  std::string mail = {};               // "each", "digest", or empty
  Instant firstAt, lastAt;
  std::optional<Instant> readAt = {}, mailedAt = {};
};

// Whether it has not been told; says that it is now.
Result<bool> tellOnce(Transaction& tx, CompanyId company, std::string_view kind, std::string_view key,
                      Instant at);

// The unread row that this one may be counted into: of the same person and kind, and of the same company and
// type or of the same desk; not mailed yet, touched since `since` and begun since `begunSince`.
Result<std::optional<NotificationId>> notificationToJoin(Reader& reader, const Notification& like,
                                                         Instant since, Instant begunSince);
// One more: from now on it leads to `path` and has no words of any one of them, but `words` of all; of a desk
// it is the desk's own company's, of no kind of document. Not where it has been read or mailed meanwhile:
// answers whether it was counted.
Result<bool> joinNotification(Transaction& tx, NotificationId id, std::string_view path, Instant at,
                              const NewsWords& words = {});
Outcome createNotification(Transaction& tx, const Notification& notification);
// When the last one of the kind and company, or desk, was mailed by itself.
Result<std::optional<Instant>> lastMailedAt(Reader& reader, const Notification& like);

struct NotificationQuery {
  std::string kind = {};  // empty: all
  bool unreadOnly = false;
  int limit = 50;
  std::string cursor = {};  // opaque; code "cursor-malformed"
};
struct NotificationPage {
  std::vector<Notification> items;  // unread first, then the latest first
  std::optional<std::string> nextCursor;
};
// What is shown in the portal.
Result<NotificationPage> listNotifications(Reader& reader, const Hearer& hearer,
                                           const NotificationQuery& query);
struct NotificationCount {
  std::string kind;
  std::int64_t unread = 0;
};
Result<std::vector<NotificationCount>> countNotifications(Reader& reader, const Hearer& hearer);

// Unread, not mailed yet and still the person's to see: those that wait for the digest; or one of them.
inline constexpr int digest_rows_max = 200;
Result<std::vector<Notification>> toMail(Reader& reader, const Hearer& hearer, std::string_view mail);
Result<std::optional<Notification>> toMail(Reader& reader, const Hearer& hearer, NotificationId id);
Outcome markMailed(Transaction& tx, const std::vector<NotificationId>& ids, Instant at);

// The person's own alone; whatever is not is passed over. How many became read.
Result<std::int64_t> markRead(Transaction& tx, UserId user, const std::vector<NotificationId>& ids,
                              Instant at);
Result<std::int64_t> markReadUntil(Transaction& tx, UserId user, Instant until, Instant at);

// Whose rows have come or grown since; at most `limit` rows are looked at.
struct NotificationChange {
  UserId user;
  NotificationId id;
  std::int64_t count = 0;
  Instant at;
};
Result<std::vector<NotificationChange>> notificationsSince(Reader& reader, Instant since, int limit);
Result<Instant> newestNotification(Reader& reader);

inline constexpr std::int64_t notifications_kept_seconds = 180LL * 24 * 3600;
Outcome forgetNotifications(Transaction& tx, Instant before);

}  // namespace postgang::store
