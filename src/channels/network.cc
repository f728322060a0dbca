#include "channels/network.h"

namespace postgang::channels {

Result<Reach> Network::reach(store::Reader& reader, const Recipient& recipient) const {
  Reach reach;
  if (recipient.identifiers.empty()) {
    reach.reason = "receiver-without-identifier";
    return reach;
  }
  for (const auto& identifier : recipient.identifiers) {
    TRY(auto company, store::companyByIdentifier(reader, identifier));
    if (!company || !company->isCustomer) continue;
    reach.reachable = true;
    reach.reason = "receiver-is-customer";
    reach.address = identifier;
    reach.receiver = company->id;
    reach.registers.push_back({"customers", company->name, {}});
    return reach;
  }
  reach.reason = "receiver-unknown";
  reach.registers.push_back({"customers", "unknown", {}});
  return reach;
}

// Nothing leaves the house: the receiver's entry is made by the `delivered` event itself, in its commit. What
// the receiver gets is the original, byte for byte.
Result<Sent> Network::send(const Consignment& consignment, const Prepared& /*nothing*/) const {
  Sent sent;
  sent.result = store::EventType::delivered;
  sent.evidence = "inbox";
  sent.sentDigest = consignment.digest;
  return sent;
}

}  // namespace postgang::channels
