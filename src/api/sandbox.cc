// /sandbox: a company's twin in which nothing leaves the building, and what is tried there.
#include "api/idempotency.h"
#include "api/json_body.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "channels/handover_sample.h"
#include "channels/test_receivers.h"
#include "flow/words.h"
#include "store/sandboxes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

constexpr int created_status = 201, accepted_status = 202;
constexpr int days_to_pay = 30;
constexpr std::size_t receiver_max = 40, order_number_max = 200;

json::object sandboxShape(const store::Company& sandbox) {
  return {{"id", companyIdText(sandbox.id)},
          {"identifier", sandbox.identifier},
          {"name", sandbox.name},
          {"createdAt", sandbox.createdAt.text()}};
}

json::array receiverShapes() {
  json::array items;
  for (const auto& one : channels::testReceivers())
    items.push_back(json::object{{"key", one.key},
                                 {"name", one.name},
                                 {"identifier", one.identifier},
                                 {"email", one.email},
                                 {"customerNumber", one.customerNumber},
                                 {"channel", one.channel}});
  return items;
}

Result<net::Reply> get(Parts& parts, const Call& call) {
  const bool inside = call.caller->isSandbox();
  std::optional<store::Company> sandbox;
  if (inside) {
    sandbox = call.caller->company;
  } else {
    TRY(sandbox, readFrom(parts.context.store,
                          [&](store::Reader& reader) { return store::sandboxOf(reader, call.company()); }));
  }
  return net::Reply::json(
      json::serialize(json::object{{"inside", inside},
                                   {"sandbox", sandbox ? json::value(sandboxShape(*sandbox)) : json::value()},
                                   {"receivers", receiverShapes()}}));
}

// Everything that a program may have of what its maker may do here.
std::vector<std::string> scopesOfFirstKey(const access::Caller& caller) {
  std::vector<std::string> names;
  for (const auto scope : access::all_scopes) {
    const bool ofPeople = scope == Scope::users_read || scope == Scope::users_write;
    if (caller.may(scope) && !access::isForPeopleAlone(scope) && !ofPeople)
      names.emplace_back(access::name(scope));
  }
  return names;
}

Result<net::Reply> make(Parts& parts, const Call& call) {
  auto& context = parts.context;
  store::Company sandbox;
  CHECK_OK(context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(sandbox, store::makeSandbox(tx, call.caller->company));
    return {};
  }));
  access::NewKey wanted{sandbox.id, "Sandbox", scopesOfFirstKey(*call.caller), {}, call.caller->user->id};
  TRY(const auto key, context.access.createKey(parts.ids, wanted));
  json::array scopes;
  for (const auto& scope : wanted.scopes) scopes.emplace_back(scope);
  auto reply = net::Reply::json(json::serialize(json::object{{"sandbox", sandboxShape(sandbox)},
                                                             {"key",
                                                              {{"id", key.id.text()},
                                                               {"name", wanted.name},
                                                               {"secret", key.secret},
                                                               {"scopes", std::move(scopes)}}}}),
                                created_status);
  reply.compressible = false;  // a secret beside names that others choose
  return reply;
}

// From within as from outside: the company's sandbox is the same one.
Result<net::Reply> reset(Parts& parts, const Call& call) {
  auto& context = parts.context;
  store::Company sandbox;
  CHECK_OK(context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    const auto& acting = call.caller->company;
    TRY(const auto of, store::company(tx, acting.sandboxOf.value_or(acting.id)));
    TRY(sandbox, store::renewSandbox(tx, of));
    return {};
  }));
  context.access.forgetCallers();
  return net::Reply::json(json::serialize(json::object{{"sandbox", sandboxShape(sandbox)}}));
}

Outcome insideOnly(const Call& call) {
  if (call.caller->isSandbox()) return {};
  return fail(flow::problem(ProblemKind::conflict, "sandbox-only"));
}

std::string doorOf(const Call& call) {
  return call.caller->isPerson() ? "portal" : "api";
}

// Two in the same second are two invoices.
std::string numberAt(Parts& parts, Instant now) {
  const auto id = parts.ids.next<DocumentId>().text();
  return channels::testNumber(now) + "-" + id.substr(id.size() - 4);
}

