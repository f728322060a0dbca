// /registers: what the company acted for has that documents may refer to.
#include <algorithm>

#include "api/idempotency.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/register_shape.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "rules/demand_json.h"
#include "store/filters.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using rules::Condition;
using rules::Test;
using store::Register;

constexpr std::size_t registers_max = 100;  // of one company

rules::RegisterKind askedKind(store::RegisterKind kind) {
  switch (kind) {
    case store::RegisterKind::orders:
      return rules::RegisterKind::order_number;
    case store::RegisterKind::cost_centres:
      return rules::RegisterKind::cost_centre;
    case store::RegisterKind::accounts:
      return rules::RegisterKind::supplier_account;
    case store::RegisterKind::references:
      break;
  }
  return rules::RegisterKind::reference;
}

// By its name, or, where it is the last one of its kind, by the kind.
bool asks(const Condition& condition, const Register& one, bool last) {
  if (condition.kind != Condition::Kind::test)
    return std::ranges::any_of(condition.parts, [&](const auto& part) { return asks(part, one, last); });
  const auto& leaf = condition.leaf;
  if (leaf.test == Test::registered_account) return last && one.kind == store::RegisterKind::accounts;
  if (leaf.test != Test::in_register) return false;
  if (!leaf.registerName.empty()) return leaf.registerName == one.name || leaf.registerName == one.id.text();
  return last && leaf.kind == askedKind(one.kind);
}

// A filter that is on asks it: without it every document would be stopped.
Result<std::optional<std::string>> filterThatAsks(store::Reader& reader, const Call& call,
                                                  const Register& one, bool byNameAlone) {
  TRY(const auto registers, store::listRegisters(reader, call.viewer(), call.company()));
  const auto alike = std::ranges::count(registers, one.kind, &Register::kind);
  TRY(const auto filters, store::listFilters(reader, call.viewer(), call.company()));
  for (const auto& filter : filters) {
    if (!filter.newest.content.active) continue;
    for (const auto& demand : rules::parseDemands(filter.newest.content.rules).demands)
      if (asks(demand.condition, one, alike == 1 && !byNameAlone))
        return std::optional(filter.newest.content.name);
  }
  return std::optional<std::string>();
}

Outcome checkUnused(store::Reader& reader, const Call& call, const Register& one, bool byNameAlone) {
  TRY(const auto filter, filterThatAsks(reader, call, one, byNameAlone));
  if (!filter) return {};
  return fail(Problem{ProblemKind::conflict,
                      "register-in-use",
                      "The filter «" + *filter + "» asks this register.",
                      {},
                      "Change that filter, or turn it off, first.",
                      {{"filter", *filter}}});
}

Outcome readChange(const net::Request& request, Register& one) {
  TRY(const auto body, JsonBody::of(request, {"name", "kind", "sharedWithSenders"}));
  TRY(one.name, body.text("name", 120));
  one.name = collapsed(one.name);
  TRY(const auto kind, body.text("kind", 40));
  const auto known = store::registerKindFromName(kind);
  if (!known) return fieldInvalid("/kind", "A register is of references, orders, cost-centres or accounts.");
  one.kind = *known;
  if (body.isNull("sharedWithSenders"))
    return fieldInvalid("/sharedWithSenders", "This must be true or false.");
  TRY(one.sharedWithSenders, body.yes("sharedWithSenders", false));
  return {};
}

Result<net::Reply> shown(Parts& parts, const Call& call, store::RegisterId id, int status) {
  TRY(const auto one, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::findRegister(reader, call.viewer(), call.company(), id);
      }));
  return net::Reply::json(json::serialize(registerShape(one)), status);
}

Result<net::Reply> listRegisters(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  TRY(const auto registers, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::listRegisters(reader, call.viewer(), call.company());
      }));
  json::array items;
  for (const auto& one : registers) items.push_back(registerShape(one));
  return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
}

Result<net::Reply> makeRegister(Parts& parts, const Call& call) {
  Register made;
  CHECK_OK(readChange(call.request, made));
  made.id = parts.ids.next<store::RegisterId>();
  made.company = call.company();
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto registers, store::listRegisters(tx, call.viewer(), call.company()));
    if (registers.size() >= registers_max)
      return fail(ProblemKind::conflict, "registers-too-many",
                  "There are as many registers as a company may have.", {}, "Remove one that is not used.");
    return store::createRegister(tx, made, call.viewer().actor());
  }));
  return shown(parts, call, made.id, 201);
}

Result<net::Reply> changeRegister(Parts& parts, const Call& call) {
  Register changed;
  TRY(changed.id, registerIdIn(call.request));
  changed.company = call.company();
  CHECK_OK(readChange(call.request, changed));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto now, store::findRegister(tx, call.viewer(), call.company(), changed.id));
    if (now.kind != changed.kind) CHECK_OK(checkUnused(tx, call, now, false));
    if (now.name != changed.name) CHECK_OK(checkUnused(tx, call, now, true));
    return store::changeRegister(tx, call.viewer(), changed);
  }));
  return shown(parts, call, changed.id, 200);
}

Result<net::Reply> removeRegister(Parts& parts, const Call& call) {
  TRY(const auto id, registerIdIn(call.request));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto now, store::findRegister(tx, call.viewer(), call.company(), id));
    CHECK_OK(checkUnused(tx, call, now, false));
    return store::deleteRegister(tx, call.viewer(), call.company(), id);
  }));
  parts.imports.clear(id);
  return net::Reply::empty();
}

}  // namespace

void addRegisterRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  const auto route = [&](const char* method, const char* path, Scope scope, auto handler) {
    router.add(method, path, parts.guard.scoped(scope, [&parts, handler](const Call& call) {
      return handler(parts, call);
    }));
  };
  route("GET", "/api/v1/registers", Scope::filters_read, listRegisters);
  route("POST", "/api/v1/registers", Scope::filters_write, [](Parts& all, const Call& call) {
    return answeredOnce(all.context.store, all.context.clock, call, [&] { return makeRegister(all, call); });
  });
  route("GET", "/api/v1/registers/{registerId}", Scope::filters_read,
        [](Parts& all, const Call& call) -> Result<net::Reply> {
          TRY(const auto id, registerIdIn(call.request));
          return shown(all, call, id, 200);
        });
  route("PUT", "/api/v1/registers/{registerId}", Scope::filters_write, changeRegister);
  route("DELETE", "/api/v1/registers/{registerId}", Scope::filters_write, removeRegister);
}

}  // namespace postgang::api
