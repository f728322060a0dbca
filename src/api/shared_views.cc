// /views: views of lists that a company has in common.
#include "store/shared_views.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/saved_view.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;
using store::SharedView;

// Its maker, or whoever has the company's settings in hand.
bool mayRemove(const Call& call, const SharedView& view) {
  return view.maker == call.caller->id() || call.caller->may(Scope::companies_write);
}

json::object shapeOf(const Call& call, const SharedView& view) {
  return {{"id", view.id.text()},
          {"list", view.list},
          {"name", view.name},
          {"query", view.query},
          {"by", view.by},
          {"madeAt", view.madeAt.text()},
          {"mayRemove", call.caller->may(Scope::filters_write) && mayRemove(call, view)}};
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  TRY(const auto views, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::sharedViews(reader, call.viewer(), call.company());
      }));
  json::array items;
  for (const auto& view : views) items.push_back(shapeOf(call, view));
  return net::Reply::json(json::serialize(listShape(std::move(items))));
}

Result<net::Reply> share(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"list", "name", "query"}));
  TRY(const auto saved, savedViewIn(body));
  SharedView view;
  view.id = parts.ids.next<store::SharedViewId>();
  view.company = call.company();
  view.list = saved.list;
  view.name = saved.name;
  view.query = saved.query;
  view.maker = call.caller->id();
  view.by = call.viewer().actor().name;
  view.madeAt = parts.context.clock.now();
  CHECK_OK(parts.context.store.write(store::Priority::background,
                                     [&](store::Transaction& tx) { return store::shareView(tx, view); }));
  if (call.note) {
    call.note->objectIds = {view.id.text()};
    call.note->objectName = view.name;
  }
  return net::Reply::json(json::serialize(shapeOf(call, view)), 201);
}

Result<net::Reply> remove(Parts& parts, const Call& call) {
  const auto id = store::SharedViewId::parse(call.request.parameter("viewId"));
  if (!id) return notFound();
  std::string name;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto view, store::sharedView(tx, call.viewer(), call.company(), *id));
    if (!view) return notFound();
    if (!mayRemove(call, *view))
      return fail(ProblemKind::forbidden, "view-of-others", "Somebody else has shared this view.", {},
                  "Ask whoever shared it, or an administrator.");
    name = view->name;
    return store::removeSharedView(tx, call.company(), *id);
  }));
  if (call.note) call.note->objectName = name;
  return net::Reply::empty();
}

}  // namespace

void addSharedViewRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    const std::size_t bodyBytes = method == "POST" ? JsonBody::bytes_max : 0;
    router.add(std::move(method), "/api/v1/views" + path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               bodyBytes);
  };
  add("GET", "", Scope::documents_read, list);
  add("POST", "", Scope::filters_write, share);
  add("DELETE", "/{viewId}", Scope::filters_write, remove);
}

}  // namespace postgang::api
