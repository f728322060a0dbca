#include "channels/network.h"

#include "channels/handover.h"
#include "store/documents.h"

namespace postgang::channels {

namespace {

constexpr std::string_view program = "program";  // Prepared::lane: the receiver's program is waited for

}  // namespace

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

Result<Prepared> Network::prepare(store::Reader& reader, const Consignment& consignment,
                                  Instant /*now*/) const {
  Prepared prepared;
  if (!consignment.receiver) return prepared;
  TRY(const auto row, store::findDocument(reader, store::Viewer::system(), consignment.document));
  TRY(const auto kept, handoverFor(reader, *consignment.receiver, row.entry.kind));
  if (kept.handover.way == HandoverWay::api) prepared.lane = program;
  return prepared;
}

// Nothing leaves the house: the receiver's entry is made by the event itself, in its commit. What the
// receiver gets is the original, byte for byte.
Result<Sent> Network::send(const Consignment& consignment, const Prepared& prepared) const {
  const bool waits = prepared.lane == program;
  Sent sent;
  sent.result = waits ? store::EventType::sent : store::EventType::delivered;
  sent.evidence = waits ? "waiting" : "inbox";
  sent.sentDigest = consignment.digest;
  return sent;
}

}  // namespace postgang::channels
