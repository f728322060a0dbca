// /users: who may come in, with which role in which company; and whether a company demands a second step.
#include "access/listed.h"
#include "api/json_body.h"
#include "api/membership_shape.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

json::object userShape(const access::ManagedUser& managed, const access::Caller& caller) {
  const auto& user = managed.user;
  return {{"id", user.id.text()},
          {"name", user.name},
          {"email", user.email},
          {"language", user.language},
          {"active", user.active},
          {"memberships", membershipsShape(user.memberships)},
          {"elsewhere", !managed.whole},
          {"secondFactor", managed.secondFactor},
          {"lastSeenAt", instantOrNull(managed.lastSeenAt)},
          {"you", caller.user && caller.user->id == user.id}};
}

Result<UserId> userIdOf(const Call& call) {
  const auto id = UserId::parse(call.request.parameter("userId"));
  if (!id) return notFound();
  return *id;
}

net::Reply userReply(const access::ManagedUser& managed, const Call& call) {
  return net::Reply::json(json::serialize(userShape(managed, *call.caller)));
}

Result<net::Reply> listUsers(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  TRY(const auto users, parts.context.access.users(*call.caller));
  json::array items;
  for (const auto& user : users) items.push_back(userShape(user, *call.caller));
  return net::Reply::json(json::serialize(listShape(std::move(items))));
}

Result<net::Reply> getUser(Parts& parts, const Call& call) {
  TRY(const auto id, userIdOf(call));
  TRY(const auto user, parts.context.access.managedUser(*call.caller, id));
  return userReply(user, call);
}

Result<net::Reply> changeUser(Parts& parts, const Call& call) {
  TRY(const auto id, userIdOf(call));
  TRY(const auto body, JsonBody::of(call.request, {"name", "active", "memberships"}));
  access::UserChange change;
  TRY(change.name, body.maybeText("name", 200));
  if (!body.isNull("active")) {
    TRY(change.active, body.yes("active", true));
  }
  if (!body.isNull("memberships")) {
    TRY(change.memberships, membershipsIn(body));
  }
  TRY(const auto user, parts.context.access.changeUser(*call.caller, id, change, call.request.remoteAddress));
  return userReply(user, call);
}

json::object sessionShape(const store::Session& session, const access::Caller& caller) {
  return {{"id", session.id.text()},
          {"device", textOrNull(session.device)},
          {"address", session.address},
          {"method", session.method},
          {"startedAt", session.createdAt.text()},
          {"lastSeenAt", session.lastSeenAt.text()},
          {"current", caller.session && session.id == caller.session->id}};
}

Result<net::Reply> listSessions(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  TRY(const auto id, userIdOf(call));
  TRY(const auto sessions, readFrom(parts.context.store, [&](store::Reader& reader) {
        return access::sessionsOf(reader, *call.caller, id, parts.context.access.now());
      }));
  json::array items;
  for (const auto& session : sessions) items.push_back(sessionShape(session, *call.caller));
  return net::Reply::json(json::serialize(listShape(std::move(items))));
}

Result<net::Reply> endSessions(Parts& parts, const Call& call) {
  TRY(const auto id, userIdOf(call));
  CHECK_OK(parts.context.access.endSessionsOf(*call.caller, id, call.request.remoteAddress));
  return net::Reply::empty();
}

Result<net::Reply> resetSecondFactor(Parts& parts, const Call& call) {
  TRY(const auto id, userIdOf(call));
  CHECK_OK(parts.context.access.resetSecondFactor(*call.caller, id, call.request.remoteAddress));
  return net::Reply::empty();
}

Result<net::Reply> demand(Parts& parts, const Call& call) {
  TRY(const bool demanded, parts.context.access.demandsSecondFactor(*call.caller));
  return net::Reply::json(json::serialize(json::object{{"demanded", demanded}}));
}

Result<net::Reply> setDemand(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"demanded"}));
  if (body.isNull("demanded")) return fieldInvalid("/demanded", "This is missing.");
  TRY(const bool demanded, body.yes("demanded", false));
  CHECK_OK(parts.context.access.demandSecondFactor(*call.caller, demanded, call.request.remoteAddress));
  return demand(parts, call);
}

}  // namespace

void addUserRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  const auto add = [&](const char* method, const char* path, Scope scope, auto handle) {
    router.add(method, path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", "/api/v1/users", Scope::users_read, listUsers);
  add("GET", "/api/v1/users/{userId}", Scope::users_read, getUser);
  add("PATCH", "/api/v1/users/{userId}", Scope::users_write, changeUser);
  add("GET", "/api/v1/users/{userId}/sessions", Scope::users_read, listSessions);
  add("DELETE", "/api/v1/users/{userId}/sessions", Scope::users_write, endSessions);
  add("DELETE", "/api/v1/users/{userId}/second-factor", Scope::users_write, resetSecondFactor);
  add("GET", "/api/v1/settings/second-factor", Scope::users_read, demand);
  add("PUT", "/api/v1/settings/second-factor", Scope::users_write, setDemand);
}

}  // namespace postgang::api
