// Registers in JSON (openapi.json: Register, RegisterRow, ImportPreview, Import), and what their routes
// share.
#pragma once

#include <boost/json.hpp>

#include "api/guard.h"
#include "flow/register_imports.h"
#include "store/registers.h"

namespace postgang::api {

boost::json::object registerShape(const store::Register& one);
boost::json::object registerRowShape(const store::RegisterRow& row);
boost::json::object previewShape(const flow::RegisterPreview& preview, const formats::Spreadsheet& sheet);
boost::json::object importShape(const flow::ImportProgress& progress);

// The id in the path; one that is not a UUID is not found like one that does not exist.
Result<store::RegisterId> registerIdIn(const net::Request& request);

}  // namespace postgang::api
