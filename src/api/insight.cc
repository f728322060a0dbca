// /insight (Delad insyn): who sees whom within a group, and what one company lets another see.
#include <algorithm>
#include <set>

#include "api/company_rights.h"
#include "api/group_tree.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "document/business_document.h"
#include "store/grants.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

constexpr std::size_t kinds_max = 8;

json::object grantTerms(const store::Grant& grant) {
  json::array types;
  for (const auto kind : grant.kinds) types.emplace_back(document::name(kind));
  return {{"sent", grant.sent},
          {"received", grant.received},
          {"types", std::move(types)},
          {"mayAct", grant.mayAct}};
}

json::object grantShape(const store::Grant& grant) {
  auto shape = grantTerms(grant);
  shape["owner"] = companyIdText(grant.owner);
  shape["viewer"] = companyIdText(grant.viewer);
  shape["changedAt"] = grant.changedAt.text();
  shape["changedBy"] = textOrNull(grant.changedBy);
  return shape;
}

// The group of the company acted for; of another where the operator's staff name one.
Result<CompanyId> groupAsked(store::Reader& reader, const Call& call) {
  TRY(const auto asked, textParameter(call.request, "company", 64));
  if (asked.empty()) return call.company();
  TRY(const auto company, companyToSee(reader, call, asked));
  return company.id;
}

Result<net::Reply> matrix(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"company"}));
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto asked, groupAsked(reader, call));
    TRY(const auto tree, groupTree(reader, asked));
    TRY(const auto managed, managedBy(reader, call));
    std::set<CompanyId> here;
    json::array companies;
    for (const auto& place : tree) {
      const auto id = place.company.id;
      here.insert(id);
      const bool mine = std::ranges::binary_search(managed, id);
      companies.push_back(json::object{
          {"id", companyIdText(id)},
          {"identifier", place.company.identifier},
          {"name", place.company.name},
          {"parent", place.company.parent ? json::value(companyIdText(*place.company.parent)) : nullptr},
          {"depth", place.depth},
          {"seen", mine || call.viewer().sees(id)},
          {"mine", mine && call.caller->may(Scope::companies_write)}});
    }
    TRY(const auto grants, store::listGrants(reader, call.viewer()));
    json::array shown;
    for (const auto& grant : grants)
      if (here.contains(grant.owner) && here.contains(grant.viewer)) shown.push_back(grantShape(grant));
    return net::Reply::json(
        json::serialize(json::object{{"companies", std::move(companies)}, {"grants", std::move(shown)}}));
  });
}

struct Pair {
  store::Company owner, viewer;
};

// Whoever rules the owner decides; the viewer is of its group.
Result<Pair> pairIn(store::Reader& reader, const Call& call) {
  Pair pair;
  TRY(pair.owner, companyToChange(reader, call, call.request.parameter("ownerId")));
  const auto viewer = companyIdFrom(call.request.parameter("viewerId"));
  if (!viewer || pair.owner.sandboxOf) return notFound();
  auto found = store::company(reader, *viewer);
  if (!found && found.error().kind != ProblemKind::not_found) return fail(std::move(found).error());
  if (!found || !found->isCustomer || found->sandboxOf || found->group != pair.owner.group) return notFound();
  pair.viewer = std::move(*found);
  return pair;
}

Outcome checkNotAbove(store::Reader& reader, const Pair& pair) {
  TRY(const auto beneath, store::subsidiariesOf(reader, pair.viewer.id));
  if (!std::ranges::binary_search(beneath, pair.owner.id)) return {};
  return fail(ProblemKind::conflict, "grant-through-tree",
              "A company above another in the group sees all of it already.", "viewerId",
              "Choose a company that does not stand above this one.");
}

Result<std::optional<store::Grant>> grantBefore(store::Reader& reader, const Pair& pair) {
  TRY(const auto grants, store::grantsTo(reader, pair.viewer.id));
  const auto found = std::ranges::find(grants, pair.owner.id, &store::Grant::owner);
  return found == grants.end() ? std::optional<store::Grant>() : std::optional(*found);
}

Result<store::Grant> grantIn(const net::Request& request) {
  TRY(const auto body, JsonBody::of(request, {"sent", "received", "types", "mayAct"}));
  store::Grant grant;
  TRY(grant.sent, body.yes("sent", false));
  TRY(grant.received, body.yes("received", false));
  TRY(grant.mayAct, body.yes("mayAct", false));
  TRY(const auto types, body.texts("types", kinds_max, 40));
  for (std::size_t i = 0; i < types.size(); ++i) {
    const auto kind = document::kindFromName(types[i]);
    if (!kind) return fieldInvalid(body.pointerTo("types", i), "There is no such type of document.");
    if (std::ranges::find(grant.kinds, *kind) == grant.kinds.end()) grant.kinds.push_back(*kind);
  }
  std::ranges::sort(grant.kinds);
  return grant;
}

// In the trails of both, each of which knows it by the other.
Outcome note(store::Transaction& tx, const Call& call, const Pair& pair, std::string_view action,
             const std::optional<store::Grant>& before, const std::optional<store::Grant>& after) {
  const auto terms = [](const std::optional<store::Grant>& grant) {
    return grant ? json::value(grantTerms(*grant)) : json::value(nullptr);
  };
  const json::object detail{{"owner", pair.owner.name},
                            {"viewer", pair.viewer.name},
                            {"insight", json::array{terms(before), terms(after)}}};
  CHECK_OK(noteCompanyChange(tx, call, pair.owner.id, action, pair.viewer, detail));
  return noteCompanyChange(tx, call, pair.viewer.id, action, pair.owner, detail);
}

Result<net::Reply> put(Parts& parts, const Call& call) {
  TRY(auto grant, grantIn(call.request));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto pair, pairIn(tx, call));
    CHECK_OK(checkNotAbove(tx, pair));
    TRY(const auto before, grantBefore(tx, pair));
    grant.owner = pair.owner.id;
    grant.viewer = pair.viewer.id;
    grant.changedAt = tx.clock().now();
    grant.changedBy = call.viewer().actor().name;
    CHECK_OK(store::putGrant(tx, grant));
    return note(tx, call, pair, "insight.given", before, grant);
  }));
  return net::Reply::json(json::serialize(grantShape(grant)));
}

Result<net::Reply> remove(Parts& parts, const Call& call) {
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto pair, pairIn(tx, call));
    TRY(const auto before, grantBefore(tx, pair));
    CHECK_OK(store::removeGrant(tx, pair.owner.id, pair.viewer.id));
    return note(tx, call, pair, "insight.taken-back", before, std::nullopt);
  }));
  return net::Reply::empty();
}

}  // namespace

void addInsightRoutes(net::Router& router, Parts& parts) {
  constexpr auto one = "/api/v1/insight/{ownerId}/{viewerId}";
  router.add("GET", "/api/v1/insight", parts.guard.scoped(Scope::companies_read, [&](const Call& call) {
    return matrix(parts, call);
  }));
  router.add("PUT", one,
             parts.guard.scoped(Scope::companies_write, [&](const Call& call) { return put(parts, call); }),
             JsonBody::bytes_max);
  router.add("DELETE", one, parts.guard.scoped(Scope::companies_write, [&](const Call& call) {
    return remove(parts, call);
  }));
}

}  // namespace postgang::api
