// What the values of a report are called: companies by their names, as far as the viewer knows them.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "flow/statistics_report.h"

namespace postgang::flow {

class StatisticsLabels {
 public:
  struct Named {
    std::string identifier, name;  // empty where the viewer doesn't know
  };
  // Of companies, groups and counterparts; nullopt: what the value says itself.
  std::optional<Named> named(store::Dimension dimension, const std::string& value) const;
  const std::map<std::string, Named>& companies() const { return companies_; }

 private:
  friend Result<StatisticsLabels> labelsOf(store::Reader& reader, const store::Viewer& viewer,
                                           const StatisticsQuestion& question,
                                           const StatisticsReport& report);
  std::map<std::string, Named> companies_, counterparts_;
};
Result<StatisticsLabels> labelsOf(store::Reader& reader, const store::Viewer& viewer,
                                  const StatisticsQuestion& question, const StatisticsReport& report);

}  // namespace postgang::flow
