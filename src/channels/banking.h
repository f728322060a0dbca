// How invoices reach internet banks: the hub's drop, and what the operator has agreed with it. Without a drop
// the road is closed.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/time.h"
#include "formats/described.h"
#include "net/file_drop.h"
#include "store/companies.h"

namespace postgang::channels {

struct Banking {
  std::shared_ptr<const net::FileDrop> drop = {};
  std::shared_ptr<const formats::Description> format = {};
  std::string hub = "Bankerna";  // as the operator calls it; stands in files and evidence
  // The issuer's id (FUI) that the hub knows a company by. Absent: its organisation number, for every
  // company; else only companies that stand here are connected. By the company's main identifier.
  std::optional<std::map<std::string, std::string, std::less<>>> issuers = {};
  int everyMinutes = 15;  // a hub takes files all day: what was put in line leaves at the next of these

  bool isOn() const { return drop != nullptr && format != nullptr; }
  std::string issuerOf(const store::Company& company) const;  // "" when it isn't connected
  std::string identifierOf(std::string_view issuer) const;    // of the company; "" when unknown
};

// The next instant after `now` when files are made: whole minutes counted from midnight UTC.
Instant nextBankFile(Instant now, int everyMinutes);

}  // namespace postgang::channels
