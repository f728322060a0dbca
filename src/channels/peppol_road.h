// What the operator has set up for Peppol.
#pragma once

#include <memory>
#include <string>

#include "channels/access_point.h"

namespace postgang::channels {

struct PeppolRoad {
  std::shared_ptr<const AccessPoint> accessPoint = {};  // absent: there is none
  bool asks = false;                                    // the register is asked, too
  std::string serviceProvider = {};                     // ours, "0242:987654": where statuses come to
  std::string country = "SE";                           // and its country
  bool isOn() const { return accessPoint && accessPoint->isOn() && asks; }
};

}  // namespace postgang::channels
