// An event of the timeline in JSON: its parameters by type, its evidence and where that is to be seen
// (openapi.json, schema Event).
#pragma once

#include <boost/json.hpp>
#include <map>

#include "store/companies.h"
#include "store/documents.h"
#include "store/events.h"

namespace postgang::api {

using CompanyNames = std::map<CompanyId, std::string>;
// The companies that events name (who opened, who fetched), to be read before the events are shown.
Result<CompanyNames> companyNames(store::Reader& reader, const std::vector<store::Event>& events);

boost::json::object eventShape(const store::Event& event, const store::DocumentRow& row,
                               const CompanyNames& companies);
boost::json::object actorShape(const store::Actor& actor);
// `kind` empty: null.
boost::json::value evidenceShape(std::string_view kind, std::string_view href, std::string_view name = {});

}  // namespace postgang::api
