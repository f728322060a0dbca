// /me/second-factor: a user's own second step of signing in. The QR code is drawn here as the path of an SVG,
// and by nobody else's service.
#include "api/json_body.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/signed_in.h"
#include "render/payment_code.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr int qr_version_max = 12;

// One square a module: "M0 0h7v1h-7z…", runs of a row together.
std::string pathOf(const render::QrCode& code) {
  std::string path;
  for (int row = 0; row < code.modules; ++row)
    for (int column = 0; column < code.modules;) {
      int length = 0;
      while (column + length < code.modules && code.at(row, column + length)) ++length;
      if (length > 0)
        path += "M" + std::to_string(column) + " " + std::to_string(row) + "h" + std::to_string(length) +
                "v1h-" + std::to_string(length) + "z";
      column += length + 1;
    }
  return path;
}

json::value qrShape(const std::string& uri) {
  const auto code = render::qrCode(uri, qr_version_max);
  if (!code) return nullptr;  // too long an address: it is typed then
  return json::object{{"modules", code->modules}, {"path", pathOf(*code)}};
}

net::Reply codesReply(const std::vector<std::string>& codes) {
  json::array items;
  for (const auto& code : codes) items.emplace_back(code);
  auto reply = net::Reply::json(json::serialize(json::object{{"recoveryCodes", std::move(items)}}));
  reply.compressible = false;
  return reply;
}

Result<std::string> passwordIn(const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"password"}));
  return body.text("password", 1024);
}

Result<net::Reply> state(Parts& parts, const Call& call) {
  TRY(const auto state, parts.context.access.secondFactorState(*call.caller));
  return net::Reply::json(json::serialize(json::object{
      {"on", state.on}, {"demanded", state.demanded}, {"recoveryCodesLeft", state.recoveryCodesLeft}}));
}

Result<net::Reply> enrol(Parts& parts, const Call& call) {
  TRY(const auto password, passwordIn(call));
  TRY(const auto enrolment, parts.context.access.enrolSecondFactor(*call.caller, password));
  auto reply = net::Reply::json(
      json::serialize(
          json::object{{"secret", enrolment.secret}, {"uri", enrolment.uri}, {"qr", qrShape(enrolment.uri)}}),
      201);
  reply.compressible = false;
  return reply;
}

Result<net::Reply> confirm(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"code"}));
  TRY(const auto code, body.text("code", 20));
  TRY(const auto codes, parts.context.access.confirmSecondFactor(*call.caller, code, fromOf(call.request)));
  return codesReply(codes);
}

Result<net::Reply> renew(Parts& parts, const Call& call) {
  TRY(const auto password, passwordIn(call));
  TRY(const auto codes,
      parts.context.access.renewRecoveryCodes(*call.caller, password, fromOf(call.request)));
  return codesReply(codes);
}

Result<net::Reply> remove(Parts& parts, const Call& call) {
  TRY(const auto password, passwordIn(call));
  CHECK_OK(parts.context.access.removeSecondFactor(*call.caller, password, fromOf(call.request)));
  return net::Reply::empty();
}

}  // namespace

void addSecondFactorRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](const char* method, const char* path, auto handle) {
    router.add(method, path,
               parts.guard.person([&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", "/api/v1/me/second-factor", state);
  add("POST", "/api/v1/me/second-factor", enrol);
  add("POST", "/api/v1/me/second-factor/confirmation", confirm);
  add("POST", "/api/v1/me/second-factor/recovery-codes", renew);
  add("POST", "/api/v1/me/second-factor/removal", remove);
}

}  // namespace postgang::api
