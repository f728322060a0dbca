#include "api/company_rights.h"

#include <algorithm>

#include "api/parameters.h"
#include "api/problem_reply.h"
#include "api/shapes.h"
#include "store/audit.h"

namespace postgang::api {

namespace {

// By its number; one that is only known as a counterpart, or a sandbox, has no place among companies.
Result<store::Company> customer(store::Reader& reader, std::string_view text) {
  const auto id = companyIdFrom(text);
  if (!id) return notFound();
  auto found = store::company(reader, *id);
  if (!found && found.error().kind != ProblemKind::not_found) return found;
  if (!found || !found->isCustomer) return notFound();
  return found;
}

Result<bool> manages(store::Reader& reader, const Call& call, CompanyId company) {
  TRY(const auto managed, managedBy(reader, call));
  return std::ranges::binary_search(managed, company);
}

}  // namespace

bool isOperatorStaff(const Call& call) {
  return call.caller->isStaff() && call.caller->company.isOperator;
}

Result<std::vector<CompanyId>> managedBy(store::Reader& reader, const Call& call) {
  TRY(auto managed, store::subsidiariesOf(reader, call.company()));
  managed.push_back(call.company());
  std::ranges::sort(managed);
  return managed;
}

Result<store::Viewer> administeredBy(store::Reader& reader, const Call& call) {
  if (!call.caller->session || !call.caller->session->everything) return call.viewer();
  TRY(auto managed, managedBy(reader, call));
  return store::Viewer::ofCompanies(std::move(managed), call.viewer().actor());
}

Result<store::Viewer> administeredBy(Parts& parts, const Call& call) {
  return readFrom(parts.context.store, [&](store::Reader& reader) { return administeredBy(reader, call); });
}

Result<store::Company> companyToSee(store::Reader& reader, const Call& call, std::string_view id) {
  TRY(auto company, customer(reader, id));
  TRY(const bool managed, manages(reader, call, company.id));
  if (!managed && !call.caller->viewer.sees(company.id)) return notFound();
  return company;
}

Result<store::Company> companyToChange(store::Reader& reader, const Call& call, std::string_view id) {
  TRY(auto company, customer(reader, id));
  TRY(const bool managed, manages(reader, call, company.id));
  if (!managed) return notFound();
  return company;
}

Result<store::Company> companyToMove(store::Reader& reader, const Call& call, std::string_view id) {
  TRY(auto company, customer(reader, id));
  if (company.sandboxOf) return notFound();
  if (isOperatorStaff(call)) return company;
  TRY(const bool managed, manages(reader, call, company.id));
  if (!managed) return notFound();
  return company;
}

Result<CompanyId> companyCursor(const net::Request& request) {
  TRY(const auto cursor, textParameter(request, "cursor", 64));
  if (cursor.empty()) return CompanyId{0};
  if (const auto id = companyIdFrom(cursor)) return *id;
  return fail(ProblemKind::invalid, "cursor-malformed", "This is no cursor of this list.", "cursor",
              "Begin again without one.");
}

Outcome noteCompanyChange(store::Transaction& tx, const Call& call, CompanyId trail, std::string_view action,
                          const store::Company& object, const boost::json::object& detail) {
  store::AuditEntry entry;
  entry.company = trail;
  entry.actor = call.viewer().actor();
  if (call.caller->session) entry.reason = call.caller->session->reason;
  entry.action = action;
  entry.object = "company";
  entry.objectId = companyIdText(object.id);
  entry.objectName = object.name;
  entry.detail = boost::json::serialize(detail);
  entry.address = call.request.remoteAddress;
  return store::recordAudit(tx, entry);
}

}  // namespace postgang::api
