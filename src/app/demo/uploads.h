// One mailing of the demo world as an upload of its sender, or of the receiver that hands it in.
#pragma once

#include "app/demo/people.h"
#include "app/demo/sender.h"
#include "flow/flow.h"

namespace postgang::app::demo {

flow::Upload uploadOf(const World& world, const People& people, const Mailing& mailing);

}  // namespace postgang::app::demo
