// /registers/{registerId}/rows: read a page at a time, changed one by one, and fetched as a file.
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/register_shape.h"
#include "api/routes.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

Result<net::Reply> listRows(Parts& parts, const Call& call) {
  TRY(const auto id, registerIdIn(call.request));
  CHECK_OK(onlyParameters(call.request, {"query", "limit", "cursor"}));
  store::RegisterRowQuery query;
  TRY(query.text, textParameter(call.request, "query", 200));
  TRY(query.limit, limitParameter(call.request));
  TRY(query.cursor, textParameter(call.request, "cursor", 4000));
  TRY(const auto page, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::registerRows(reader, call.viewer(), call.company(), id, query);
      }));
  json::array items;
  for (const auto& row : page.items) items.push_back(registerRowShape(row));
  return net::Reply::json(json::serialize(listShape(std::move(items), page.nextCursor)));
}

Result<std::optional<Date>> dateIn(const JsonBody& body, std::string_view field) {
  TRY(const auto text, body.maybeText(field, 10));
  if (!text) return std::optional<Date>();
  const auto date = text->size() == 10 ? Date::parse(*text) : std::nullopt;
  if (!date) return fieldInvalid("/" + std::string(field), "A date is written 2026-11-23.");
  return date;
}

Result<store::RegisterRow> rowIn(const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"label", "supplier", "from", "to"}));
  store::RegisterRow row;
  row.value = collapsed(call.request.parameter("value"));
  TRY(const auto label, body.maybeText("label", 200));
  TRY(const auto supplier, body.maybeText("supplier", 100));
  row.label = label.value_or("");
  row.supplier = supplier.value_or("");
  TRY(row.from, dateIn(body, "from"));
  TRY(row.to, dateIn(body, "to"));
  return row;
}

Result<net::Reply> putRow(Parts& parts, const Call& call) {
  TRY(const auto id, registerIdIn(call.request));
  TRY(const auto one, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::findRegister(reader, call.viewer(), call.company(), id);
      }));
  TRY(auto written, rowIn(call));
  auto row = flow::checkedRow(one.kind, std::move(written));
  if (!row) {
    row.error().where = "/" + row.error().where;
    return fail(std::move(row.error()));
  }
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return store::putRegisterRow(tx, call.viewer(), call.company(), id, *row);
  }));
  return net::Reply::json(json::serialize(registerRowShape(*row)));
}

Result<net::Reply> removeRow(Parts& parts, const Call& call) {
  TRY(const auto id, registerIdIn(call.request));
  std::int64_t gone = 0;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(gone,
        store::deleteRegisterRows(tx, call.viewer(), call.company(), id, call.request.parameter("value")));
    return {};
  }));
  if (gone == 0) return notFound();
  return net::Reply::empty();
}

// For Excel and for coming back in by the import.
Result<net::Reply> exportRows(Parts& parts, const Call& call) {
  TRY(const auto id, registerIdIn(call.request));
  std::string csv = std::string(formats::csv_byte_order_mark) + "value;label;supplier;from;to\r\n";
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) {
    return store::eachRegisterRow(
        reader, call.viewer(), call.company(), id, [&](const store::RegisterRow& row) {
          csv += formats::csvField(row.value) + ";" + formats::csvField(row.label) + ";" + row.supplier +
                 ";" + (row.from ? row.from->text() : "") + ";" + (row.to ? row.to->text() : "") + "\r\n";
        });
  }));
  auto reply = net::Reply::bytes("text/csv; charset=utf-8", std::move(csv));
  reply.headers.set("Content-Disposition", "attachment; filename=\"register.csv\"");
  return reply;
}

}  // namespace

void addRegisterRowRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  const auto route = [&](const char* method, const char* path, Scope scope, auto handler) {
    router.add(method, path, parts.guard.scoped(scope, [&parts, handler](const Call& call) {
      return handler(parts, call);
    }));
  };
  route("GET", "/api/v1/registers/{registerId}/rows", Scope::filters_read, listRows);
  route("PUT", "/api/v1/registers/{registerId}/rows/{value}", Scope::filters_write, putRow);
  route("DELETE", "/api/v1/registers/{registerId}/rows/{value}", Scope::filters_write, removeRow);
  route("GET", "/api/v1/registers/{registerId}/export", Scope::filters_read, exportRows);
}

}  // namespace postgang::api
