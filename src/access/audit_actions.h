// What the audit trail tells of: every route of the interface, what doing it is called, and what it is done
// to. A route that is not here fails a test, so none can be forgotten.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace postgang::access {

enum class Recorded : std::uint8_t {
  at_once,     // a change: written before the reply goes out
  soon,        // a read, or what the document's own chain tells already: written within moments
  seen,        // the same, and again by the same caller within ten minutes is the same row
  by_handler,  // written by the handler or what it calls, in the transaction of the change
  never        // `note` says why not
};

struct AuditedRoute {
  std::string_view method, route;  // "GET", "/api/v1/documents/{id}"; HEAD is GET's
  Recorded recorded = Recorded::never;
  std::string_view action = {};  // "document.seen"
  std::string_view object = {};  // "document"
  // The parameter of the path with the object's id, or "=" and the id itself; empty: what is made has none
  // before.
  std::string_view id = {};
  std::string_view note = {};
};

std::span<const AuditedRoute> auditedRoutes();
const AuditedRoute* auditedRoute(std::string_view method, std::string_view route);

std::vector<std::string_view> auditActions();  // all there are, sorted, each once
std::vector<std::string_view> auditObjects();  // kinds of objects, the same

}  // namespace postgang::access
