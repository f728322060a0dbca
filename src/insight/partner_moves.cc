#include "insight/partner_moves.h"

#include <algorithm>

#include "store/partner_reach.h"

namespace postgang::insight {

namespace {

bool isLeft(std::string_view channel) {
  return channel == "print" || channel == "email";
}

// As the partner's own plan had it, else as the price list has it.
std::optional<channels::Price> priceOf(const channels::Registry& channels, const store::Partner& partner,
                                       std::string_view channel) {
  const auto reached = std::ranges::find(partner.reach, channel, &store::Reached::channel);
  if (reached != partner.reach.end() && reached->price)
    return channels::Price{*reached->price, reached->currency};
  for (const auto& one : channels.all())
    if (one->name() == channel) return one->price();
  return std::nullopt;
}

// Adds what one channel's documents would save; false where that cannot be said.
bool addSaving(PartnerMove& move, const channels::Price& from, const channels::Price& to,
               std::int64_t documents) {
  if (from.currency != to.currency || (!move.currency.empty() && move.currency != to.currency)) return false;
  const auto each = from.amount.minus(to.amount);
  const auto all = each ? each->times(Decimal(documents)) : std::nullopt;
  const auto sum = all ? move.saving.value_or(Decimal(0)).plus(*all) : std::nullopt;
  if (!sum) return false;
  move.saving = sum;
  move.currency = to.currency;
  return true;
}

}  // namespace

std::optional<PartnerMove> moveOf(const channels::Registry& channels, CompanyId owner,
                                  const store::Partner& partner, const std::vector<store::ChannelUse>& uses) {
  if (partner.einvoice.empty() || (!isLeft(partner.taken) && partner.taken != "none")) return std::nullopt;
  if (!partner.channels.empty() && store::takesData(partner.channels.front())) return std::nullopt;
  PartnerMove move;
  move.owner = owner;
  move.identifier = partner.identifier;
  move.name = partner.name;
  move.from = partner.taken;
  move.to = partner.einvoice;
  move.since = partner.einvoiceSince;
  const auto to = priceOf(channels, partner, partner.einvoice);
  bool isKnown = to.has_value();
  for (const auto& use : uses) {
    if (!isLeft(use.channel) || use.lastYear <= 0) continue;
    move.documents += use.lastYear;
    const auto from = priceOf(channels, partner, use.channel);
    isKnown = isKnown && from && addSaving(move, *from, *to, use.lastYear);
  }
  if (!isKnown) move.saving.reset();
  return move;
}

}  // namespace postgang::insight
