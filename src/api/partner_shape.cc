#include "api/partner_shape.h"

#include "api/shapes.h"
#include "flow/postal_faults.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

json::value addressShape(const std::optional<store::PostalAddress>& address) {
  if (!address) return nullptr;
  return {{"street", address->street},
          {"postalCode", address->postalCode},
          {"city", address->city},
          {"country", address->country}};
}

json::object triesShape(const store::FirstTries& tries) {
  return {{"documents", tries.documents}, {"right", tries.right}};
}

json::array amountsShape(const std::vector<store::PartnerAmount>& amounts) {
  json::array items;
  for (const auto& one : amounts)
    items.push_back(
        {{"currency", one.currency}, {"sent", one.sent.text()}, {"received", one.received.text()}});
  return items;
}

json::value moveShape(const std::optional<insight::PartnerMove>& move) {
  if (!move) return nullptr;
  return {{"from", move->from},
          {"to", move->to},
          {"since", instantOrNull(move->since)},
          {"documents", move->documents},
          {"saving", amountOrNull(move->saving, move->currency)}};
}

json::value openedShape(const store::PartnerFacts& facts) {
  if (!facts.openedAfter_seconds) return nullptr;
  return {{"seconds", *facts.openedAfter_seconds}, {"documents", facts.opened}};
}

json::object knownShape(const insight::KnownChannel& known) {
  return {{"channel", known.channel},
          {"reachable", known.reachable},
          {"reason", textOrNull(known.reason)},
          {"since", instantOrNull(known.since)},
          {"how", json::array(known.how.begin(), known.how.end())},
          {"deliveries", known.deliveries}};
}

json::object accountShape(const store::PartnerAccount& account) {
  return {{"account", account.account},
          {"firstAt", account.firstAt.text()},
          {"lastAt", account.lastAt.text()},
          {"documents", account.documents},
          {"changed", account.isChange},
          {"confirmedAt", instantOrNull(account.confirmedAt)},
          {"confirmedBy", textOrNull(account.confirmedBy)}};
}

json::object aliasShape(const store::Alias& alias) {
  return {{"identifier", alias.identifier},
          {"name", alias.name},
          {"mergedAt", alias.mergedAt.text()},
          {"mergedBy", alias.mergedBy}};
}

}  // namespace

json::object partnerShape(const store::Partner& partner) {
  const auto faults = flow::postalFaults(partner);
  return {{"identifier", partner.identifier},
          {"name", partner.name},
          {"kind", partner.person ? "person" : "company"},
          {"status", store::name(partner.standing)},
          {"customer", partner.customer},
          {"customerNumber", textOrNull(partner.customerNumber)},
          {"email", textOrNull(partner.email)},
          {"emailVerifiedAt", instantOrNull(partner.emailVerifiedAt)},
          {"emailVerifiedBy", textOrNull(partner.emailVerifiedBy)},
          {"postalAddress", addressShape(partner.postalAddress)},
          {"postalFaults", json::array(faults.begin(), faults.end())},
          {"channels", json::array(partner.channels.begin(), partner.channels.end())},
          {"sentCount", partner.sentCount},
          {"receivedCount", partner.receivedCount},
          {"firstActivityAt", instantOrNull(partner.firstActivityAt)},
          {"lastActivityAt", instantOrNull(partner.lastActivityAt)},
          {"openStops", partner.openStops},
          {"changedPaymentIdentifiers", partner.changedAccounts},
          {"aliasCount", partner.aliases}};
}

json::object partnerShape(const insight::SeenPartner& seen) {
  auto shape = partnerShape(seen.partner);
  shape["chosenChannels"] = json::array(seen.chosen.begin(), seen.chosen.end());
  shape["amounts"] = amountsShape(seen.facts.amounts);
  shape["rightFirstTime"] =
      json::object{{"sent", triesShape(seen.facts.sent)}, {"received", triesShape(seen.facts.received)}};
  shape["openedAfter"] = openedShape(seen.facts);
  shape["openTickets"] = seen.facts.openTickets;
  json::value einvoice = nullptr;
  if (!seen.partner.einvoice.empty())
    einvoice = {{"channel", seen.partner.einvoice}, {"since", instantOrNull(seen.partner.einvoiceSince)}};
  shape["einvoice"] = std::move(einvoice);
  shape["move"] = moveShape(seen.move);
  return shape;
}

json::object partnerShape(const insight::PartnerDetail& detail) {
  auto shape = partnerShape(detail.seen);
  json::array known, accounts, aliases, invitations;
  for (const auto& one : detail.known) known.push_back(knownShape(one));
  for (const auto& one : detail.accounts) accounts.push_back(accountShape(one));
  for (const auto& one : detail.aliases) aliases.push_back(aliasShape(one));
  for (const auto& one : detail.invitations) invitations.push_back(invitationShape(one));
  shape["reach"] = std::move(known);
  shape["reachAskedAt"] = instantOrNull(detail.seen.partner.reachAt);
  shape["paymentIdentifiers"] = std::move(accounts);
  shape["aliases"] = std::move(aliases);
  shape["invitations"] = std::move(invitations);
  return shape;
}

json::object doubleShape(const store::Double& found) {
  const auto side = [](const store::Partner& partner) {
    return json::object{{"identifier", partner.identifier},
                        {"name", partner.name},
                        {"customerNumber", textOrNull(partner.customerNumber)},
                        {"sentCount", partner.sentCount},
                        {"receivedCount", partner.receivedCount}};
  };
  return {{"reason", found.reason},
          {"value", found.value},
          {"keep", side(found.keep)},
          {"other", side(found.other)}};
}

json::object invitationShape(const store::PartnerInvitation& one) {
  json::value answer = nullptr;
  if (one.answeredAt)
    answer = {{"at", one.answeredAt->text()}, {"kind", one.answer}, {"value", textOrNull(one.value)}};
  json::value settled = nullptr;
  if (one.settledAt) settled = {{"at", one.settledAt->text()}, {"by", one.settledBy}, {"taken", one.taken}};
  return {{"id", one.id.text()},
          {"email", one.address},
          {"sentAt", one.sentAt.text()},
          {"sentBy", one.sentBy},
          {"expiresAt", one.expiresAt.text()},
          {"answer", std::move(answer)},
          {"settled", std::move(settled)}};
}

}  // namespace postgang::api
