#include "api/notice_choices.h"

#include <algorithm>

#include "access/hearing.h"
#include "api/problem_reply.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr int hours_of_day = 24;

bool isNews(std::string_view kind) {
  return store::newsKind(kind) != nullptr;
}

bool isMailAlone(std::string_view kind) {
  return std::ranges::find(store::mail_kinds, kind) != std::end(store::mail_kinds);
}

// A morning list is a digest itself, and a sign-in is told of at once or not at all.
bool mayBeChosen(std::string_view kind, std::string_view how) {
  return how == "each" || how == "none" || (how == "digest" && isNews(kind));
}

Outcome readMails(const JsonBody& body, const store::User& user, store::OwnSettings& own) {
  const auto& value = body.at("notices");
  if (!value.is_object()) return fieldInvalid("/notices", "This is an object.");
  for (const auto& [kind, how] : value.get_object()) {
    const auto pointer = "/notices/" + std::string(kind);
    const auto* news = store::newsKind(kind);
    if (!isMailAlone(kind) && (!news || !access::mayHear(user, *news)))
      return fieldInvalid(pointer, "There is no such notice.");
    if (!how.is_string() || !mayBeChosen(kind, std::string_view(how.get_string())))
      return fieldInvalid(pointer, "This notice cannot come in that way.");
    own.notices[std::string(kind)] = std::string(std::string_view(how.get_string()));
  }
  return {};
}

Outcome readPortal(const JsonBody& body, const store::User& user, store::OwnSettings& own) {
  const auto& value = body.at("portal");
  if (!value.is_object()) return fieldInvalid("/portal", "This is an object.");
  for (const auto& [kind, shown] : value.get_object()) {
    const auto pointer = "/portal/" + std::string(kind);
    const auto* news = store::newsKind(kind);
    if (!news || !access::mayHear(user, *news)) return fieldInvalid(pointer, "There is no such notice.");
    if (!shown.is_bool()) return fieldInvalid(pointer, "This is true or false.");
    own.portal[std::string(kind)] = shown.get_bool();
  }
  return {};
}

}  // namespace

void addNoticeChoices(json::object& shape, const store::User& user, const store::OwnSettings& own) {
  json::object notices, portal;
  const auto role = access::highestRole(user);
  for (const auto& kind : store::news_kinds) {
    if (!access::mayHear(user, kind)) continue;
    const auto hearing = access::hearingOf(own, kind, role);
    notices[kind.name] = hearing.mail;
    portal[kind.name] = hearing.portal;
  }
  for (const auto kind : store::mail_kinds) {
    const auto chosen = own.notices.find(kind);
    notices[kind] = chosen == own.notices.end() ? std::string("each") : chosen->second;
  }
  shape["notices"] = std::move(notices);
  shape["portal"] = std::move(portal);
  shape["alsoSeen"] = own.alsoSeen;
  shape["digestHour"] = own.digestHour;
}

Outcome readNoticeChoices(const JsonBody& body, const store::User& user, store::OwnSettings& own) {
  if (!body.isNull("notices")) CHECK_OK(readMails(body, user, own));
  if (!body.isNull("portal")) CHECK_OK(readPortal(body, user, own));
  TRY(own.alsoSeen, body.yes("alsoSeen", own.alsoSeen));
  if (body.isNull("digestHour")) return {};
  const auto& hour = body.at("digestHour");
  if (!hour.is_int64() || hour.get_int64() < 0 || hour.get_int64() >= hours_of_day)
    return fieldInvalid("/digestHour", "This is an hour of the day, 0 to 23.");
  own.digestHour = static_cast<int>(hour.get_int64());
  return {};
}

}  // namespace postgang::api
