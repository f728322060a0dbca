// /filters: what the company acted for demands of documents on their way to it.
#include <algorithm>

#include "api/audit_act.h"
#include "api/filter_shape.h"
#include "api/idempotency.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "rules/demand_json.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t body_bytes_max = 1024 * 1024;
constexpr std::size_t filters_max = 100;  // of one company
constexpr std::int64_t month_seconds = 30 * 86'400;

Result<store::FilterId> filterIdIn(const net::Request& request) {
  const auto id = store::FilterId::parse(request.parameter("filterId"));
  if (!id) return notFound();
  return *id;
}

// A body's rules, or the answer that says what is wrong with them.
struct Asked {
  std::vector<rules::Demand> demands;
  std::optional<net::Reply> refusal;
};
Result<Asked> rulesIn(const JsonBody& body) {
  if (!body.has("rules")) return fieldInvalid("/rules", "This is missing.");
  auto read = readRules(body.at("rules"));
  Asked asked;
  if (read.problems.empty())
    asked.demands = std::move(read.demands);
  else
    asked.refusal = rulesInvalid(read.problems);
  return asked;
}

Result<std::int64_t> versionIn(const JsonBody& body) {
  const auto* version = body.has("version") ? &body.at("version") : nullptr;
  if (version == nullptr || !version->is_int64() || version->get_int64() < 1)
    return fieldInvalid("/version", "This is the number of the version that was edited.");
  return version->get_int64();
}

Result<store::FilterContent> contentIn(const JsonBody& body, const std::vector<rules::Demand>& demands) {
  store::FilterContent content;
  TRY(content.name, body.text("name", 120));
  if (body.isNull("active")) return fieldInvalid("/active", "This must be true or false.");
  TRY(content.active, body.yes("active", false));
  TRY(const auto activeFrom, body.maybeText("activeFrom", 40));
  if (activeFrom) {
    content.activeFrom = Instant::parse(*activeFrom);
    if (!content.activeFrom) return fieldInvalid("/activeFrom", "A time is written 2026-12-01T00:00:00Z.");
  }
  TRY(const auto comment, body.maybeText("comment", 500));
  content.comment = comment.value_or("");
  content.rules = json::serialize(rules::toJson(demands));
  return content;
}

using Standings = std::map<store::FilterId, FilterStanding>;

Result<Standings> standingsOf(store::Reader& reader, const Call& call, Instant now) {
  Standings standings;
  TRY(const auto active, store::activeFilters(reader, call.company(), now));
  for (const auto& one : active) standings[one.id].versionInForce = one.version;
  TRY(const auto stops,
      store::stopsByFilter(reader, call.viewer(), call.company(), now.plusSeconds(-month_seconds)));
  for (const auto& one : stops) standings[one.filter].stops = one.documents;
  return standings;
}

Result<net::Reply> shown(Parts& parts, const Call& call, store::FilterId id, int status) {
  const auto now = parts.context.clock.now();
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    const auto filter = store::filter(reader, call.viewer(), call.company(), id);
    if (!filter) return notFound();
    TRY(auto standings, standingsOf(reader, call, now));
    return net::Reply::json(json::serialize(filterShape(reader, call, *filter, standings[id], now)), status);
  });
}

Result<net::Reply> listFilters(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  const auto now = parts.context.clock.now();
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto filters, store::listFilters(reader, call.viewer(), call.company()));
    TRY(auto standings, standingsOf(reader, call, now));
    json::array items;
    for (const auto& one : filters) items.push_back(filterShape(reader, call, one, standings[one.id], now));
    return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
  });
}

json::object said(const store::FilterContent& content) {
  return {{"name", content.name},
          {"active", content.active},
          {"activeFrom", instantOrNull(content.activeFrom)},
          {"rules", content.rules},
          {"comment", textOrNull(content.comment)}};
}

Result<net::Reply> makeFilter(Parts& parts, const Call& call) {
  TRY(const auto body,
      JsonBody::of(call.request, {"name", "rules", "active", "activeFrom", "comment", "version"},
                   body_bytes_max));
  TRY(auto asked, rulesIn(body));
  if (asked.refusal) return std::move(*asked.refusal);
  TRY(const auto content, contentIn(body, asked.demands));
  const auto id = parts.ids.next<store::FilterId>();
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto filters, store::listFilters(tx, call.viewer(), call.company()));
    if (filters.size() >= filters_max)
      return fail(ProblemKind::conflict, "filters-too-many",
                  "There are as many filters as a company may have.", {},
                  "Put one away first, or add the demands to one of them.");
    return store::createFilter(tx, call.company(), id, content, call.viewer().actor());
  }));
  return shown(parts, call, id, 201);
}

