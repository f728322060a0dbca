// Settings that a company inherits from those above it in its group: by key, each value as JSON. Which keys
// there are, what their values may be and what holds where nobody has set anything is channels/
// company_settings.h's; here is who has set what.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/store.h"

namespace postgang::store {

struct SetValue {
  CompanyId company;  // who has set it
  std::string companyName;
  std::string value;  // JSON
  Instant changedAt;
  std::string changedBy;  // by name
};

// One key as it stands for a company. `own` holds; without it what is inherited: the nearest above that has
// set it.
struct CompanySetting {
  std::string key;
  std::optional<SetValue> own, inherited;
  const SetValue* holding() const { return own ? &*own : inherited ? &*inherited : nullptr; }
};

// Those that the company itself or somebody above it has set, by key.
Result<std::vector<CompanySetting>> companySettings(Reader& reader, CompanyId company);
Result<CompanySetting> companySetting(Reader& reader, CompanyId company, std::string_view key);

Outcome setCompanySetting(Transaction& tx, CompanyId company, std::string_view key, std::string_view value,
                          std::string_view changedBy);
// What is inherited holds again. Nothing happens where it was not set.
Outcome unsetCompanySetting(Transaction& tx, CompanyId company, std::string_view key);

}  // namespace postgang::store
