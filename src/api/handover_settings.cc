// /handovers/settings: how a company takes what it receives into its own system, by kind of document.
#include <array>

#include "api/handover_shape.h"
#include "api/json_body.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "channels/handover_carry.h"
#include "flow/handover_watch.h"
#include "store/companies.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;
using channels::Handover;
using channels::HandoverWay;

constexpr std::array kinds = {channels::default_kind, std::string_view("invoice"),
                              std::string_view("credit-note"), std::string_view("other")};

std::string actorName(const Call& call) {
  return call.viewer().actor().name;
}

Result<json::object> shapeOf(store::Reader& reader, const Parts& parts, CompanyId company) {
  TRY(const auto of, store::company(reader, company));
  TRY(const auto settings, store::handoverSettings(reader, company));
  json::array items;
  for (const auto kind : kinds) {
    json::object item{{"kind", kind},         {"own", nullptr},       {"hasSecret", false},  {"version", 0},
                      {"changedAt", nullptr}, {"changedBy", nullptr}, {"effective", nullptr}};
    for (const auto& setting : settings) {
      if (setting.kind != kind) continue;
      if (!setting.settings.empty()) item["own"] = handoverShape(channels::handoverOf(setting.settings));
      item["hasSecret"] = !setting.secret.empty();
      item["version"] = setting.version;
      item["changedAt"] = setting.changedAt.text();
      item["changedBy"] = textOrNull(setting.changedBy);
    }
    TRY(const auto kept, channels::handoverFor(reader, company, kind));
    item["effective"] = handoverShape(kept.handover);
    items.push_back(std::move(item));
  }
  return json::object{
      {"items", std::move(items)},
      {"available", handoverRulesShape(systemChannel(parts.context.flow).rules(), of.identifier)},
      {"secret", nullptr}};
}

Result<net::Reply> get(Parts& parts, const Call& call) {
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
        return shapeOf(reader, parts, call.company());
      }));
  return net::Reply::json(json::serialize(shape));
}

Result<std::string_view> kindIn(const net::Request& request) {
  const auto wanted = request.parameter("kind");
  for (const auto kind : kinds)
    if (kind == wanted) return kind;
  return notFound();
}

struct Change {
  Handover handover;
  std::int64_t version = 0;
  bool newSecret = false;
};

Result<Change> changeIn(const Parts& parts, const net::Request& request) {
  TRY(const auto body,
      JsonBody::of(request, {"way", "address", "hostKey", "copy", "hours", "version", "newSecret"}));
  Change change;
  json::object settings;
  for (const auto* field : {"way", "address", "hostKey", "copy", "hours"})
    if (body.has(field) && !body.isNull(field)) settings[field] = body.at(field);
  if (body.has("version")) {
    const auto* version = body.at("version").if_int64();
    if (!version || *version < 0) return fieldInvalid("/version", "The version is the one that was read.");
    change.version = *version;
  }
  TRY(change.newSecret, body.yes("newSecret", false));
  TRY(change.handover,
      channels::handoverFromJson(json::serialize(settings), systemChannel(parts.context.flow).rules()));
  return change;
}

// A secret stays while its webhook stays, and is told once, when it is made.
struct Secret {
  std::string kept, told;
};
Secret secretFor(const Change& change, const std::vector<store::HandoverSetting>& before, CompanyId company,
                 std::string_view kind, const Vault* vault) {
  if (change.handover.way != HandoverWay::webhook) return {};
  for (const auto& setting : before)
    if (setting.kind == kind && !setting.secret.empty() && !change.newSecret) return {setting.secret, {}};
  const auto secret = channels::newWebhookSecret();
  return {vault ? vault->seal(secret, channels::webhookSecretContext(company, kind)) : secret, secret};
}

Result<net::Reply> put(Parts& parts, const Call& call) {
  TRY(const auto kind, kindIn(call.request));
  TRY(const auto change, changeIn(parts, call.request));
  if (change.handover.leavesTheHouse()) CHECK_OK(notInSandbox(call));
  json::object shape;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    const auto now = tx.clock().now();
    TRY(const auto before, store::handoverSettings(tx, call.company()));
    store::HandoverSetting setting;
    setting.kind = kind;
    setting.settings = channels::handoverToJson(change.handover);
    const auto secret = secretFor(change, before, call.company(), kind, parts.context.vault);
    setting.secret = secret.kept;
    setting.version = change.version;
    setting.changedAt = now;
    setting.changedBy = actorName(call);
    CHECK_OK(store::setHandoverSetting(tx, call.company(), setting));
    CHECK_OK(store::enqueue(tx, flow::handoverWatchJob(call.company(), now)));
    TRY(shape, shapeOf(tx, parts, call.company()));
    if (!secret.told.empty()) shape["secret"] = secret.told;
    return {};
  }));
  auto reply = net::Reply::json(json::serialize(shape));
  reply.compressible = false;
  return reply;
}

// The default holds again for this kind; without a default of its own, the inbox.
Result<net::Reply> remove(Parts& parts, const Call& call) {
  TRY(const auto kind, kindIn(call.request));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto settings, store::handoverSettings(tx, call.company()));
    for (auto setting : settings) {
      if (setting.kind != kind || setting.settings.empty()) continue;
      setting.changedAt = tx.clock().now();
      setting.changedBy = actorName(call);
      return store::removeHandoverSetting(tx, call.company(), setting);
    }
    return {};
  }));
  return net::Reply::empty();
}

}  // namespace

void addHandoverSettingsRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", "/api/v1/handovers/settings", Scope::filters_read, get);
  constexpr auto one = "/api/v1/handovers/settings/{kind}";
  add("PUT", one, Scope::filters_write, put);
  add("DELETE", one, Scope::filters_write, remove);
}

}  // namespace postgang::api