Result<net::Reply> changeFilter(Parts& parts, const Call& call) {
  TRY(const auto id, filterIdIn(call.request));
  TRY(const auto body,
      JsonBody::of(call.request, {"name", "rules", "active", "activeFrom", "comment", "version"},
                   body_bytes_max));
  TRY(auto asked, rulesIn(body));
  if (asked.refusal) return std::move(*asked.refusal);
  TRY(const auto content, contentIn(body, asked.demands));
  TRY(const auto version, versionIn(body));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto before, store::filter(tx, call.viewer(), call.company(), id));
    CHECK_OK(store::changeFilter(tx, call.viewer(), call.company(), id, version, content));
    call.note->detail = changeDetail(said(before.newest.content), said(content));
    return {};
  }));
  return shown(parts, call, id, 200);
}

Result<net::Reply> restoreFilter(Parts& parts, const Call& call) {
  TRY(const auto id, filterIdIn(call.request));
  TRY(const auto body, JsonBody::of(call.request, {"version"}));
  TRY(const auto version, versionIn(body));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::restoreFilter(tx, call.viewer(), call.company(), id, version));
    return {};
  }));
  return shown(parts, call, id, 200);
}

Result<net::Reply> removeFilter(Parts& parts, const Call& call) {
  TRY(const auto id, filterIdIn(call.request));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    if (const auto filter = store::filter(tx, call.viewer(), call.company(), id))
      call.note->objectName = filter->newest.content.name;
    return store::deleteFilter(tx, call.viewer(), call.company(), id);
  }));
  return net::Reply::empty();
}

Result<net::Reply> listVersions(Parts& parts, const Call& call) {
  TRY(const auto id, filterIdIn(call.request));
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto versions, store::filterVersions(reader, call.viewer(), call.company(), id));
    json::array items;
    for (const auto& version : versions) items.push_back(filterVersionShape(reader, call, version));
    return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
  });
}

Result<net::Reply> readBack(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"rules"}, body_bytes_max));
  TRY(auto asked, rulesIn(body));
  if (asked.refusal) return std::move(*asked.refusal);
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    const auto names = senderNames(reader, call, asked.demands);
    return net::Reply::json(json::serialize(
        json::object{{"sentences", sentencesShape(asked.demands, names)}, {"problems", json::array()}}));
  });
}

// The same for everybody, and large: made once.
Result<net::Reply> vocabulary(const Call& call) {
  static const auto text = std::make_shared<const std::string>(json::serialize(vocabularyShape()));
  static const std::string etag = "\"" + hex(view(sha256(*text))).substr(0, 16) + "\"";
  auto reply = net::Reply::json({});
  reply.shared = text;
  reply.headers.set("Cache-Control", "private, no-cache");
  return net::withEtag(call.request, std::move(reply), etag);
}

}  // namespace

void addFilterRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  const auto route = [&](const char* method, const char* path, Scope scope, auto handler) {
    router.add(
        method, path,
        parts.guard.scoped(scope, [&parts, handler](const Call& call) { return handler(parts, call); }),
        body_bytes_max);
  };
  route("GET", "/api/v1/filters", Scope::filters_read, listFilters);
  route("POST", "/api/v1/filters", Scope::filters_write, [](Parts& all, const Call& call) {
    return answeredOnce(all.context.store, all.context.clock, call, [&] { return makeFilter(all, call); });
  });
  route("GET", "/api/v1/filters/{filterId}", Scope::filters_read,
        [](Parts& all, const Call& call) -> Result<net::Reply> {
          TRY(const auto id, filterIdIn(call.request));
          return shown(all, call, id, 200);
        });
  route("PUT", "/api/v1/filters/{filterId}", Scope::filters_write, changeFilter);
  route("DELETE", "/api/v1/filters/{filterId}", Scope::filters_write, removeFilter);
  route("GET", "/api/v1/filters/{filterId}/versions", Scope::filters_read, listVersions);
  route("POST", "/api/v1/filters/{filterId}/restore", Scope::filters_write, restoreFilter);
  route("POST", "/api/v1/filters/read-back", Scope::filters_read, readBack);
  route("GET", "/api/v1/filters/vocabulary", Scope::filters_read,
        [](Parts&, const Call& call) { return vocabulary(call); });
}

}  // namespace postgang::api
