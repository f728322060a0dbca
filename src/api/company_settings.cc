// /companies/{companyId}/settings: what is set for a company, by itself or by those above it.
#include "channels/company_settings.h"

#include "api/company_rights.h"
#include "api/company_shape.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

Result<const channels::KnownSetting*> settingIn(const Call& call) {
  const auto* known = channels::knownSetting(call.request.parameter("key"));
  if (!known) return notFound();
  return known;
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto company, companyToSee(reader, call, call.request.parameter("companyId")));
    json::array items;
    for (const auto& known : channels::knownSettings()) {
      TRY(const auto setting, store::companySetting(reader, company.id, known.key));
      items.push_back(companySettingShape(known.key, channels::name(known.type), setting));
    }
    return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
  });
}

Result<net::Reply> shown(Parts& parts, CompanyId company, const channels::KnownSetting& known) {
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto setting, store::companySetting(reader, company, known.key));
    return net::Reply::json(
        json::serialize(companySettingShape(known.key, channels::name(known.type), setting)));
  });
}

// Sets it, or with nothing lets what is inherited hold again.
Result<net::Reply> change(Parts& parts, const Call& call, const channels::KnownSetting& known,
                          const std::optional<std::string>& value) {
  CompanyId id;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto company, companyToChange(tx, call, call.request.parameter("companyId")));
    id = company.id;
    TRY(const auto before, store::companySetting(tx, id, known.key));
    const auto was = before.own ? std::optional(before.own->value) : std::nullopt;
    if (was == value) return {};
    CHECK_OK(value ? store::setCompanySetting(tx, id, known.key, *value, call.viewer().actor().name)
                   : store::unsetCompanySetting(tx, id, known.key));
    const auto said = [](const std::optional<std::string>& text) {
      return text ? json::parse(*text) : json::value(nullptr);
    };
    const json::object detail{{std::string(known.key), json::array{said(was), said(value)}}};
    CHECK_OK(noteCompanyChange(tx, call, id, "company.setting-changed", company, detail));
    if (id == call.company()) return {};
    return noteCompanyChange(tx, call, call.company(), "company.setting-changed", company, detail);
  }));
  return shown(parts, id, known);
}

Result<net::Reply> put(Parts& parts, const Call& call) {
  TRY(const auto* known, settingIn(call));
  TRY(const auto body, JsonBody::of(call.request, {"value"}));
  if (!body.has("value")) return fieldInvalid("/value", "This is what is to hold.");
  TRY(const auto value, channels::settingValueFrom(*known, json::serialize(body.at("value"))));
  return change(parts, call, *known, value);
}

Result<net::Reply> remove(Parts& parts, const Call& call) {
  TRY(const auto* known, settingIn(call));
  return change(parts, call, *known, std::nullopt);
}

}  // namespace

void addCompanySettingRoutes(net::Router& router, Parts& parts) {
  constexpr auto all = "/api/v1/companies/{companyId}/settings";
  constexpr auto one = "/api/v1/companies/{companyId}/settings/{key}";
  router.add("GET", all,
             parts.guard.scoped(Scope::companies_read, [&](const Call& call) { return list(parts, call); }));
  router.add("PUT", one,
             parts.guard.scoped(Scope::companies_write, [&](const Call& call) { return put(parts, call); }),
             JsonBody::bytes_max);
  router.add("DELETE", one, parts.guard.scoped(Scope::companies_write, [&](const Call& call) {
    return remove(parts, call);
  }));
}

}  // namespace postgang::api
