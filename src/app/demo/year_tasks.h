// What is to be done in a year of the demo world, by the instant.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/demo/deeds.h"
#include "app/demo/errands.h"
#include "app/demo/ordering.h"
#include "app/demo/recipients.h"
#include "app/demo/sender.h"

namespace postgang::app::demo {

enum class TaskKind {
  habit,
  again,
  duplicate,
  repeated_number,
  credit,
  interest,
  open,
  fetch,
  deed,
  order,
  tick,
  visit,
  print,
  errand
};

struct Task {
  Instant at{};
  std::int64_t order = 0;  // among those of one instant
  TaskKind kind{};
  int relation = 0;
  Date date{};                               // a habit's invoice date
  std::optional<Mistake> forced{};           // a habit's, of the last days
  bool waits = false;                        // and it is left unopened
  std::string number{};                      // of what comes again
  std::shared_ptr<const Mailing> mailing{};  // a duplicate's
  DocumentId document{};                     // opened, fetched
  std::shared_ptr<const Deed> deed{};
  std::shared_ptr<const Visit> visit{};
  std::shared_ptr<const Errand> errand{};
  const FilterOrder* ordered = nullptr;
};
struct Handed {
  Mailing mailing;
  DocumentId document{};  // nil: it was turned away
  bool left = false;      // nobody does anything about it
  bool waits = false;     // nor opens it
};
struct Later {
  bool operator()(const Task& a, const Task& b) const {
    return std::pair(a.at, a.order) > std::pair(b.at, b.order);
  }
};

}  // namespace postgang::app::demo
