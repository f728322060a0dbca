// Which documents a call asks for: the parameters that GET /documents, its counts and its exports share, read
// in one way.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "api/parts.h"
#include "store/documents.h"

namespace postgang::api {

// Refuses what is neither one of the filter's parameters nor one of `more` ("sort", "limit" …).
Outcome onlyDocumentParameters(const net::Request& request, std::initializer_list<std::string_view> more);

// The parameter `sort`. Code parameter-invalid.
Outcome readDocumentSort(const net::Request& request, store::EntryQuery& query);
// The filters with the company and, of a counterpart, all that its documents name it by. Nothing where the
// company asked for is none of the viewer's. Codes parameter-invalid and those of insight/query_language.h.
Result<std::optional<store::EntryQuery>> documentsAskedOf(store::Reader& reader, const store::Viewer& viewer,
                                                          CompanyId actedFor, const net::Request& request,
                                                          Date today);
// … as this call asks, today.
Result<std::optional<store::EntryQuery>> documentsAskedIn(Parts& parts, const Call& call);

}  // namespace postgang::api
