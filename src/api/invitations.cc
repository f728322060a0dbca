// /invitations: asking somebody to become a user; /invitation-links: what whoever was asked does with the
// link.
#include "api/json_body.h"
#include "api/membership_shape.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/signed_in.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

json::object invitationShape(const store::Invitation& invitation, Instant now) {
  return {{"id", invitation.id.text()},
          {"email", invitation.email},
          {"name", invitation.name},
          {"language", invitation.language},
          {"memberships", membershipsShape(invitation.memberships)},
          {"invitedBy", invitation.invitedByName},
          {"createdAt", invitation.createdAt.text()},
          {"expiresAt", invitation.expiresAt.text()},
          {"sentAt", instantOrNull(invitation.sentAt)},
          {"expired", invitation.expiresAt <= now}};
}

net::Reply madeReply(const access::MadeInvitation& made, Instant now, int status) {
  auto shape = invitationShape(made.invitation, now);
  shape["link"] = textOrNull(made.token.empty() ? std::string() : "/invitation#" + made.token);
  auto reply = net::Reply::json(json::serialize(shape), status);
  reply.compressible = false;
  return reply;
}

Result<InvitationId> invitationIdOf(const Call& call) {
  const auto id = InvitationId::parse(call.request.parameter("invitationId"));
  if (!id) return notFound();
  return *id;
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  TRY(const auto invitations, parts.context.access.invitations(*call.caller));
  json::array items;
  for (const auto& invitation : invitations)
    items.push_back(invitationShape(invitation, parts.context.access.now()));
  auto shape = listShape(std::move(items));
  shape["mailIsOn"] = parts.context.flow.mailIsOn();
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> invite(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"email", "name", "language", "memberships"}));
  access::NewInvitation wanted;
  TRY(wanted.email, body.text("email", 254));
  TRY(wanted.name, body.text("name", 200));
  TRY(const auto language, body.maybeText("language", 10));
  wanted.language = language.value_or("sv");
  TRY(wanted.memberships, membershipsIn(body));
  TRY(const auto made, parts.context.access.invite(*call.caller, wanted, parts.context.flow.mailIsOn(),
                                                   call.request.remoteAddress));
  return madeReply(made, parts.context.access.now(), 201);
}

Result<net::Reply> again(Parts& parts, const Call& call) {
  TRY(const auto id, invitationIdOf(call));
  TRY(const auto made, parts.context.access.inviteAgain(*call.caller, id, parts.context.flow.mailIsOn(),
                                                        call.request.remoteAddress));
  return madeReply(made, parts.context.access.now(), 200);
}

Result<net::Reply> withdraw(Parts& parts, const Call& call) {
  TRY(const auto id, invitationIdOf(call));
  CHECK_OK(parts.context.access.withdrawInvitation(*call.caller, id, call.request.remoteAddress));
  return net::Reply::empty();
}

Result<net::Reply> open(Parts& parts, const net::Request& request) {
  TRY(const auto open, parts.context.access.openInvitation(request.parameter("token")));
  json::array companies;
  for (const auto& company : open.companies) companies.emplace_back(company);
  return net::Reply::json(json::serialize(json::object{{"email", open.invitation.email},
                                                       {"name", open.invitation.name},
                                                       {"language", open.invitation.language},
                                                       {"companies", std::move(companies)},
                                                       {"invitedBy", open.invitation.invitedByName},
                                                       {"expiresAt", open.invitation.expiresAt.text()},
                                                       {"known", open.known}}));
}

Result<net::Reply> accept(Parts& parts, const net::Request& request) {
  CHECK_OK(checkOrigin(request));
  TRY(const auto body, JsonBody::of(request, {"name", "password"}));
  TRY(const auto name, body.maybeText("name", 200));
  TRY(const auto password, body.text("password", 1024));
  TRY(const auto signedIn,
      parts.context.access.acceptInvitation(request.parameter("token"), name.value_or(""), password,
                                            fromOf(request), request.cookie(session_cookie)));
  return signedInReply(parts, request, signedIn);
}

}  // namespace

void addInvitationRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  const auto add = [&](const char* method, const char* path, Scope scope, auto handle) {
    router.add(method, path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", "/api/v1/invitations", Scope::users_read, list);
  add("POST", "/api/v1/invitations", Scope::users_write, invite);
  add("POST", "/api/v1/invitations/{invitationId}/resend", Scope::users_write, again);
  add("DELETE", "/api/v1/invitations/{invitationId}", Scope::users_write, withdraw);
  constexpr auto link = "/api/v1/invitation-links/{token}";
  router.add("GET", link, parts.guard.anybody([&](const auto& request) { return open(parts, request); }));
  router.add("POST", link, parts.guard.anybody([&](const auto& request) { return accept(parts, request); }),
             JsonBody::bytes_max);
}

}  // namespace postgang::api
