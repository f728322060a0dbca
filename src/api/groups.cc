// GET /groups: the groups that this caller has companies in, each company in its place.
#include <algorithm>
#include <map>
#include <set>

#include "api/company_rights.h"
#include "api/group_tree.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "store/company_profile.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

// The tops of all trees that something is seen in, by number.
Result<std::set<CompanyId>> topsSeen(store::Reader& reader, const Call& call) {
  std::set<CompanyId> tops;
  TRY(const auto companies, store::listCompanies(reader, call.viewer()));
  for (const auto& company : companies)
    if (!company.sandboxOf) tops.insert(company.group);
  TRY(const auto own, store::company(reader, call.company()));
  if (!own.sandboxOf) tops.insert(own.group);
  return tops;
}

Result<json::object> groupShape(store::Reader& reader, const Call& call, CompanyId top) {
  TRY(const auto tree, groupTree(reader, top));
  TRY(const auto managed, managedBy(reader, call));
  const bool staff = isOperatorStaff(call);
  const bool changes = staff || call.caller->may(access::Scope::companies_write);
  json::array companies;
  for (const auto& place : tree) {
    auto shape = companyShape(place.company);
    const bool mine = std::ranges::binary_search(managed, place.company.id);
    shape["depth"] = place.depth;
    shape["mine"] = mine;
    shape["mayAdd"] = changes && (staff || mine);
    shape["mayMove"] = changes && (staff || (mine && place.company.id != call.company()));
    companies.push_back(std::move(shape));
  }
  return json::object{{"id", companyIdText(top)},
                      {"name", tree.empty() ? std::string() : tree.front().company.name},
                      {"companies", std::move(companies)}};
}

// The cursor is the number of the last group shown.
Result<net::Reply> listGroups(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"limit", "cursor"}));
  TRY(const int limit, limitParameter(call.request));
  TRY(const auto after, companyCursor(call.request));
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto tops, topsSeen(reader, call));
    json::array items;
    std::optional<std::string> next;
    for (auto top = tops.upper_bound(after); top != tops.end(); ++top) {
      if (items.size() == static_cast<std::size_t>(limit)) {
        next = companyIdText(*std::prev(top));
        break;
      }
      TRY(auto shape, groupShape(reader, call, *top));
      items.push_back(std::move(shape));
    }
    return net::Reply::json(json::serialize(listShape(std::move(items), next)));
  });
}

}  // namespace

Result<std::vector<GroupPlace>> groupTree(store::Reader& reader, CompanyId company) {
  TRY(const auto companies, store::companiesOfGroup(reader, company));
  std::map<CompanyId, std::vector<const store::Company*>> beneath;  // by name, as they came
  std::set<CompanyId> here;
  for (const auto& each : companies) here.insert(each.id);
  std::vector<std::pair<const store::Company*, int>> waiting;
  for (const auto& each : companies) {
    if (each.parent && here.contains(*each.parent))
      beneath[*each.parent].push_back(&each);
    else
      waiting.emplace_back(&each, 0);
  }
  std::ranges::reverse(waiting);
  std::vector<GroupPlace> tree;
  while (!waiting.empty()) {
    const auto [each, depth] = waiting.back();
    waiting.pop_back();
    tree.push_back({*each, depth});
    const auto& children = beneath[each->id];
    for (auto child = children.rbegin(); child != children.rend(); ++child)
      waiting.emplace_back(*child, depth + 1);
  }
  return tree;
}

void addGroupRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/groups",
             parts.guard.scoped(access::Scope::companies_read,
                                [&](const Call& call) { return listGroups(parts, call); }));
}

}  // namespace postgang::api
