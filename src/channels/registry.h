// The channels there are, in the order they are tried when nothing else is said: cheapest first.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "channels/channel.h"
#include "channels/mailing.h"
#include "channels/printing.h"

namespace postgang::channels {

// What a document costs per channel; a setting. A channel that is not in the list has its default.
using PriceList = std::map<std::string, Price, std::less<>>;
PriceList defaultPrices();

class Registry {
 public:
  explicit Registry(std::vector<std::unique_ptr<Channel>> channels) : channels_(std::move(channels)) {}
  const std::vector<std::unique_ptr<Channel>>& all() const { return channels_; }
  const Channel* find(std::string_view name) const;

 private:
  std::vector<std::unique_ptr<Channel>> channels_;
};

// The one list of channels. Those that nothing is set up for stand in it and reach nobody, which they say.
// A Smartmail's deadline is a cut-off of `printing`, and its letter is weighed by its rules.
Registry allChannels(const PriceList& prices = defaultPrices(), const Printing& printing = {},
                     const Mailing& mailing = {});

}  // namespace postgang::channels
