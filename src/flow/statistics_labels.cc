#include "flow/statistics_labels.h"

#include <algorithm>

#include "store/companies.h"

namespace postgang::flow {
namespace {

using store::Dimension;

bool asks(const StatisticsQuestion& question, Dimension dimension) {
  return std::ranges::find(question.query.groupBy, dimension) != question.query.groupBy.end();
}

}  // namespace

std::optional<StatisticsLabels::Named> StatisticsLabels::named(Dimension dimension,
                                                               const std::string& value) const {
  if (dimension == Dimension::company || dimension == Dimension::group) {
    const auto found = companies_.find(value);
    return found == companies_.end() ? Named() : found->second;
  }
  if (dimension != Dimension::counterpart) return std::nullopt;
  const auto found = counterparts_.find(value);
  return found == counterparts_.end() ? Named{value, {}} : found->second;
}

Result<StatisticsLabels> labelsOf(store::Reader& reader, const store::Viewer& viewer,
                                  const StatisticsQuestion& question, const StatisticsReport& report) {
  StatisticsLabels labels;
  if (asks(question, Dimension::company) || asks(question, Dimension::group)) {
    TRY(const auto companies, store::listCompanies(reader, viewer));
    for (const auto& company : companies)
      labels.companies_[std::to_string(company.id.value)] = {company.identifier, company.name};
    for (const auto& part : viewer.parts()) {
      TRY(const auto company, store::company(reader, part.company));
      labels.companies_[std::to_string(company.id.value)] = {company.identifier, company.name};
    }
  }
  if (!asks(question, Dimension::counterpart)) return labels;
  const auto at = static_cast<std::size_t>(std::ranges::find(question.query.groupBy, Dimension::counterpart) -
                                           question.query.groupBy.begin());
  std::vector<std::string> keys;
  for (const auto& row : report.rows) keys.push_back(row.values.at(at));
  TRY(const auto names, store::counterpartNames(reader, viewer, keys));
  for (const auto& key : keys) {
    const auto name = names.find(key);
    labels.counterparts_[key] = {key, name == names.end() ? std::string() : name->second};
  }
  return labels;
}

}  // namespace postgang::flow
