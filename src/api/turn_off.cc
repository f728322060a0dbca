#include "api/turn_off.h"

#include "access/hearing.h"
#include "flow/news_mailing.h"
#include "store/news_kinds.h"

namespace postgang::api {

namespace {

bool isOnlyLowered(std::string_view kind) {
  return kind == "payment-changed" || kind == "account-changed";
}

}  // namespace

TurnedOff turnOff(const store::User& user, std::string_view kind, store::OwnSettings& own) {
  TurnedOff turned;
  const auto role = access::highestRole(user);
  for (const auto& each : store::news_kinds) {
    const auto mail = access::hearingOf(own, each, role).mail;
    if (kind == flow::of_digest ? mail != "digest" : each.name != kind) continue;
    const bool lowered = isOnlyLowered(each.name);
    if (lowered && mail != "each") continue;
    own.notices[std::string(each.name)] = lowered ? "digest" : "none";
    (lowered ? turned.lowered : turned.off).emplace_back(each.name);
  }
  return turned;
}

}  // namespace postgang::api
