// The channels there are, in the order they are tried when nothing else is said: cheapest first.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "channels/banking.h"
#include "channels/channel.h"
#include "channels/handover.h"
#include "channels/mailing.h"
#include "channels/peppol_road.h"
#include "channels/printing.h"

namespace postgang::channels {

// What a document costs per channel; a setting. A channel that is not in the list has its default.
using PriceList = std::map<std::string, Price, std::less<>>;
PriceList defaultPrices();

class Registry {
 public:
  explicit Registry(std::vector<std::unique_ptr<Channel>> channels, bool sandbox = false)
      : channels_(std::move(channels)), sandbox_(sandbox) {}
  const std::vector<std::unique_ptr<Channel>>& all() const { return channels_; }
  const Channel* find(std::string_view name) const;
  bool isSandbox() const { return sandbox_; }  // sandbox.h: nothing of it leaves the building

 private:
  std::vector<std::unique_ptr<Channel>> channels_;
  bool sandbox_ = false;
};

// What the operator has set up for them.
struct Roads {
  PriceList prices = defaultPrices();
  Printing printing =
      {};  // a Smartmail's deadline is one of its cut-offs, and its letter is weighed by its rules
  Mailing mailing = {};
  PeppolRoad peppol = {};
  HandoverRules handover = {};  // into receivers' own systems
  Banking banking = {};
};

// The one list of channels. Those that nothing is set up for stand in it and reach nobody, which they say.
Registry allChannels(const Roads& roads = {});

}  // namespace postgang::channels
