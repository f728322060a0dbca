// What lies unopened when a visitor comes to the demo world: invoices of its last week to private persons,
// by Smartmail and by letter, so that there are deadlines on each of the coming days and letters in line.
#pragma once

#include <vector>

#include "app/demo/world.h"
#include "base/time.h"

namespace postgang::app::demo {

struct LastMail {
  Instant at;
  Date date;  // of the invoice
  int relation = 0;
};

// All of them before `until`.
std::vector<LastMail> lastMails(const World& world, Instant until);

}  // namespace postgang::app::demo
