// A partner whose documents go on paper or by e-mail, and who takes e-invoices: what moving it would save in
// a year, by what it had in the last twelve months and what the channels cost. All that are still on paper
// are paper_moves.h's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "channels/registry.h"
#include "store/partner_facts.h"

namespace postgang::insight {

struct PartnerMove {
  CompanyId owner;
  std::string identifier, name;
  std::string from;              // the channel that its documents go by: "print", "email", or "none"
  std::string to;                // "peppol", "network" …
  std::optional<Instant> since;  // it has been reached so since then
  std::int64_t documents = 0;    // that went on paper or by e-mail in the last twelve months
  // What they cost, less what they would have cost; absent where a price is not known or currencies differ.
  // Less than nothing where the e-invoice costs more.
  std::optional<Decimal> saving;
  std::string currency;
};

// One partner's move; nothing where it has none to make: it takes no e-invoices, or what it has chosen begins
// with one.
std::optional<PartnerMove> moveOf(const channels::Registry& channels, CompanyId owner,
                                  const store::Partner& partner, const std::vector<store::ChannelUse>& uses);

}  // namespace postgang::insight
