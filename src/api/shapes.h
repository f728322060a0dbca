// How things look in JSON: the schemas of openapi.json, one function each. What is not known is null.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "base/time.h"
#include "insight/answer.h"
#include "insight/overview.h"
#include "store/companies.h"
#include "store/documents.h"
#include "store/feed.h"

namespace postgang::api {

boost::json::value textOrNull(std::string_view text);  // empty is null
boost::json::value dateOrNull(const std::optional<Date>& date);
boost::json::value instantOrNull(const std::optional<Instant>& instant);
boost::json::object amountShape(const Decimal& value, std::string_view currency);
boost::json::value amountOrNull(const std::optional<Decimal>& value, std::string_view currency);
boost::json::object parametersShape(const std::map<std::string, std::string>& parameters);

// Companies are numbered inside; outside, the number is an opaque text.
std::string companyIdText(CompanyId id);
std::optional<CompanyId> companyIdFrom(std::string_view text);
boost::json::object companyShape(const store::Company& company);

boost::json::object partyShape(const store::PartyFact& party);
boost::json::object summaryShape(const store::Entry& entry);  // DocumentSummary
boost::json::object answerShape(const insight::Answer& answer);
boost::json::object planStepShape(const store::PlanStep& step);
boost::json::object registerShape(const store::RegisterFact& answer);
boost::json::object happeningShape(const store::FeedItem& item);  // Happening and StreamDocument
boost::json::object overviewShape(const insight::Overview& overview);

// {"items": […], "nextCursor": null}
boost::json::object listShape(boost::json::array items, const std::optional<std::string>& nextCursor = {});

std::string documentPath(DocumentId id, std::string_view below = {});  // "/api/v1/documents/…"

}  // namespace postgang::api
