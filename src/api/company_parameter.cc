#include "api/company_parameter.h"

#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "store/companies.h"

namespace postgang::api {

Result<CompanyAsked> companyParameter(store::Reader& reader, const store::Viewer& viewer,
                                      const net::Request& request) {
  CompanyAsked asked;
  TRY(const auto identifier, textParameter(request, "company", 200));
  if (identifier.empty()) return asked;
  TRY(const auto found, store::companyByIdentifier(reader, identifier));
  asked.nobody = !found || !viewer.seesAnyOf(found->id);
  if (!asked.nobody) asked.company = found->id;
  return asked;
}

Result<CompanyAsked> companyParameter(store::Store& store, const Call& call) {
  return readFrom(
      store, [&](store::Reader& reader) { return companyParameter(reader, call.viewer(), call.request); });
}

Result<std::optional<bool>> internalParameter(const net::Request& request) {
  const auto text = request.queryValue("internal").value_or("");
  if (text.empty()) return std::optional<bool>();
  if (text != "true" && text != "false") return parameterInvalid("internal", "It is true or false.");
  return std::optional(text == "true");
}

}  // namespace postgang::api
