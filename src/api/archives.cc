// /archives: everything that the company owns, as one zip.
#include "store/archives.h"

#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "api/shapes.h"
#include "net/file_body.h"
#include "store/audit.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

json::object shapeOf(const store::Archive& archive) {
  const bool done = archive.state == "done";
  return {{"id", archive.id.text()},
          {"state", archive.state},
          {"startedAt", archive.startedAt.text()},
          {"endedAt", instantOrNull(archive.endedAt)},
          {"by", textOrNull(archive.by)},
          {"documents", archive.documents},
          {"total", archive.total},
          {"size", done ? json::value(archive.size) : json::value(nullptr)},
          {"keptUntil", done && archive.endedAt
                            ? json::value(archive.endedAt->plusSeconds(flow::Archives::kept_seconds).text())
                            : json::value(nullptr)},
          {"trouble", textOrNull(archive.trouble)}};
}

Outcome record(Parts& parts, const Call& call, std::string_view action, const store::Archive& archive) {
  store::AuditEntry entry;
  entry.company = call.company();
  entry.actor = call.viewer().actor();
  if (call.caller->session) entry.reason = call.caller->session->reason;
  entry.action = action;
  entry.object = "archive";
  entry.objectId = archive.id.text();
  entry.detail = json::serialize(json::object{{"documents", archive.documents}, {"size", archive.size}});
  entry.address = call.request.remoteAddress;
  return parts.context.store.write(store::Priority::background,
                                   [&](store::Transaction& tx) { return store::recordAudit(tx, entry); });
}

Result<store::Archive> archiveIn(Parts& parts, const Call& call) {
  const auto id = ArchiveId::parse(call.request.parameter("archiveId"));
  if (!id) return notFound();
  TRY(const auto found, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::archive(reader, call.viewer(), call.company(), *id);
      }));
  if (!found) return notFound();
  return *found;
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(parts.archives.sweep());  // none is shown whose time is out
  TRY(const auto archives, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::listArchives(reader, call.viewer(), call.company());
      }));
  json::array items;
  for (const auto& archive : archives) items.push_back(shapeOf(archive));
  return net::Reply::json(json::serialize(listShape(std::move(items))));
}

Result<net::Reply> start(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"language"}));
  const auto language = call.request.queryValue("language").value_or("sv");
  if (language != "sv" && language != "en") return parameterInvalid("language", "The language is sv or en.");
  TRY(const auto archive,
      parts.archives.start({.viewer = store::Viewer::ofCompanies({call.company()}, call.viewer().actor()),
                            .company = call.company(),
                            .language = languageFromTag(language),
                            .file = {}}));
  CHECK_OK(record(parts, call, "archive.started", archive));
  return net::Reply::json(json::serialize(shapeOf(archive)), 202);
}

Result<net::Reply> get(Parts& parts, const Call& call) {
  TRY(const auto archive, archiveIn(parts, call));
  return net::Reply::json(json::serialize(shapeOf(archive)));
}

Result<net::Reply> fetchFile(Parts& parts, const Call& call) {
  TRY(const auto archive, archiveIn(parts, call));
  if (archive.state != "done") return notFound();
  TRY(const auto file, parts.archives.fileOf(archive));
  TRY(auto body, net::fileBody(file));
  CHECK_OK(record(parts, call, "archive.downloaded", archive));
  auto reply =
      download("application/zip", {}, "postgang-" + dateInStockholm(archive.startedAt).text() + ".zip");
  reply.source = std::move(body);
  return reply;
}

}  // namespace

// Under the scope to write, reading too: it holds everything there is, and administrators alone have it.
void addArchiveRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string path,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), "/api/v1/archives" + path,
               parts.guard.scoped(Scope::companies_write,
                                  [&parts, handle](const Call& call) { return handle(parts, call); }));
  };
  add("GET", "", list);
  add("POST", "", start);
  add("GET", "/{archiveId}", get);
  add("GET", "/{archiveId}/file", fetchFile);
}

}  // namespace postgang::api
