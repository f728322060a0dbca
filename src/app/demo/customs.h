// Who does what about a document, and when: the customs of the demo world's offices.
#pragma once

#include <vector>

#include "app/demo/deeds.h"

namespace postgang::app::demo {

struct PlannedDeed {
  Instant at;
  Deed deed;
};

class Customs {
 public:
  // `quick`: minutes instead of days, and nothing where somebody can sign in: that is left for them.
  Customs(const World& world, Random random, bool quick) : world_(world), random_(random), quick_(quick) {}

  // What follows when a mailing stands so. `left`: nobody does anything about it, but for reading perhaps.
  std::vector<PlannedDeed> after(const Mailing& mailing, DocumentId document, document::Status status,
                                 Instant now, bool left = false);

 private:
  void afterStop(const Mailing& mailing, DocumentId document, Instant now, bool left);
  void afterHold(const Mailing& mailing, DocumentId document, Instant now);
  void afterDelivery(const Relation& relation, DocumentId document, Instant now);
  Instant later(Instant now, int minutes_least, int minutes_most);
  Deed deed(Deed::Kind kind, int company, const Mailing& mailing, DocumentId document) const;

  const World& world_;
  Random random_;
  const bool quick_;
  std::vector<PlannedDeed> planned_;
};

}  // namespace postgang::app::demo
