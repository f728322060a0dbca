// /settings/watched-folder: where the company lays files that are to be sent, and what became of them.
#include "api/handover_shape.h"
#include "api/json_body.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "flow/watched_folders.h"
#include "store/companies.h"
#include "store/watched_folders.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

constexpr int files_shown = 50;

json::object fileShape(const store::WatchedFile& file) {
  return {{"name", file.name},
          {"size", file.size},
          {"state", file.state},
          {"seenAt", file.seenAt.text()},
          {"document", file.document ? json::value(file.document->text()) : json::value(nullptr)},
          {"reason", textOrNull(file.words)}};
}

Result<json::object> shapeOf(store::Reader& reader, const Parts& parts, CompanyId company) {
  TRY(const auto of, store::company(reader, company));
  TRY(const auto folder, store::watchedFolder(reader, company));
  TRY(const auto files, store::watchedFiles(reader, company, files_shown));
  json::array items;
  for (const auto& file : files) items.push_back(fileShape(file));
  json::object shape{{"place", nullptr},     {"version", 0},        {"changedAt", nullptr},
                     {"changedBy", nullptr}, {"lookedAt", nullptr}, {"trouble", nullptr}};
  if (folder) {
    const auto place = channels::watchedPlaceOf(folder->settings);
    if (!folder->settings.empty())
      shape["place"] = json::object{{"address", place.address}, {"hostKey", textOrNull(place.hostKey)}};
    shape["version"] = folder->version;
    shape["changedAt"] = folder->changedAt.text();
    shape["changedBy"] = textOrNull(folder->changedBy);
    shape["lookedAt"] = instantOrNull(folder->lookedAt);
    shape["trouble"] = textOrNull(folder->trouble);
  }
  shape["files"] = std::move(items);
  shape["available"] = handoverRulesShape(systemChannel(parts.context.flow).rules(), of.identifier);
  return shape;
}

Result<net::Reply> get(Parts& parts, const Call& call) {
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
        return shapeOf(reader, parts, call.company());
      }));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> put(Parts& parts, const Call& call) {
  CHECK_OK(notInSandbox(call));
  TRY(const auto body, JsonBody::of(call.request, {"address", "hostKey", "version"}));
  json::object settings;
  for (const auto* field : {"address", "hostKey"})
    if (body.has(field) && !body.isNull(field)) settings[field] = body.at(field);
  store::WatchedFolder folder;
  if (body.has("version")) {
    const auto* version = body.at("version").if_int64();
    if (!version || *version < 0) return fieldInvalid("/version", "The version is the one that was read.");
    folder.version = *version;
  }
  TRY(const auto place,
      channels::watchedPlaceFromJson(json::serialize(settings), systemChannel(parts.context.flow).rules()));
  folder.settings = channels::watchedPlaceToJson(place);
  folder.changedBy = call.viewer().actor().name;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    folder.changedAt = tx.clock().now();
    CHECK_OK(store::setWatchedFolder(tx, call.company(), folder));
    return store::enqueue(tx, flow::watchedFolderJob(call.company(), folder.changedAt));
  }));
  return get(parts, call);
}

Result<net::Reply> remove(Parts& parts, const Call& call) {
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto folder, store::watchedFolder(tx, call.company()));
    if (!folder || folder->settings.empty()) return {};
    folder->settings.clear();
    folder->changedAt = tx.clock().now();
    folder->changedBy = call.viewer().actor().name;
    return store::setWatchedFolder(tx, call.company(), *folder);
  }));
  return net::Reply::empty();
}

}  // namespace

void addWatchedFolderRoutes(net::Router& router, Parts& parts) {
  constexpr auto path = "/api/v1/settings/watched-folder";
  const auto add = [&](std::string method, Scope scope, Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", Scope::filters_read, get);
  add("PUT", Scope::filters_write, put);
  add("DELETE", Scope::filters_write, remove);
}

}  // namespace postgang::api
