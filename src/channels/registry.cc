#include "channels/registry.h"

#include "channels/bank.h"
#include "channels/email.h"
#include "channels/network.h"
#include "channels/peppol.h"
#include "channels/print.h"
#include "channels/system.h"

namespace postgang::channels {

namespace {

Price priceOf(const PriceList& prices, std::string_view channel) {
  const auto found = prices.find(channel);
  return found == prices.end() ? Price{Decimal(0), "SEK"} : found->second;
}

}  // namespace

PriceList defaultPrices() {
  return {{"network", {Decimal::fromScaled(30, 2), "SEK"}},
          {"peppol", {Decimal::fromScaled(60, 2), "SEK"}},
          {"email", {Decimal::fromScaled(150, 2), "SEK"}},
          {"bank", {Decimal::fromScaled(120, 2), "SEK"}}};
}

const Channel* Registry::find(std::string_view name) const {
  for (const auto& channel : channels_)
    if (channel->name() == name) return channel.get();
  return nullptr;
}

namespace {

EmailOptions emailOptions(Price price, const Printing& printing, const Mailing& mailing) {
  EmailOptions options;
  options.price = std::move(price);
  options.mailing = mailing;
  options.cutOffMinute = printing.cutOffMinute;
  if (printing.isOn())
    options.letter = [rules = printing.rules](
                         store::Reader& reader, CompanyId sender,
                         const document::BusinessDocument& document) -> Result<LetterCost> {
      TRY(const auto letter, letterSizeOf(reader, sender, document, rules));
      return LetterCost{letter.sheets, letter.price.price};
    };
  return options;
}

}  // namespace

namespace {

// Whoever is reached in its own system is reached by the network: at the same price.
SystemOptions systemOptions(const Roads& roads) {
  SystemOptions options{priceOf(roads.prices, "network"), roads.handover, roads.mailing};
  options.rules.mail = roads.mailing.isOn();
  return options;
}

}  // namespace

Registry allChannels(const Roads& roads) {
  const auto& prices = roads.prices;
  const auto& printing = roads.printing;
  std::vector<std::unique_ptr<Channel>> channels;
  channels.push_back(std::make_unique<System>(systemOptions(roads)));
  channels.push_back(std::make_unique<Network>(priceOf(prices, "network")));
  channels.push_back(std::make_unique<Peppol>(roads.peppol, priceOf(prices, "peppol")));
  channels.push_back(
      std::make_unique<Email>(emailOptions(priceOf(prices, "email"), printing, roads.mailing)));
  channels.push_back(std::make_unique<Bank>(roads.banking, priceOf(prices, "bank")));
  channels.push_back(std::make_unique<Print>(printing));
  return Registry(std::move(channels));
}

}  // namespace postgang::channels
