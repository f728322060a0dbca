// GET /companies: those that this caller may see.
#include <algorithm>

#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

// The cursor is the number of the last company shown.
Result<net::Reply> listCompanies(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"limit", "cursor"}));
  TRY(const int limit, limitParameter(call.request));
  TRY(const auto cursor, textParameter(call.request, "cursor", 64));
  CompanyId after{0};
  if (!cursor.empty()) {
    const auto id = companyIdFrom(cursor);
    if (!id)
      return fail(ProblemKind::invalid, "cursor-malformed", "This is no cursor of this list.", "cursor",
                  "Begin again without one.");
    after = *id;
  }
  TRY(auto companies, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::listCompanies(reader, call.viewer());
      }));
  std::ranges::sort(companies, {}, &store::Company::id);
  boost::json::array items;
  std::optional<std::string> next;
  CompanyId last = after;
  for (const auto& company : companies) {
    if (company.id <= after) continue;
    if (items.size() == static_cast<std::size_t>(limit)) {
      next = companyIdText(last);
      break;
    }
    items.push_back(companyShape(company));
    last = company.id;
  }
  return net::Reply::json(boost::json::serialize(listShape(std::move(items), next)));
}

}  // namespace

void addCompanyRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/companies",
             parts.guard.anyCaller([&](const Call& call) { return listCompanies(parts, call); }));
}

}  // namespace postgang::api
