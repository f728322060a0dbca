// The filter of an export: the parameters of GET /documents as a JSON object, {"status": ["failed"], "from":
// "2026-11-01"}, kept with the order as it was given and read anew when the export is made.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "net/http.h"
#include "store/documents.h"
#include "store/exports.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::api {

inline constexpr std::size_t export_filter_bytes_max = 8'000;

// The body's `filter` as it is kept. Code field-invalid: another form, too long.
Result<std::string> exportFilterText(const boost::json::value& filter);
// As the same request of the list was read on the day on which the export was asked for. Nothing where it
// asks for a company of which nothing is seen. Codes as GET /documents.
Result<std::optional<store::EntryQuery>> readExportFilter(store::Reader& reader, const store::Viewer& viewer,
                                                          const store::Export& made);

}  // namespace postgang::api
