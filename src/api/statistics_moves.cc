// GET /statistics/moves: still on paper, and what it would save to move them.
#include "api/company_parameter.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/shapes.h"
#include "api/statistics_shape.h"
#include "insight/paper_moves.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

json::object moveShape(const insight::PaperMoves::Move& move, const store::Company& company) {
  return {{"company",
           {{"id", companyIdText(company.id)}, {"identifier", company.identifier}, {"name", company.name}}},
          {"counterpart", {{"identifier", move.counterpart}, {"name", textOrNull(move.name)}}},
          {"to", move.to},
          {"documents", move.documents},
          {"cost", amountOrNull(move.cost, move.currency)},
          {"saving", amountOrNull(move.saving, move.currency)}};
}

json::object movesShape(const insight::PaperMoves& found) {
  json::array items, savings;
  for (const auto& move : found.moves) items.push_back(moveShape(move, found.companies.at(move.company)));
  for (const auto& [currency, sum] : found.savings) savings.push_back(amountShape(sum, currency));
  auto shape = listShape(std::move(items));
  shape["period"] = json::object{{"from", found.from.text()}, {"to", found.to.text()}};
  shape["documents"] = found.documents;
  shape["movable"] = found.movable;
  shape["savings"] = std::move(savings);
  shape["partial"] = found.partial;
  return shape;
}

Result<net::Reply> moves(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"company"}));
  TRY(const auto company, companyParameter(parts.context.store, call));
  const auto viewer = company.nobody ? store::Viewer::ofCompanies({}, call.viewer().actor()) : call.viewer();
  TRY(const auto found, readFrom(parts.context.store, [&](store::Reader& reader) {
        return insight::paperMoves(reader, viewer, company.company, parts.context.flow.channels(),
                                   dateInStockholm(parts.context.clock.now()));
      }));
  return net::Reply::json(json::serialize(movesShape(found)));
}

}  // namespace

void addStatisticsMoveRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/statistics/moves",
             parts.guard.scoped(access::Scope::statistics_read,
                                [&](const Call& call) { return moves(parts, call); }));
}

}  // namespace postgang::api
