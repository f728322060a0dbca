// A document's business terms in JSON: a tree in the order of the standard (openapi.json, schema Term).
#pragma once

#include <boost/json.hpp>

#include "document/business_document.h"

namespace postgang::api {

boost::json::array termShapes(const document::BusinessDocument& document);
boost::json::array otherShapes(const document::BusinessDocument& document);  // what no term covers

}  // namespace postgang::api
