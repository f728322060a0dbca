// /partners: the counterparts of the company that is acted for.
#include <algorithm>

#include "api/audit_act.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/partner_identifier.h"
#include "api/partner_shape.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "base/text.h"
#include "document/identifiers.h"
#include "insight/partner_overview.h"
#include "net/mail.h"

namespace postgang::api {

namespace {

std::optional<store::PartnerSort> sortFromName(std::string_view name) {
  using Sort = store::PartnerSort;
  constexpr std::pair<std::string_view, Sort> sorts[] = {{"activity", Sort::activity},
                                                         {"name", Sort::name},
                                                         {"documents", Sort::documents},
                                                         {"amount", Sort::amount}};
  for (const auto& [known, sort] : sorts)
    if (known == name) return sort;
  return std::nullopt;
}

constexpr std::size_t identifier_code_points_max = 200;  // as much of a document's as the store keeps

bool isChannelName(std::string_view name) {
  return !name.empty() && name.size() <= 40 && name.front() >= 'a' && name.front() <= 'z' &&
         std::ranges::all_of(
             name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

Result<store::PartnerQuery> queryIn(const net::Request& request) {
  store::PartnerQuery query;
  TRY(query.text, textParameter(request, "query", 400));
  const auto sort = sortFromName(request.queryValue("sort").value_or("activity"));
  if (!sort) return parameterInvalid("sort", "Sort by activity, name, documents or amount.");
  query.sort = *sort;
  for (const auto& text : listParameter(request, "status")) {
    const auto standing = store::standingFromName(text);
    if (!standing) return parameterInvalid("status", "One of the values is not known.");
    query.standings.push_back(*standing);
  }
  TRY(query.channel, textParameter(request, "channel", 40));
  if (!query.channel.empty() && !isChannelName(query.channel))
    return parameterInvalid("channel", "A channel is written in small letters: network, email, print.");
  const auto changed = request.queryValue("paymentChanged").value_or("");
  if (!changed.empty() && changed != "true" && changed != "false")
    return parameterInvalid("paymentChanged", "It is true or false.");
  if (!changed.empty()) query.changedAccounts = changed == "true";
  TRY(query.limit, limitParameter(request));
  TRY(query.cursor, textParameter(request, "cursor", 2000));
  return query;
}

Result<net::Reply> listPartners(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request,
                          {"query", "sort", "status", "channel", "paymentChanged", "limit", "cursor"}));
  TRY(const auto query, queryIn(call.request));
  TRY(const auto page, readFrom(parts.context.store, [&](store::Reader& reader) {
        return insight::partnerOverview(reader, call.viewer(), call.company(), query,
                                        parts.context.flow.channels());
      }));
  boost::json::array items, standings;
  for (const auto& one : page.items) items.push_back(partnerShape(one));
  for (const auto& [standing, count] : page.standings)
    standings.push_back({{"value", store::name(standing)}, {"count", count}});
  auto list = listShape(std::move(items), page.nextCursor);
  list["previousCursor"] = textOrNull(page.previousCursor.value_or(""));
  list["facets"] = boost::json::object{{"status", std::move(standings)}};
  return net::Reply::json(boost::json::serialize(list));
}

Result<std::optional<insight::PartnerDetail>> partnerNow(Parts& parts, const Call& call,
                                                         std::string_view identifier) {
  return readFrom(parts.context.store, [&](store::Reader& reader) {
    return insight::partnerDetail(reader, call.viewer(), call.company(), identifier,
                                  parts.context.flow.channels());
  });
}

Result<net::Reply> getPartner(Parts& parts, const Call& call) {
  const auto identifier = partnerIdentifierIn(call.request);
  if (!identifier) return notFound();  // what cannot be an identifier names nobody
  TRY(const auto partner, partnerNow(parts, call, *identifier));
  if (!partner) return notFound();
  return net::Reply::json(boost::json::serialize(partnerShape(*partner)));
}

// An address is its partner's own by somebody's word: who and when is kept, and a new address has nobody's.
Outcome changeEmail(const JsonBody& body, const Call& call, Instant now, store::Partner& partner) {
  const auto before = partner.email;
  if (body.has("email")) {
    TRY(const auto email, body.maybeText("email", 254));
    if (email && (email->find('@') == std::string::npos || email->find(' ') != std::string::npos))
      return fieldInvalid("/email", "This is not an e-mail address.");
    partner.email = email.value_or("");
  }
  TRY(const bool verified, body.yes("emailVerified", partner.emailVerifiedAt && partner.email == before));
  if (verified && !net::isMailAddress(partner.email))
    return fieldInvalid("/emailVerified", "There is no e-mail address here that mail can be sent to.");
  if (!verified) {
    partner.emailVerifiedAt.reset();
    partner.emailVerifiedBy.clear();
  } else if (!partner.emailVerifiedAt || partner.email != before) {
    partner.emailVerifiedAt = now;
    partner.emailVerifiedBy = call.viewer().actor().name;
  }
  return {};
}

Outcome changeAddress(const JsonBody& body, store::Partner& partner) {
  if (!body.has("postalAddress")) return {};
  partner.postalAddress.reset();
  if (body.isNull("postalAddress")) return {};
  TRY(const auto address,
      JsonBody::of(body.at("postalAddress"), "/postalAddress", {"street", "postalCode", "city", "country"}));
  store::PostalAddress at;
  TRY(at.street, address.text("street", 200));
  TRY(at.postalCode, address.text("postalCode", 20));
  TRY(at.city, address.text("city", 100));
  TRY(at.country, address.text("country", 2));
  const auto isCapital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (at.country.size() != 2 || !std::ranges::all_of(at.country, isCapital))
    return fieldInvalid("/postalAddress/country", "A country is two capital letters: SE.");
  partner.postalAddress = std::move(at);
  return {};
}

// What is left out is left as it is.
Outcome change(const JsonBody& body, const Call& call, Instant now, store::Partner& partner) {
  TRY(partner.name, body.text("name", 200));
  CHECK_OK(changeEmail(body, call, now, partner));
  if (body.has("customerNumber")) {
    TRY(const auto number, body.maybeText("customerNumber", 100));
    partner.customerNumber = number.value_or("");
  }
  if (body.has("channels")) {
    TRY(partner.channels, body.texts("channels", 20, 40));
    if (!std::ranges::all_of(partner.channels, isChannelName))
      return fieldInvalid("/channels", "A channel is written in small letters: network, email, print.");
  }
  if (body.has("kind")) {
    TRY(const auto kind, body.text("kind", 20));
    if (kind != "company" && kind != "person") return fieldInvalid("/kind", "The kind is company or person.");
    partner.person = kind == "person";
  }
  return changeAddress(body, partner);
}

// What of a partner is the company's own word.
boost::json::object said(const store::Partner& partner) {
  boost::json::array channels;
  for (const auto& channel : partner.channels) channels.emplace_back(channel);
  boost::json::value address = nullptr;
  if (const auto& at = partner.postalAddress)
    address = {
        {"street", at->street}, {"postalCode", at->postalCode}, {"city", at->city}, {"country", at->country}};
  return {{"name", partner.name},
          {"email", textOrNull(partner.email)},
          {"emailVerified", partner.emailVerifiedAt.has_value()},
          {"customerNumber", textOrNull(partner.customerNumber)},
          {"channels", std::move(channels)},
          {"kind", partner.person ? "person" : "company"},
          {"postalAddress", std::move(address)}};
}

Result<net::Reply> putPartner(Parts& parts, const Call& call) {
  TRY(const auto identifier, partnerIdentifierIn(call.request));
  TRY(const auto body, JsonBody::of(call.request, {"name", "email", "emailVerified", "postalAddress",
                                                   "channels", "customerNumber", "kind"}));
  bool isNew = false;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto known, store::partner(tx, call.viewer(), call.company(), identifier));
    isNew = !known;
    auto partner = known.value_or(store::Partner{});
    if (isNew) partner.identifier = identifier;
    if (isNew && identifier.starts_with(by_customer_number))
      partner.customerNumber = identifier.substr(by_customer_number.size());
    CHECK_OK(change(body, call, tx.clock().now(), partner));
    call.note->objectName = partner.name;
    call.note->detail = changeDetail(known ? said(*known) : boost::json::object(), said(partner));
    return store::putPartner(tx, call.company(), partner);
  }));
  TRY(const auto partner, partnerNow(parts, call, identifier));
  if (!partner) return notFound();
  return net::Reply::json(boost::json::serialize(partnerShape(*partner)), isNew ? 201 : 200);
}

}  // namespace

Result<std::string> partnerIdentifierIn(const net::Request& request) {
  const std::string text(request.parameter("identifier"));
  if (text.starts_with(by_customer_number) && text.size() > by_customer_number.size() &&
      codePoints(text) <= identifier_code_points_max)
    return text;
  TRY(const auto identifier, document::parseIdentifier(text));
  return identifier.text();
}

void addPartnerRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  constexpr auto one = "/api/v1/partners/{identifier}";
  router.add("GET", "/api/v1/partners", parts.guard.scoped(Scope::partners_read, [&](const Call& call) {
    return listPartners(parts, call);
  }));
  router.add("GET", one, parts.guard.scoped(Scope::partners_read, [&](const Call& call) {
    return getPartner(parts, call);
  }));
  router.add(
      "PUT", one,
      parts.guard.scoped(Scope::partners_write, [&](const Call& call) { return putPartner(parts, call); }),
      JsonBody::bytes_max);
}

}  // namespace postgang::api
