// How each channel has done over the last thirty days.
#pragma once

#include <vector>

#include "insight/overview.h"

namespace postgang::insight {

// What counts as having been sent off, and as having arrived. A rejection is an answer to something that
// arrived.
bool hasLeft(store::Status status);
bool isDelivered(store::Status status);

Result<std::vector<ChannelActivity>> channelActivity(store::Reader& reader, const store::Viewer& viewer,
                                                     Date today);

}  // namespace postgang::insight
