#include "api/audit_shape.h"

#include <algorithm>

#include "access/audit_actions.h"
#include "api/parameters.h"
#include "api/problem_reply.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t name_max = 200;

// What an object's detail says, or nothing; it was written by us, so what cannot be read is shown as it is.
json::value detailShape(const std::string& detail) {
  if (detail.empty()) return nullptr;
  boost::system::error_code fault;
  auto value = json::parse(detail, fault);
  return fault ? json::value(detail) : value;
}

Instant beginningOf(Date date) {
  const auto midnight = Instant::atMidnight(date);
  return midnight.plusSeconds(-stockholmAhead_seconds(midnight));
}

}  // namespace

json::object auditEntryShape(const store::AuditEntry& entry) {
  return {{"company", companyIdText(entry.company)},
          {"sequence", entry.sequence},
          {"at", entry.at.text()},
          {"actor",
           {{"kind", store::name(entry.actor.kind)},
            {"id", textOrNull(entry.actor.id)},
            {"name", textOrNull(entry.actor.name)}}},
          {"reason", textOrNull(entry.reason)},
          {"action", entry.action},
          {"object", textOrNull(entry.object)},
          {"objectId", textOrNull(entry.objectId)},
          {"objectName", textOrNull(entry.objectName)},
          {"detail", detailShape(entry.detail)},
          {"address", textOrNull(entry.address)},
          {"hash", hex(view(entry.hash))}};
}

Result<store::AuditQuery> auditQueryIn(const net::Request& request) {
  store::AuditQuery query;
  TRY(const auto from, dateParameter(request, "from"));
  TRY(const auto to, dateParameter(request, "to"));
  if (from) query.from = beginningOf(*from);
  if (to) query.to = beginningOf(to->plusDays(1));
  TRY(query.actorId, textParameter(request, "person", name_max));
  TRY(query.object, textParameter(request, "object", name_max));
  TRY(query.objectId, textParameter(request, "objectId", name_max));
  TRY(query.text, textParameter(request, "text", name_max));
  query.actions = listParameter(request, "action");
  const auto known = access::auditActions();
  for (const auto& action : query.actions)
    if (!std::ranges::binary_search(known, std::string_view(action)))
      return parameterInvalid("action", "There is no action with this name.");
  TRY(const auto company, textParameter(request, "company", name_max));
  if (!company.empty()) query.company = companyIdFrom(company).value_or(CompanyId{-1});
  return query;
}

}  // namespace postgang::api
