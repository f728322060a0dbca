// By which channels a partner was reached, as the newest document's route had it, or as registers answered
// when they were asked again in the background (flow/partner_checks.h).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/events.h"
#include "store/partners.h"

namespace postgang::store {

// Channels that bring the document as data to the receiver's own system or bank: `network`, `system`,
// `peppol`, `bank`.
bool takesData(std::string_view channel);

// What is known after this plan. A channel that would have reached, but was not asked for or is forbidden by
// the sender's own policy, reaches.
std::vector<Reached> reachAfter(const std::vector<Reached>& before, std::span<const PlanStep> plan,
                                Instant at);
std::string encodedReach(const std::vector<Reached>& reach);
std::vector<Reached> decodedReach(std::string_view text);

struct PartnerCheck {
  CompanyId owner;
  std::string identifier;
};
// Partners whose last document was to go on paper, by e-mail, or nowhere, and who are to be asked about
// again; those that have waited longest first.
Result<std::vector<PartnerCheck>> partnersToCheck(Reader& reader, Instant now, int limit,
                                                  std::optional<CompanyId> owner = {});
struct Checked {
  bool known = false;  // it is a partner
  std::string name;
  std::string einvoice;  // by which it takes e-invoices now …
  bool isNews = false;   // … and did not before
};
// Keeps what the plan says, and when it is to be asked about again: in a week, some hours more for some than
// for others, so that a register is never asked about all of them at once.
Result<Checked> keepReach(Transaction& tx, CompanyId owner, std::string_view identifier,
                          std::span<const PlanStep> plan);

}  // namespace postgang::store
