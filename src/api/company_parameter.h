// "company=0007:…": of one company's traffic alone, in lists, counts and statistics.
#pragma once

#include <optional>

#include "api/guard.h"
#include "store/store.h"

namespace postgang::api {

// One of which the caller sees nothing is answered like one without documents.
struct CompanyAsked {
  std::optional<CompanyId> company;
  bool nobody = false;
};
Result<CompanyAsked> companyParameter(store::Reader& reader, const store::Viewer& viewer,
                                      const net::Request& request);
Result<CompanyAsked> companyParameter(store::Store& store, const Call& call);

// "internal=true": between companies of one group. Code parameter-invalid.
Result<std::optional<bool>> internalParameter(const net::Request& request);

}  // namespace postgang::api
