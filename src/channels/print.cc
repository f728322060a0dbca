#include "channels/print.h"

#include "base/calendar.h"

namespace postgang::channels {

Instant nextCutOff(Instant now, int cutOffMinute) {
  for (auto date = dateInStockholm(now);; date = date.plusDays(1)) {
    const auto cutOff = inStockholm(date, cutOffMinute);
    if (isBankDay(date) && cutOff > now) return cutOff;
  }
}

Instant cutOffOfDeadline(Instant now, int cutOffMinute) {
  return nextCutOff(now.plusSeconds(-cut_off_grace_seconds), cutOffMinute);
}

bool isLettersOwn(const Problem& problem) {
  return problem.kind != ProblemKind::unavailable && problem.kind != ProblemKind::conflict;
}

Print::Print(Printing printing) : printing_(std::move(printing)), price_(oneSheet(PostageZone::domestic)) {}

Price Print::oneSheet(PostageZone zone) const {
  const auto& rules = printing_.rules;
  const auto cost = letterPrice(rules.prices, {1, 1, rules.colour, zone});
  return cost ? cost->price : Price{Decimal(0), rules.prices.currency};
}

Result<Reach> Print::reach(store::Reader& /*asks nobody*/, const Recipient& recipient) const {
  Reach reach;
  if (!printing_.isOn()) {
    reach.reason = "print-off";
    return reach;
  }
  const auto addressee = addresseeOf(recipient, Language::swedish);
  if (addressee.address.empty()) {
    reach.reason = "postal-address-missing";
    return reach;
  }
  const auto check = checkPostal(addressee);
  reach.reachable = check.good();
  reach.reason = check.good() ? "postal-address-good" : check.faults.front();
  reach.address = joined(check.lines, ", ");
  reach.price = oneSheet(check.zone);
  return reach;
}

Result<Prepared> Print::prepare(store::Reader& reader, const Consignment& consignment, Instant now) const {
  Prepared prepared;
  auto& fact = prepared.fact;
  fact.currency = printing_.rules.prices.currency;
  if (consignment.sheets && consignment.letterPrice) {
    fact.sheets = consignment.sheets;
    fact.price = consignment.letterPrice;
    fact.deadline = cutOffOfDeadline(now, printing_.cutOffMinute);
    return prepared;
  }
  fact.deadline = nextCutOff(now, printing_.cutOffMinute);
  auto letter = letterSizeOf(reader, consignment.sender, consignment.digest, printing_.rules);
  if (!letter) {
    if (!isLettersOwn(letter.error())) return fail(std::move(letter.error()));
    prepared.refused = std::move(letter.error());
    return prepared;
  }
  fact.address = letter->addressLine();
  fact.sheets = letter->sheets;
  fact.price = letter->price.price.amount;
  return prepared;
}

Result<Sent> Print::send(const Consignment& /*nothing leaves yet*/, const Prepared& prepared) const {
  Sent sent;
  sent.result = store::EventType::delivery_queued;
  sent.evidence = "cut-off";
  sent.detail = "Waits for the batch of " + prepared.fact.deadline->text() + ".";
  return sent;
}

}  // namespace postgang::channels
