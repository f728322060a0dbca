// /exports: what a list of documents shows, as a file. Each caller has its own.
#include "flow/document_exports.h"

#include <algorithm>

#include "api/export_filter.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "api/shapes.h"
#include "net/file_body.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

constexpr std::string_view workbook_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

json::value filterShape(const std::string& filter) {
  boost::system::error_code fault;
  auto value = json::parse(filter, fault);
  return fault ? json::value(json::object()) : value;
}

json::object shapeOf(const store::Export& made) {
  const bool done = made.state == "done";
  const auto kept = made.endedAt
                        ? std::optional(made.endedAt->plusSeconds(flow::DocumentExports::kept_seconds))
                        : std::nullopt;
  return {{"id", made.id.text()},
          {"form", made.form},
          {"language", made.language},
          {"filter", filterShape(made.filter)},
          {"state", made.state},
          {"askedAt", made.askedAt.text()},
          {"endedAt", instantOrNull(made.endedAt)},
          {"documents", made.documents},
          {"total", made.total},
          {"size", done ? json::value(made.size) : json::value(nullptr)},
          {"keptUntil", done ? instantOrNull(kept) : json::value(nullptr)},
          {"trouble", textOrNull(made.trouble)}};
}

json::object limitsShape(const flow::ExportLimits& limits) {
  return {{"rows", limits.rows}, {"files", limits.files}, {"bytes", limits.bytes}};
}

void note(const Call& call, const store::Export& made) {
  if (!call.note) return;
  call.note->objectIds = {made.id.text()};
  call.note->detail = json::serialize(
      json::object{{"form", made.form}, {"documents", made.documents}, {"filter", filterShape(made.filter)}});
}

Result<store::Export> exportIn(Parts& parts, const Call& call) {
  const auto id = store::ExportId::parse(call.request.parameter("exportId"));
  if (!id) return notFound();
  TRY(auto found, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::exportOf(reader, call.caller->id(), call.company(), *id);
      }));
  if (!found) return notFound();
  return std::move(*found);
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  TRY(const auto all, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::exportsOf(reader, call.caller->id(), call.company());
      }));
  json::array items;
  for (const auto& made : all) items.push_back(shapeOf(made));
  auto shape = listShape(std::move(items));
  shape["limits"] = limitsShape(parts.exports.limits());
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> start(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"form", "language", "filter"}));
  store::Export asked;
  asked.company = call.company();
  asked.asker = call.caller->id();
  asked.by = call.viewer().actor().name;
  asked.everything = call.caller->session && call.caller->session->everything;
  TRY(asked.form, body.text("form", 20));
  if (std::ranges::find(flow::export_forms, std::string_view(asked.form)) == std::end(flow::export_forms))
    return fieldInvalid("/form", "The form is csv, xlsx, pdfs or originals.");
  TRY(const auto language, body.maybeText("language", 2));
  asked.language = language.value_or("sv");
  if (asked.language != "sv" && asked.language != "en")
    return fieldInvalid("/language", "The language is sv or en.");
  asked.filter = "{}";
  if (!body.isNull("filter")) {
    TRY(asked.filter, exportFilterText(body.at("filter")));
  }
  TRY(const auto made, parts.exports.start(std::move(asked)));
  note(call, made);
  return net::Reply::json(json::serialize(shapeOf(made)), 202);
}

Result<net::Reply> get(Parts& parts, const Call& call) {
  TRY(const auto made, exportIn(parts, call));
  return net::Reply::json(json::serialize(shapeOf(made)));
}

Result<net::Reply> fetchFile(Parts& parts, const Call& call) {
  TRY(const auto made, exportIn(parts, call));
  if (made.state != "done") return notFound();
  TRY(const auto file, parts.exports.fileOf(made));
  TRY(auto body, net::fileBody(file));
  note(call, made);
  const auto type = made.form == "csv"    ? std::string("text/csv; charset=utf-8")
                    : made.form == "xlsx" ? std::string(workbook_type)
                                          : std::string("application/zip");
  auto reply = download(type, {}, flow::exportFileName(made));
  reply.source = std::move(body);
  return reply;
}

Result<net::Reply> remove(Parts& parts, const Call& call) {
  TRY(const auto made, exportIn(parts, call));
  TRY(const bool removed, parts.exports.remove(made));
  if (!removed) return notFound();
  note(call, made);
  return net::Reply::empty();
}

}  // namespace

void addDocumentExportRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string path,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    const std::size_t bodyBytes = method == "POST" ? JsonBody::bytes_max : 0;
    router.add(std::move(method), "/api/v1/exports" + path,
               parts.guard.scoped(Scope::documents_read,
                                  [&parts, handle](const Call& call) { return handle(parts, call); }),
               bodyBytes);
  };
  add("GET", "", list);
  add("POST", "", start);
  add("GET", "/{exportId}", get);
  add("DELETE", "/{exportId}", remove);
  add("GET", "/{exportId}/file", fetchFile);
}

}  // namespace postgang::api
