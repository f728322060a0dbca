// /companies/{companyId}: what a company tells of itself, its identifiers and its place in the group.
#include <algorithm>

#include "api/company_rights.h"
#include "api/company_shape.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "base/text.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

std::string_view idIn(const Call& call) {
  return call.request.parameter("companyId");
}

Result<net::Reply> shown(Parts& parts, const Call& call) {
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto company, companyToSee(reader, call, idIn(call)));
    TRY(const auto detail, companyDetail(reader, call, company));
    return net::Reply::json(json::serialize(detail));
  });
}

Result<net::Reply> get(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  return shown(parts, call);
}

// In the company's own trail, and in that of whoever acted from above.
Outcome note(store::Transaction& tx, const Call& call, std::string_view action, const store::Company& company,
             const json::object& detail) {
  CHECK_OK(noteCompanyChange(tx, call, company.id, action, company, detail));
  if (company.id == call.company()) return {};
  return noteCompanyChange(tx, call, call.company(), action, company, detail);
}

json::array kindsChanged(const std::vector<store::CompanyAddress>& before,
                         const std::vector<store::CompanyAddress>& after) {
  json::array kinds;
  const auto of = [](const auto& all, std::string_view kind) {
    const auto found = std::ranges::find(all, kind, &store::CompanyAddress::kind);
    return found == all.end() ? std::optional<store::CompanyAddress>() : std::optional(*found);
  };
  for (const std::string_view kind : {"visiting", "postal", "billing"})
    if (of(before, kind) != of(after, kind)) kinds.emplace_back(kind);
  return kinds;
}

struct ProfileAsked {
  std::optional<std::string> name;
  std::optional<std::vector<store::CompanyContact>> contacts;
};

Result<ProfileAsked> profileIn(const JsonBody& body) {
  ProfileAsked asked;
  if (body.has("name")) {
    TRY(const auto name, body.text("name", CompanyLimits::name_max));
    asked.name = collapsed(name);
  }
  if (body.has("contacts")) {
    TRY(asked.contacts, contactsIn(body));
  }
  return asked;
}

Outcome change(store::Transaction& tx, const Call& call, const JsonBody& body, const ProfileAsked& asked) {
  TRY(auto company, companyToChange(tx, call, idIn(call)));
  TRY(const auto before, store::companyProfile(tx, company.id));
  json::object detail;
  if (body.has("addresses")) {
    TRY(const auto addresses, addressesIn(body, before.addresses));
    auto kinds = kindsChanged(before.addresses, addresses);
    CHECK_OK(store::setCompanyAddresses(tx, company.id, addresses));
    if (!kinds.empty()) detail["addresses"] = std::move(kinds);
  }
  if (asked.contacts && *asked.contacts != before.contacts) {
    CHECK_OK(store::setCompanyContacts(tx, company.id, *asked.contacts));
    detail["contacts"] = json::array{before.contacts.size(), asked.contacts->size()};
  }
  if (asked.name && *asked.name != company.name) {
    CHECK_OK(store::setCompanyName(tx, company.id, *asked.name));
    detail["name"] = json::array{company.name, *asked.name};
    company.name = *asked.name;
  }
  return detail.empty() ? Outcome() : note(tx, call, "company.changed", company, detail);
}

Result<net::Reply> patch(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"name", "addresses", "contacts"}));
  TRY(const auto asked, profileIn(body));
  CHECK_OK(parts.context.store.write(store::Priority::background,
                                     [&](store::Transaction& tx) { return change(tx, call, body, asked); }));
  return shown(parts, call);
}

Result<net::Reply> putIdentifiers(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"identifier", "identifiers"}));
  TRY(const auto asked, identifiersIn(body));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto company, companyToChange(tx, call, idIn(call)));
    auto all = asked.all;
    std::ranges::sort(all);
    if (company.identifier == asked.main && company.identifiers == all) return {};
    CHECK_OK(store::setCompanyIdentifiers(tx, company.id, asked.main, all));
    return note(
        tx, call, "company.identifiers-changed", company,
        {{"identifier", json::array{company.identifier, asked.main}},
         {"identifiers", json::array{json::array(company.identifiers.begin(), company.identifiers.end()),
                                     json::array(all.begin(), all.end())}}});
  }));
  return shown(parts, call);
}

// The operator's staff move whom they like; an administrator what stands beneath the company acted for, to
// another place beneath it.
Outcome checkMove(const Call& call, const store::Company& company, const std::optional<std::string>& parent) {
  if (isOperatorStaff(call) || (parent && company.id != call.company())) return {};
  return fail(ProblemKind::forbidden, "move-needs-operator",
              "A company leaves its group, or moves with all beneath it, by whoever stands above it.",
              "/parent", "Ask an administrator above the company, or the operator.");
}

Outcome move(store::Transaction& tx, const Call& call, const std::optional<std::string>& parent) {
  TRY(const auto company, companyToMove(tx, call, idIn(call)));
  CHECK_OK(checkMove(call, company, parent));
  std::optional<store::Company> from, to;
  if (company.parent) {
    TRY(from, store::company(tx, *company.parent));
  }
  if (parent) {
    TRY(to, companyToMove(tx, call, *parent));
  }
  if (company.parent == (to ? std::optional(to->id) : std::nullopt)) return {};
  CHECK_OK(store::setParent(tx, company.id, to ? std::optional(to->id) : std::nullopt));
  const auto nameOf = [](const std::optional<store::Company>& of) {
    return of ? json::value(of->name) : json::value(nullptr);
  };
  const json::object detail{{"parent", json::array{nameOf(from), nameOf(to)}}};
  std::vector<CompanyId> trails{company.id};
  for (const auto& place : {from, to})
    if (place && std::ranges::find(trails, place->id) == trails.end()) trails.push_back(place->id);
  for (const auto trail : trails)
    CHECK_OK(noteCompanyChange(tx, call, trail, "company.moved", company, detail));
  return {};
}

Result<net::Reply> putParent(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"parent"}));
  if (!body.has("parent")) return fieldInvalid("/parent", "This is a company's id, or null.");
  TRY(const auto parent, body.maybeText("parent", 64));
  CHECK_OK(parts.context.store.write(store::Priority::background,
                                     [&](store::Transaction& tx) { return move(tx, call, parent); }));
  return shown(parts, call);
}

}  // namespace

void addCompanyPageRoutes(net::Router& router, Parts& parts) {
  constexpr auto one = "/api/v1/companies/{companyId}";
  router.add("GET", one,
             parts.guard.scoped(Scope::companies_read, [&](const Call& call) { return get(parts, call); }));
  const auto change = [&](std::string method, std::string path,
                          Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(Scope::companies_write,
                                  [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  change("PATCH", one, patch);
  change("PUT", std::string(one) + "/identifiers", putIdentifiers);
  change("PUT", std::string(one) + "/parent", putParent);
}

}  // namespace postgang::api
