// GET /print-batches: what the print house was handed, for staff.
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "store/smartmail.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

// A session of staff, or a key of the operator's.
Outcome onlyStaff(const Call& call) {
  const auto& caller = *call.caller;
  if (caller.company.isOperator && (caller.isStaff() || caller.key)) return {};
  return fail(ProblemKind::forbidden, "staff-only", "This is for the operator's staff.", {},
              "Ask them for what you need.");
}

// "waiting": not handed over yet; "handed-over" else. What is wrong is said by `trouble`, in either.
json::object batchShape(const store::PrintBatch& batch) {
  return {{"id", batch.id},
          {"house", batch.house},
          {"state", batch.uploadedAt ? "handed-over" : "waiting"},
          {"cutOff", batch.cutOff.text()},
          {"madeAt", batch.madeAt.text()},
          {"letters", batch.letters},
          {"sheets", batch.sheets},
          {"sha256", hex(view(batch.digest))},
          {"uploadedAt", instantOrNull(batch.uploadedAt)},
          {"attempts", batch.attempts},
          {"trouble", textOrNull(batch.trouble)}};
}

Result<net::Reply> listBatches(Parts& parts, const Call& call) {
  CHECK_OK(onlyStaff(call));
  CHECK_OK(onlyParameters(call.request, {"limit"}));
  TRY(const auto limit, limitParameter(call.request));
  TRY(const auto batches, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::listPrintBatches(reader, limit);
      }));
  json::array items;
  for (const auto& batch : batches) items.push_back(batchShape(batch));
  return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
}

}  // namespace

void addPrintBatchRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/print-batches",
             parts.guard.scoped(access::Scope::documents_read,
                                [&](const Call& call) { return listBatches(parts, call); }));
}

}  // namespace postgang::api