Result<net::Reply> take(Parts& parts, const Call& call, const channels::Sample& sample, bool inbound) {
  flow::Upload upload;
  upload.sender = call.company();
  upload.actor = call.viewer().actor();
  upload.door = doorOf(call);
  upload.fileName = sample.number + ".xml";
  upload.mediaType = "application/xml";
  upload.bytes = channels::sampleFile(sample);
  upload.inbound = inbound;
  TRY(const auto accepted, parts.context.flow.accept(upload));
  const auto& document = accepted.documents.at(0);
  return net::Reply::json(json::serialize(json::object{{"id", document.id.text()},
                                                       {"number", sample.number},
                                                       {"status", document::name(document.status)}}),
                          accepted_status);
}

channels::SampleParty self(const Call& call) {
  return {call.caller->company.identifier, call.caller->company.name};
}

Result<net::Reply> send(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"receiver", "orderNumber"}));
  CHECK_OK(insideOnly(call));
  TRY(const auto key, body.text("receiver", receiver_max));
  TRY(const auto orderNumber, body.maybeText("orderNumber", order_number_max));
  const auto* receiver = channels::testReceiverByKey(key);
  if (!receiver) return fieldInvalid("/receiver", "The receiver is a key of GET /sandbox.");
  const auto now = parts.context.clock.now();
  channels::Sample sample;
  sample.number = numberAt(parts, now);
  sample.issued = dateInStockholm(now);
  sample.due = sample.issued.plusDays(days_to_pay);
  sample.orderNumber = orderNumber.value_or("");
  sample.seller = self(call);
  sample.buyer = {std::string(receiver->identifier),
                  std::string(receiver->name),
                  std::string(receiver->customerNumber),
                  std::string(receiver->email),
                  "Provgatan 1",
                  "111 11"};
  return take(parts, call, sample, /*inbound=*/false);
}

Result<net::Reply> receive(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"kind"}));
  CHECK_OK(insideOnly(call));
  TRY(const auto kind, body.maybeText("kind", receiver_max));
  if (kind && *kind != "invoice" && *kind != "credit-note")
    return fieldInvalid("/kind", "The kind is invoice or credit-note.");
  const auto now = parts.context.clock.now();
  channels::Sample sample;
  sample.credit = kind == "credit-note";
  sample.number = numberAt(parts, now);
  sample.issued = dateInStockholm(now);
  sample.due = sample.issued.plusDays(days_to_pay);
  sample.seller = {std::string(channels::test_supplier_identifier),
                   std::string(channels::test_supplier_name)};
  sample.buyer = self(call);
  return take(parts, call, sample, /*inbound=*/true);
}

Result<net::Reply> advance(Parts& parts, const Call& call) {
  CHECK_OK(insideOnly(call));
  const auto id = DocumentId::parse(call.request.parameter("id"));
  if (!id) return notFound();
  TRY(const auto advanced, parts.context.flow.hurrySandbox(call.viewer(), *id));
  return net::Reply::json(json::serialize(json::object{{"advanced", advanced}}));
}

}  // namespace

void addSandboxRoutes(net::Router& router, Parts& parts) {
  using Handle = Result<net::Reply> (*)(Parts&, const Call&);
  constexpr auto path = "/api/v1/sandbox";
  const auto add = [&](std::string method, const std::string& where, Scope scope, Handle handle) {
    router.add(std::move(method), where,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  const auto addOnce = [&](const std::string& where, Scope scope, Handle handle) {
    router.add("POST", where,
               parts.guard.scoped(scope,
                                  [&parts, handle](const Call& call) {
                                    return answeredOnce(parts.context.store, parts.context.clock, call,
                                                        [&] { return handle(parts, call); });
                                  }),
               JsonBody::bytes_max);
  };
  add("GET", path, Scope::documents_read, get);
  add("POST", path, Scope::keys_write, make);  // its answer has a secret, which is kept nowhere
  addOnce(std::string(path) + "/reset", Scope::keys_write, reset);
  addOnce(std::string(path) + "/send", Scope::documents_write, send);
  addOnce(std::string(path) + "/receive", Scope::documents_write, receive);
  addOnce(std::string(path) + "/documents/{id}/advance", Scope::documents_write, advance);
}

}  // namespace postgang::api
