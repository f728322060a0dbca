#include "api/membership_shape.h"

#include "api/problem_reply.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

constexpr std::size_t memberships_max = 1000;

}  // namespace

boost::json::array membershipsShape(const std::vector<store::Membership>& memberships) {
  boost::json::array shapes;
  for (const auto& membership : memberships)
    shapes.push_back(
        boost::json::object{{"companyId", companyIdText(membership.company)}, {"role", membership.role}});
  return shapes;
}

Result<std::vector<store::Membership>> membershipsIn(const JsonBody& body) {
  std::vector<store::Membership> memberships;
  TRY(const auto* items, body.array("memberships", memberships_max));
  if (!items) return memberships;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto pointer = body.pointerTo("memberships", i);
    TRY(const auto item, JsonBody::of((*items)[i], pointer, {"companyId", "role"}));
    TRY(const auto id, item.text("companyId", 64));
    TRY(auto role, item.text("role", 40));
    const auto company = companyIdFrom(id);
    if (!company)
      return fail(ProblemKind::invalid, "company-unknown",
                  "There is no such company among those that you administer.", pointer + "/companyId");
    memberships.push_back({*company, std::move(role)});
  }
  return memberships;
}

}  // namespace postgang::api
