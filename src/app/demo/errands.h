// What else people, programs and other houses do over time in the demo world, beside writing invoices and
// opening mail: payers apply at their banks, clerks decide about that, the bank hub looks at its files,
// receivers' own systems confirm what they have fetched, answers come back over Peppol, help is asked for.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "app/demo/outside.h"
#include "app/demo/people.h"
#include "app/demo/random.h"
#include "app/demo/systems.h"
#include "base/problem.h"

namespace postgang::app::demo {

struct Errand {
  Instant at;
  std::function<Outcome()> go;  // what is due by it is the flow's to do afterwards
};

class Errands {
 public:
  // `quick`: minutes instead of hours, and nothing where somebody can sign in: that is left for them.
  Errands(House& house, Outside outside, const World& world, const People& people, Random random, bool quick);

  // Before anything else. Codes: the store's.
  Outcome begin();
  // Those of a whole year.
  void planYear(Instant from, Instant until);
  // What follows from what the flow has done.
  void afterFlow(Instant now);
  // A document has come to a customer, who may have a system of its own.
  void afterArrival(int company, DocumentId document, Instant now);
  // Somebody does something now (the living world).
  void somebody(Instant now);
  // Its seller is no customer and sends by Peppol now.
  bool sendsByPeppol(const Relation& relation) const;
  bool comesByPeppol(const Mailing& mailing) const;
  // Nil where it could not be taken in, which its sender is told. Codes: the flow's.
  Result<DocumentId> bring(const Mailing& mailing);
  // Those that have been planned since the last time.
  std::vector<Errand> planned();

 private:
  void planAgreements(Instant from, Instant until);
  void planSystems(Instant from, Instant until);
  void takeAnswers(Instant now);
  void takeFilesLater(int company, Instant now);
  void applyLater(Instant at, int household, bool ending, bool mistaken);
  Outcome apply(int household, bool ending, bool mistaken);
  Outcome decide(int company, Instant appliedBefore);
  void add(Instant at, std::function<Outcome()> go) { planned_.push_back({at, std::move(go)}); }

  House& house_;
  const Outside outside_;
  const World& world_;
  const People& people_;
  Random random_;
  const bool quick_;
  Systems systems_;
  std::optional<Instant> standsStillFrom_;  // the late system
  std::set<int> takesFiles_;                // companies that are about to
  std::vector<int> sellers_;                // to each household; -1: nobody
  bool hubLooks_ = false;                   // is planned to
  std::int64_t references_ = 0;             // the hub's
  std::vector<Errand> planned_;
};

}  // namespace postgang::app::demo
