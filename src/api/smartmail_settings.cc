// /smartmail/settings and /partners/{identifier}/smartmail: what a company sets for its Smartmail, and what
// it sets otherwise for one counterpart. What holds already for a mail that has left stays as it is.
#include "api/audit_act.h"
#include "api/json_body.h"
#include "api/partner_identifier.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/smartmail_shape.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using channels::SmartmailOf;

constexpr int counterparts_shown = 200;

// Strict about the media type, the depth and what nobody knows, and then about each setting.
Result<std::string> settingsIn(const net::Request& request, SmartmailOf whose) {
  TRY(const auto body, JsonBody::of(request, {"days", "bankDays", "daysBeforeDue", "toPaper", "form",
                                              "exempt", "replyTo", "remindAfterDays", "addresses"}));
  (void)body;
  TRY(const auto set, channels::smartmailSetFromJson(request.body, whose));
  auto text = channels::smartmailSetToJson(set);
  return text == "{}" ? std::string() : text;
}

Result<json::object> companyShape(store::Reader& reader, CompanyId company) {
  TRY(const auto texts, store::smartmailSettings(reader, company, {}));
  TRY(const auto own, channels::smartmailSetFromJson(texts.company, SmartmailOf::company));
  TRY(const auto partners, store::partnersWithSmartmailSettings(reader, company, counterparts_shown));
  json::array counterparts;
  for (const auto& partner : partners) {
    TRY(const auto set, channels::smartmailSetFromJson(partner.settings, SmartmailOf::counterpart));
    counterparts.push_back({{"identifier", partner.identifier},
                            {"name", textOrNull(partner.name)},
                            {"own", settingsShape(set)}});
  }
  return json::object{{"own", settingsShape(own)},
                      {"effective", settingsShape(channels::inherited(own, {}))},
                      {"counterparts", std::move(counterparts)}};
}

Result<net::Reply> getCompany(Parts& parts, const Call& call) {
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
        return companyShape(reader, call.company());
      }));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> putCompany(Parts& parts, const Call& call) {
  TRY(const auto text, settingsIn(call.request, SmartmailOf::company));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto kept, store::smartmailSettings(tx, call.company(), {}));
    TRY(const auto before, channels::smartmailSetFromJson(kept.company, SmartmailOf::company));
    TRY(const auto after, channels::smartmailSetFromJson(text, SmartmailOf::company));
    call.note->detail = changeDetail(settingsShape(before).as_object(), settingsShape(after).as_object());
    return store::setSmartmailSettings(tx, call.company(), text);
  }));
  return getCompany(parts, call);
}

Result<json::object> partnerShapeOf(store::Reader& reader, const Call& call, std::string_view identifier) {
  TRY(const auto partner, store::partner(reader, call.viewer(), call.company(), identifier));
  if (!partner) return notFound();
  TRY(const auto texts, store::smartmailSettings(reader, call.company(), identifier));
  TRY(const auto company, channels::smartmailSetFromJson(texts.company, SmartmailOf::company));
  TRY(const auto own, channels::smartmailSetFromJson(texts.partner, SmartmailOf::counterpart));
  return json::object{{"identifier", identifier},
                      {"name", textOrNull(partner->name)},
                      {"own", texts.partner.empty() ? json::value(nullptr) : settingsShape(own)},
                      {"effective", settingsShape(channels::inherited(company, own))}};
}

Result<net::Reply> partnerReply(Parts& parts, const Call& call, std::string_view identifier) {
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
        return partnerShapeOf(reader, call, identifier);
      }));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> getPartner(Parts& parts, const Call& call) {
  const auto identifier = partnerIdentifierIn(call.request);
  if (!identifier) return notFound();
  return partnerReply(parts, call, *identifier);
}

Outcome store(Parts& parts, const Call& call, std::string_view identifier, std::string_view text) {
  return parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return store::setPartnerSmartmailSettings(tx, call.company(), identifier, text);
  });
}

Result<net::Reply> putPartner(Parts& parts, const Call& call) {
  const auto identifier = partnerIdentifierIn(call.request);
  if (!identifier) return notFound();
  TRY(const auto text, settingsIn(call.request, SmartmailOf::counterpart));
  CHECK_OK(store(parts, call, *identifier, text));
  return partnerReply(parts, call, *identifier);
}

Result<net::Reply> deletePartner(Parts& parts, const Call& call) {
  const auto identifier = partnerIdentifierIn(call.request);
  if (!identifier) return notFound();
  CHECK_OK(store(parts, call, *identifier, {}));
  return net::Reply::empty();
}

}  // namespace

void addSmartmailSettingsRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", "/api/v1/smartmail/settings", Scope::documents_read, getCompany);
  add("PUT", "/api/v1/smartmail/settings", Scope::documents_write, putCompany);
  constexpr auto partner = "/api/v1/partners/{identifier}/smartmail";
  add("GET", partner, Scope::partners_read, getPartner);
  add("PUT", partner, Scope::partners_write, putPartner);
  add("DELETE", partner, Scope::partners_write, deletePartner);
}

}  // namespace postgang::api
