// Inviting a counterpart to say how it would rather have documents, and /partner-invitation-links: what
// whoever was asked answers. The answer is a suggestion on the partner; somebody there takes it or leaves it.
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/partner_identifier.h"
#include "api/partner_shape.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "document/identifiers.h"
#include "net/mail.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t address_points_max = 254, value_points_max = 254;

Result<net::Reply> invite(Parts& parts, const Call& call) {
  CHECK_OK(notInSandbox(call));
  TRY(const auto identifier, partnerIdentifierIn(call.request));
  TRY(const auto body, JsonBody::of(call.request, {"email", "language"}));
  TRY(const auto email, body.maybeText("email", address_points_max));
  TRY(const auto language, body.maybeText("language", 10));
  if (email && !net::isMailAddress(*email)) return fieldInvalid("/email", "This is not an e-mail address.");
  if (language && *language != "sv" && *language != "en")
    return fieldInvalid("/language", "The language is sv or en.");
  TRY(const auto made,
      parts.context.flow.invitePartner(call.viewer(), call.company(),
                                       {identifier, email.value_or(""), language.value_or("sv")}));
  call.note->detail = json::serialize(json::object{{"email", made.address}});
  return net::Reply::json(json::serialize(invitationShape(made)), 201);
}

Result<net::Reply> settle(Parts& parts, const Call& call) {
  const auto identifier = partnerIdentifierIn(call.request);
  const auto id = store::PartnerInvitationId::parse(call.request.parameter("invitationId"));
  if (!identifier || !id) return notFound();
  TRY(const auto body, JsonBody::of(call.request, {"taken"}));
  TRY(const bool taken, body.yes("taken", false));
  TRY(const auto kept, [&]() -> Result<json::object> {
    json::object shape;
    CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      CHECK_OK(store::settlePartnerInvitation(tx, call.viewer(), call.company(), *identifier, *id, taken));
      TRY(const auto all, store::partnerInvitations(tx, call.viewer(), call.company(), *identifier));
      for (const auto& one : all)
        if (one.id == *id) shape = invitationShape(one);
      call.note->detail = json::serialize(json::object{{"taken", taken}});
      return {};
    }));
    return shape;
  }());
  return net::Reply::json(json::serialize(kept));
}

// --- By the link
Result<json::object> linkShape(store::Reader& reader, const store::PartnerInvitation& invitation) {
  TRY(const auto company, store::company(reader, invitation.owner));
  TRY(const auto partner,
      store::partner(reader, store::Viewer::system(), invitation.owner, invitation.identifier));
  return json::object{{"company", company.name},
                      {"partner", partner ? partner->name : std::string()},
                      {"email", invitation.address},
                      {"language", invitation.language},
                      {"expiresAt", invitation.expiresAt.text()},
                      {"settled", invitation.settledAt.has_value()},
                      {"answer", textOrNull(invitation.answer)},
                      {"value", textOrNull(invitation.value)}};
}

Digest digestIn(const net::Request& request) {
  return sha256(request.parameter("token"));
}

Result<net::Reply> linkNow(Parts& parts, const net::Request& request) {
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) -> Result<json::object> {
        TRY(const auto invitation, store::openPartnerInvitation(reader, digestIn(request)));
        return linkShape(reader, invitation);
      }));
  return net::Reply::json(json::serialize(shape));
}

// The answer's value in its normal form; of those that have one.
Result<std::string> valueIn(const JsonBody& body, std::string_view answer) {
  if (answer != "peppol" && answer != "email") return std::string();
  TRY(const auto value, body.text("value", value_points_max));
  if (answer == "email") {
    if (!net::isMailAddress(value)) return fieldInvalid("/value", "This is not an e-mail address.");
    return value;
  }
  const auto identifier = document::parseIdentifier(value);
  if (!identifier) return fieldInvalid("/value", "A Peppol id is written 0007:5599900122.");
  return identifier->text();
}

Result<net::Reply> answer(Parts& parts, const net::Request& request) {
  CHECK_OK(checkOrigin(request));
  TRY(const auto body, JsonBody::of(request, {"answer", "value"}));
  TRY(const auto said, body.text("answer", 20));
  if (said != "peppol" && said != "email" && said != "no" && said != "refuse")
    return fieldInvalid("/answer", "The answer is peppol, email, no or refuse.");
  TRY(const auto value, valueIn(body, said));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return store::answerPartnerInvitation(tx, digestIn(request), said, value);
  }));
  return linkNow(parts, request);
}

}  // namespace

void addPartnerInvitationRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  router.add("POST", "/api/v1/partners/{identifier}/invitations",
             parts.guard.scoped(Scope::partners_write, [&](const Call& call) { return invite(parts, call); }),
             JsonBody::bytes_max);
  router.add("POST", "/api/v1/partners/{identifier}/invitations/{invitationId}/settlement",
             parts.guard.scoped(Scope::partners_write, [&](const Call& call) { return settle(parts, call); }),
             JsonBody::bytes_max);
  constexpr auto link = "/api/v1/partner-invitation-links/{token}";
  router.add("GET", link, parts.guard.anybody([&](const auto& request) { return linkNow(parts, request); }));
  router.add("POST", link, parts.guard.anybody([&](const auto& request) { return answer(parts, request); }),
             JsonBody::bytes_max);
}

}  // namespace postgang::api
