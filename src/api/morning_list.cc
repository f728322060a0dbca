// /settings/morning-list: who gets one mail a morning with what failed, is stopped or unanswered.
#include "flow/morning_list.h"

#include <charconv>

#include "api/json_body.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "net/mail.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

constexpr std::size_t address_max = 254;

std::string twoDigits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

json::object shape(const flow::MorningListSettings& settings, bool mailIsOn) {
  json::array addresses;
  for (const auto& address : settings.addresses) addresses.emplace_back(address);
  return {{"addresses", std::move(addresses)},
          {"at", twoDigits(settings.minuteOfDay / 60) + ":" + twoDigits(settings.minuteOfDay % 60)},
          {"bankDaysOnly", settings.bankDaysOnly},
          {"language", code(settings.language)},
          {"mailIsOn", mailIsOn}};
}

// "07:00"; nullopt: not a time of day.
std::optional<int> minuteFrom(std::string_view text) {
  int hours = 0, minutes = 0;
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto first = std::from_chars(text.data(), text.data() + 2, hours);
  const auto second = std::from_chars(text.data() + 3, text.data() + 5, minutes);
  if (first.ec != std::errc() || first.ptr != text.data() + 2 || second.ec != std::errc() ||
      second.ptr != text.data() + 5 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
    return std::nullopt;
  return hours * 60 + minutes;
}

Result<flow::MorningListSettings> settingsIn(const net::Request& request) {
  TRY(const auto body, JsonBody::of(request, {"addresses", "at", "bankDaysOnly", "language"}));
  flow::MorningListSettings settings;
  TRY(settings.addresses, body.texts("addresses", flow::morning_addresses_max, address_max));
  for (std::size_t i = 0; i < settings.addresses.size(); ++i)
    if (!net::isMailAddress(settings.addresses[i]))
      return fieldInvalid(body.pointerTo("addresses", i), "This is not an e-mail address.");
  TRY(const auto at, body.maybeText("at", 5));
  if (at) {
    const auto minute = minuteFrom(*at);
    if (!minute) return fieldInvalid("/at", "This is a time of day like 07:00.");
    settings.minuteOfDay = *minute;
  }
  TRY(settings.bankDaysOnly, body.yes("bankDaysOnly", true));
  TRY(const auto language, body.maybeText("language", 2));
  const auto tag = language.value_or("sv");
  if (tag != "sv" && tag != "en") return fieldInvalid("/language", "The language is sv or en.");
  settings.language = languageFromTag(tag);
  return settings;
}

Result<net::Reply> get(Parts& parts, const Call& call) {
  TRY(const auto kept, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::morningList(reader, call.company());
      }));
  return net::Reply::json(json::serialize(shape(flow::morningListFrom(kept), parts.context.flow.mailIsOn())));
}

Result<net::Reply> put(Parts& parts, const Call& call) {
  TRY(const auto settings, settingsIn(call.request));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return flow::keepMorningList(tx, call.company(), settings, tx.clock().now());
  }));
  return net::Reply::json(json::serialize(shape(settings, parts.context.flow.mailIsOn())));
}

}  // namespace

void addMorningListRoutes(net::Router& router, Parts& parts) {
  constexpr auto path = "/api/v1/settings/morning-list";
  router.add("GET", path,
             parts.guard.scoped(Scope::documents_read, [&](const Call& call) { return get(parts, call); }));
  router.add("PUT", path,
             parts.guard.scoped(Scope::documents_write, [&](const Call& call) { return put(parts, call); }),
             JsonBody::bytes_max);
}

}  // namespace postgang::api
