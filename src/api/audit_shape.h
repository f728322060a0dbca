// The audit trail in JSON (openapi.json: AuditEntry), and what of it a request asks for.
#pragma once

#include <boost/json.hpp>

#include "net/http.h"
#include "store/audit.h"

namespace postgang::api {

boost::json::object auditEntryShape(const store::AuditEntry& entry);
// from, to (dates in Sweden, both included), person, action, object, objectId, text and company. Code
// parameter-invalid; of a company that is no company's, nothing is found.
Result<store::AuditQuery> auditQueryIn(const net::Request& request);

}  // namespace postgang::api
